/** Samples of a column that is wide enough for its functions' names, where the others have one. */
const wideSamples = 24

/**
 * perf script text of a flame whose rows below the thread all have `columns` boxes: as many visible boxes as columns times
 * rows on screen. The first `wide` of them have room for their labels.
 */
export function gridProfile(columns: number, depth: number, wide: number): string {
  const lines: string[] = []
  let sample = 0
  for (let column = 0; column < columns; column++) {
    for (let again = column < wide ? wideSamples : 1; again > 0; again--) {
      lines.push(`grid  100 [000] ${(1000 + sample++ / 1000).toFixed(6)}:     250000 cpu-clock: `)
      for (let level = depth; level > 0; level--) {
        lines.push(`\t    ${(0x401000 + level * 65536 + column * 16).toString(16)} function_${column}_${level}+0x10 (/usr/bin/grid)`)
      }
      lines.push('')
    }
  }
  return lines.join('\n')
}
