/** How the text is asked for: in nanoseconds, and without starting addr2line for the file's own paths. */
const options = ['--ns', '--no-inline'] as const

/**
 * What perf-script/head.ts reads beyond perf's own choice, which has the CPU only where it was recorded: asked for by
 * name, it is refused for the recording of one process. sym, ip and dso are missing from the choice for tracepoints.
 */
const fields = ['+pid', '+misc', '+period', '+ip', '+sym', '+symoff', '+dso'] as const

/** The same for a person who types it. */
export const perfTextOptions = `${options.join(' ')} -F ${fields.join(',')}`

/** Those that a perf of before 2018 does not know. */
const youngFields: readonly string[] = ['+misc', '+symoff']

/** `perf script` of one file, as it is shown and as it is started. No part of it comes out of the file. */
export interface PerfCommand {
  /** perf itself, as an absolute path, or only its name where there is none. */
  perf: string
  /** Absolute: it is an argument of its own, after -i, and never looks like an option. */
  file: string
  options: readonly string[]
  fields: readonly string[]
  /** Read it although it belongs to another user (-f). */
  force: boolean
}

export function perfCommand(perf: string, file: string): PerfCommand {
  return { perf, file, options, fields, force: false }
}

export function perfArguments(command: PerfCommand): string[] {
  return ['script', ...command.options, '-F', command.fields.join(','), ...(command.force ? ['-f'] : []), '-i', command.file]
}

/** The command line for a person and a shell; `into` is where its output goes. */
export function shownCommand(command: PerfCommand, into?: string): string {
  const words = [command.perf, ...perfArguments(command)].map(quoted)
  return [...words, ...(into === undefined ? [] : ['>', quoted(into)])].join(' ')
}

function quoted(word: string): string {
  return /^[\w/.,:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/**
 * The same command without what this perf or this file refused, null when it refused something else. What perf names is
 * only looked up among our own words.
 */
export function withoutRefused(command: PerfCommand, complaint: string): PerfCommand | null {
  const field = /Cannot print '(\w+)' field/.exec(complaint)?.[1]
  if (field !== undefined) return fewerFields(command, [`+${field}`])
  if (/Invalid field requested/i.test(complaint)) return fewerFields(command, youngFields)
  const option = /unknown option `([\w-]+)'/.exec(complaint)?.[1]
  if (option === undefined) return null
  const left = command.options.filter((one) => one !== `--${option}`)
  return left.length < command.options.length ? { ...command, options: left } : null
}

function fewerFields(command: PerfCommand, refused: readonly string[]): PerfCommand | null {
  const left = command.fields.filter((one) => !refused.includes(one))
  return left.length < command.fields.length && left.length > 0 ? { ...command, fields: left } : null
}
