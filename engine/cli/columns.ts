/** Text in columns: the first is left-aligned, the others right-aligned unless named; two blanks between. */
export function columns(rows: readonly (readonly string[])[], leftAligned: readonly number[] = [0]): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => widths[i] = Math.max(widths[i] ?? 0, cell.length))
  return rows.map((row) => row
    .map((cell, i) => leftAligned.includes(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))
    .join('  ').trimEnd())
}

/** A figure for people; '-' for what does not apply. */
export function figure(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return '-'
  const text = value.toFixed(digits)
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text
}

export function signed(value: number | null, digits: number): string {
  if (value === null) return '-'
  const text = figure(value, digits)
  return text.startsWith('-') || /^0\.?0*$/.test(text) ? text : `+${text}`
}

export function interval(
  ci95: readonly [number, number] | null, digits: number, show: (value: number, digits: number) => string = figure,
): string {
  return ci95 ? `[${show(ci95[0], digits)}, ${show(ci95[1], digits)}]` : '-'
}

/** Large counts in groups of three, the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
