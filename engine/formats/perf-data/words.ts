import type { PlainError } from '../../plain-error'
import { perfCommand, shownCommand, type PerfCommand } from './command'

export const noPerf = 'No perf is in PATH here (Debian: linux-perf).'
export const untouched = 'The file and what is open are unchanged.'

export const perfDataWords = "This is perf's binary perf.data, which only perf itself can read, with the symbols of its machine."

/** For wherever the recording was made: its perf knows the file's version and has the symbols. */
export function elsewhere({ file }: { file: string }): string {
  return `On the machine that recorded it, run \`${commandElsewhere(file)}\` and open profile.txt.`
}

/** To be copied to another machine, in whose folder the file will be. */
export function commandElsewhere(file: string): string {
  return shownCommand(perfCommand('perf', file.slice(file.lastIndexOf('/') + 1)), 'profile.txt')
}

interface Complaint {
  says: RegExp
  what: string
  todo(command: PerfCommand): string
}

/** perf's own words on stderr (perf 6.1), and what they mean for whoever wants to see the profile. */
const complaints: readonly Complaint[] = [
  {
    says: /not owned by current user/, what: 'perf does not read it, because it belongs to another user.',
    todo: (command) => `If you trust whoever recorded it, run \`${shownCommand({ ...command, force: true }, 'profile.txt')}\` and open profile.txt.`,
  },
  {
    says: /incompatible file format|not a perf data file|file format not recognized/i,
    what: 'This perf does not know the file: it was written by a newer or an older perf, or it is damaged.', todo: elsewhere,
  },
  {
    says: /data size field is 0|file is truncated|properly terminated/i,
    what: 'The recording was not ended: perf record had not yet written what the file holds.',
    todo: () => 'End perf record with Ctrl+C or SIGINT, and wait until it has said how much it wrote.',
  },
  {
    says: /failed to process type|failed to process sample/i, what: 'The file is cut off or damaged: perf did not come to its end.',
    todo: elsewhere,
  },
  {
    says: /Permission denied|Operation not permitted/i, what: 'perf may not read the file.',
    todo: () => 'Check that you may read it.',
  },
]

/** What perf's end means: its code (null: a signal) and what it wrote to stderr. */
export function perfFailure(command: PerfCommand, code: number | null, stderr: string): PlainError {
  const known = complaints.find(({ says }) => says.test(stderr))
  const lines = stderr.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  const quoted = lines.length === 0 ? '' : ` It says: ${lines.slice(-3).join(' / ').slice(0, 500)}`
  const ended = code === null ? 'perf script was ended from outside.' : `perf script failed (code ${code}).`
  return {
    what: `${known?.what ?? ended}${quoted}`, where: command.file, kept: untouched,
    todo: (known?.todo ?? elsewhere)(command),
  }
}
