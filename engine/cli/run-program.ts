import { CommanderError } from 'commander'
import { PlainErrorException, plainErrorLine, plainErrorOf } from '../plain-error'
import { exitStatus } from './exit-status'
import { commandLine } from './program'
import type { Terminal } from './terminal'

/** Does what the arguments say; answers the exit status. What cannot be done is one line beside the result. */
export async function runProgram(argumentsGiven: readonly string[], terminal: Terminal): Promise<number> {
  const complain = (text: string, status: number) => {
    terminal.note(text)
    return status
  }
  try {
    if (argumentsGiven.length === 0) throw new PlainErrorException({ what: 'No command was given; --help shows them.' })
    await commandLine(terminal).parseAsync(argumentsGiven, { from: 'user' })
    return terminal.status
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      return thrown.exitCode === 0 ? exitStatus.done : complain(thrown.message.replace(/^error: /, ''), exitStatus.refused)
    }
    return complain(plainErrorLine(plainErrorOf(thrown)), thrown instanceof PlainErrorException ? exitStatus.refused : exitStatus.defect)
  }
}
