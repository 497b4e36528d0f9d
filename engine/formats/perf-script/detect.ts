import { parseHead } from './head'

/** How many lines are looked at: a header with the machine's description may have hundreds. */
const linesSeen = 2000

/** Why the beginning of a text is taken for `perf script` output, or null when it is not. */
export function perfScriptReason(beginning: string): string | null {
  const lines = beginning.split(/\r?\n/, linesSeen)
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith('#') || line.startsWith('\t')) continue
    const head = parseHead(line)
    if (head === null) continue
    // without a time stamp a line of prose may look like a head: only a frame below it is proof enough
    if (head.seconds === null && !/^\s+[0-9a-f]{4,} /.test(lines[index + 1] ?? '')) continue
    return `line ${index + 1} is the head of a perf script sample (event ${head.event})`
  }
  return null
}
