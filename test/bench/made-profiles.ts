/**
 * perf script text of a flame whose rows below the thread all have `columns` boxes of equal width: as many visible
 * boxes as columns times rows on screen.
 */
export function gridProfile(columns: number, depth: number): string {
  const lines: string[] = []
  for (let column = 0; column < columns; column++) {
    lines.push(`grid  100 [000] ${(1000 + column / 1000).toFixed(6)}:     250000 cpu-clock: `)
    for (let level = depth; level > 0; level--) {
      lines.push(`\t    ${(0x401000 + level * 65536 + column * 16).toString(16)} function_${column}_${level}+0x10 (/usr/bin/grid)`)
    }
    lines.push('')
  }
  return lines.join('\n')
}
