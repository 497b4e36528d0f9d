import { exitStatus } from './exit-status'
import { runProgram } from './run-program'
import { Terminal } from './terminal'

const terminal = new Terminal()
// a reader that has seen enough (`| head`) is no error, and what the command found still holds
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? terminal.status : exitStatus.defect))
process.exitCode = await runProgram(process.argv.slice(2), terminal)
