import { basename } from 'node:path'
import { shownCommand, type PerfCommand } from '../engine/formats/perf-data/command'
import { belongsToAnother, localCommand, perfText, type PerfText } from '../engine/formats/perf-data/run'
import { commandElsewhere, noPerf } from '../engine/formats/perf-data/words'

/** A question in a dialog of the system's; answers are places in `buttons`. */
export interface Question {
  message: string
  detail: string
  buttons: string[]
  defaultId: number
  cancelId: number
}

/** What it needs of the desktop. */
export interface PerfShell {
  /** The place of the button that was chosen; the cancel button's when the signal closes it. */
  choose(question: Question, signal?: AbortSignal): Promise<number>
  copy(text: string): void
}

/** A small file is read before anybody could find the button to cancel. */
const unnoticedMilliseconds = 700

/**
 * A binary perf.data that the user has opened or dropped: nothing is run before they have agreed to the command line that
 * they see. The texts that perf made are kept until the app ends, because the engine reads them later.
 */
export class PerfData {
  private readonly texts: PerfText[] = []

  constructor(private readonly shell: PerfShell) {}

  /** The path of perf's text. Null: the user did not want it. Throws a PlainErrorException when perf fails. */
  async textOf(file: string): Promise<string | null> {
    const command = await localCommand(file)
    if (!command) {
      await this.offer(missing(file), commandElsewhere(file))
      return null
    }
    const foreign = await belongsToAnother(file)
    const asked = { ...command, force: foreign }
    if (await this.offer(consent(asked), shownCommand(asked, 'profile.txt')) !== 'run') return null
    return await this.run(asked)
  }

  /** At the end of the app. */
  removeTexts(): void {
    for (const text of this.texts.splice(0)) text.remove()
  }

  /** Asks; a command that was asked for is put onto the clipboard. */
  private async offer(question: Question, command: string): Promise<'run' | 'no'> {
    const chosen = question.buttons[await this.shell.choose(question)]
    if (chosen === copyCommand) this.shell.copy(command)
    return chosen === runPerf ? 'run' : 'no'
  }

  private async run(command: PerfCommand): Promise<string | null> {
    const [cancelled, ended] = [new AbortController(), new AbortController()]
    const waiting = setTimeout(() => {
      void this.shell.choose(running(command), ended.signal).then(() => cancelled.abort())
    }, unnoticedMilliseconds)
    try {
      const text = await perfText(command, cancelled.signal)
      this.texts.push(text)
      return text.path
    } catch (thrown) {
      if (cancelled.signal.aborted) return null
      throw thrown
    } finally {
      clearTimeout(waiting)
      ended.abort()
    }
  }
}

const runPerf = 'Run perf script'
const copyCommand = 'Copy Command'

function consent(command: PerfCommand): Question {
  const foreign = 'The file belongs to another user: perf reads it only because of -f. Agree only if you trust whoever recorded it.'
  return {
    message: `${basename(command.file)} is perf's binary perf.data. Run the local perf on it?`,
    detail: [
      'Only perf can read it, with the symbols of the machine that it runs on. This is started, without a shell:',
      shownCommand(command),
      'perf opens the programs that the file names, for their symbols. Its text is opened as a profile, and removed when Worldswitch ends.',
      ...(command.force ? [foreign] : []),
    ].join('\n\n'),
    buttons: [runPerf, copyCommand, 'Cancel'], defaultId: command.force ? 2 : 0, cancelId: 2,
  }
}

function missing(file: string): Question {
  return {
    message: `${basename(file)} is perf's binary perf.data, which only perf can read.`,
    detail: [
      `${noPerf} On the machine that recorded it, where its symbols are, run this, and open profile.txt:`, commandElsewhere(file),
    ].join('\n\n'),
    buttons: [copyCommand, 'Close'], defaultId: 0, cancelId: 1,
  }
}

function running({ perf, file }: PerfCommand): Question {
  return { message: `perf reads ${basename(file)}…`, detail: `${perf} is running.`, buttons: ['Cancel'], defaultId: 0, cancelId: 0 }
}
