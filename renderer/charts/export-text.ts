import type { Measure } from './svg-context'

/** Lines of at most `width`, broken at blanks; a word that is longer by itself is broken where it has to. */
export function wrapped(text: string, width: number, font: string, measure: Measure): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (measure(longer, font) <= width) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      line = word
      while (measure(line, font) > width && line.length > 1) {
        const letters = fitting(line, width, font, measure)
        lines.push(line.slice(0, letters))
        line = line.slice(letters)
      }
    }
    lines.push(line)
  }
  return lines
}

/** How many letters fit, at least one. */
function fitting(text: string, width: number, font: string, measure: Measure): number {
  let [lo, hi] = [1, text.length]
  while (lo < hi) {
    const middle = (lo + hi + 1) >> 1
    if (measure(text.slice(0, middle), font) <= width) lo = middle
    else hi = middle - 1
  }
  return lo
}
