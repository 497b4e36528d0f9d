const linesSeen = 200

const count = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** Where the blanks before the count that ends the text begin; -1 without one. No expression over the whole line: it may be long. */
function beforeCount(line: string, end: number): number {
  const blank = Math.max(line.lastIndexOf(' ', end - 1), line.lastIndexOf('\t', end - 1))
  if (blank <= 0 || end - blank > 40 || !count.test(line.slice(blank + 1, end))) return -1
  let at = blank
  while (at > 0 && (line[at - 1] === ' ' || line[at - 1] === '\t')) at--
  return at > 0 ? at : -1
}

/** Of the lines that may be stacks, how many of a hundred must end in a count. */
const enough = 0.95

export interface FoldedShape {
  reason: string
  /** Two counts a line: before and after. */
  differential: boolean
}

/** Whether the beginning of a text is folded stacks: nearly every line ends in a count, and some have callers. */
export function foldedShape(beginning: string, whole: boolean): FoldedShape | null {
  const lines = beginning.split(/\r?\n/, linesSeen + 1).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  // a beginning that was cut ends in a part of a line
  if (!whole && lines.length > 1) lines.pop()
  if (lines.length === 0) return null
  const ends = lines.map((line) => beforeCount(line, line.trimEnd().length))
  const counted = ends.filter((end) => end > 0).length
  const callers = lines.filter((line) => line.includes(';')).length
  if (counted < enough * lines.length || callers === 0) return null
  const twice = lines.filter((line, i) => ends[i]! > 0 && beforeCount(line, ends[i]!) > 0).length
  const differential = twice >= enough * lines.length
  return {
    differential,
    reason: `${counted} of its first ${lines.length} lines end in ${differential ? 'two counts' : 'a count'}, and frames are joined by ";"`,
  }
}
