import { Command, CommanderError } from 'commander'
import { PlainErrorException, plainErrorLine, plainErrorOf } from '../plain-error'
import { engineVersion } from '../version'
import { addAgreement } from './agreement'
import { addCalibrate } from './calibrate'
import { addConvert } from './convert'
import { addCosts } from './costs'
import { addCompareSeeds } from './compare-seeds'
import { addDemo } from './demo'
import { addImport } from './import'
import { addPlan } from './plan'
import { addPredict } from './predict'
import { addReport } from './report'
import { addRun } from './run'
import { Terminal } from './terminal'

/** What the user has asked for cannot be done. */
const refused = 2
/** We have a defect. */
const failed = 1

async function main(argumentsGiven: string[]): Promise<number> {
  const terminal = new Terminal()
  const program = commandLine(terminal)
  try {
    if (argumentsGiven.length === 0) throw new PlainErrorException({ what: 'No command was given; --help shows them.' })
    await program.parseAsync(argumentsGiven, { from: 'user' })
    return 0
  } catch (thrown) {
    terminal.clearProgress()
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return 0
      return complain(thrown.message.replace(/^error: /, ''), refused)
    }
    return complain(plainErrorLine(plainErrorOf(thrown)), thrown instanceof PlainErrorException ? refused : failed)
  }
}

function commandLine(terminal: Terminal): Command {
  const program = new Command('worldswitch')
    .description('Shows where a virtual machine\'s network time goes.')
    .version(engineVersion)
    // set before the commands are added: they inherit it
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError(false)
  addRun(program, terminal)
  addDemo(program, terminal)
  addImport(program, terminal)
  addConvert(program, terminal)
  addCalibrate(program, terminal)
  addAgreement(program, terminal)
  addCosts(program, terminal)
  addCompareSeeds(program, terminal)
  addPlan(program, terminal)
  addPredict(program, terminal)
  addReport(program, terminal)
  return program
}

/** One line, whatever a file name or an option may hold. */
function complain(text: string, status: number): number {
  process.stderr.write(`worldswitch: ${text.replace(/\s*[\r\n]+\s*/g, ' ').trim()}\n`)
  return status
}

// a reader that has seen enough (`| head`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : failed))
process.exitCode = await main(process.argv.slice(2))
