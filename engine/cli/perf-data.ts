import type { Command } from 'commander'
import { shownCommand, type PerfCommand } from '../formats/perf-data/command'
import { isPerfData, perfDataMagicBytes } from '../formats/perf-data/detect'
import { localCommand, perfText, type PerfText } from '../formats/perf-data/run'
import { elsewhere, noPerf, perfDataWords } from '../formats/perf-data/words'
import { PlainErrorException } from '../plain-error'
import { readBeginning } from '../session/files'

export interface RunPerf {
  runPerf?: boolean
}

/** Adds --run-perf, which is the consent to start a program. */
export function withRunPerf(command: Command): Command {
  return command.option('--run-perf', 'when the file is a binary perf.data: run the local perf script on it')
}

/** What the local perf makes of a perf.data, when that is wanted; null: the file is none. Throws a PlainErrorException. */
export async function textOfPerfData(path: string, { runPerf }: RunPerf): Promise<PerfText | null> {
  if (!isPerfData((await readBeginning(path, perfDataMagicBytes)).head)) return null
  const command = await localCommand(path)
  if (!command) throw new PlainErrorException({ what: perfDataWords, where: path, todo: `${noPerf} ${elsewhere({ file: path })}` })
  if (!runPerf) throw new PlainErrorException({ what: perfDataWords, where: path, todo: `Say --run-perf to have this run: ${shownCommand(command)}` })
  return textOf(command)
}

/** An interrupt ends perf too, and takes its text away. */
async function textOf(command: PerfCommand): Promise<PerfText> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort(new PlainErrorException({ what: 'perf script was ended, as you asked.', where: command.file }))
  process.once('SIGINT', interrupt)
  return await perfText(command, interrupted.signal).finally(() => process.off('SIGINT', interrupt))
}
