import { basename } from 'node:path'
import type { Command } from 'commander'
import { shownCommand, type PerfCommand } from '../formats/perf-data/command'
import { isPerfData, perfDataMagicBytes } from '../formats/perf-data/detect'
import { localCommand, perfText } from '../formats/perf-data/run'
import { elsewhere, noPerf, perfDataWords } from '../formats/perf-data/words'
import { PlainErrorException } from '../plain-error'
import { readBeginning, readWholeFile } from '../session/files'
import { pipe, readInput, type Input } from './pipes'

export interface RunPerf {
  runPerf?: boolean
}

/** Adds --run-perf, which is the consent to start a program. */
export function withRunPerf(command: Command): Command {
  return command.option('--run-perf', 'when the file is a binary perf.data: run the local perf script on it')
}

/** As readInput; of a perf.data it is what the local perf makes of it, when that is wanted. Throws a PlainErrorException. */
export async function readProfile(path: string, { runPerf }: RunPerf): Promise<Input> {
  const isPerf = path !== pipe && isPerfData((await readBeginning(path, perfDataMagicBytes)).head)
  if (!isPerf) return readInput(path)
  const command = await localCommand(path)
  if (!command) throw new PlainErrorException({ what: perfDataWords, where: path, todo: `${noPerf} ${elsewhere({ file: path })}` })
  if (!runPerf) throw new PlainErrorException({ what: perfDataWords, where: path, todo: `Say --run-perf to have this run: ${shownCommand(command)}` })
  return { name: basename(path), bytes: await textOf(command) }
}

/** An interrupt ends perf too, and takes its text away. */
async function textOf(command: PerfCommand): Promise<Uint8Array> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort(new PlainErrorException({ what: 'perf script was ended, as you asked.', where: command.file }))
  process.once('SIGINT', interrupt)
  const text = await perfText(command, interrupted.signal).finally(() => process.off('SIGINT', interrupt))
  try {
    return await readWholeFile(text.path)
  } finally {
    text.remove()
  }
}
