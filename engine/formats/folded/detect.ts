const linesSeen = 200

/** Counts at the end of a line: one, or two for a differential file. */
const single = /^.*\S\s+-?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i
const double = /^.*\S\s+-?\d+(?:\.\d*)?\s+-?\d+(?:\.\d*)?$/

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
  const counted = lines.filter((line) => single.test(line)).length
  const callers = lines.filter((line) => line.includes(';')).length
  if (counted < enough * lines.length || callers === 0) return null
  const twice = lines.filter((line) => double.test(line)).length
  const differential = twice >= enough * lines.length
  return {
    differential,
    reason: `${counted} of its first ${lines.length} lines end in ${differential ? 'two counts' : 'a count'}, and frames are joined by ";"`,
  }
}
