/** A tick's label with as many digits as the span on screen needs. */
export function axisText(value: number, span: number, unit: string): string {
  const digits = span >= 20 ? 0 : Math.min(6, Math.ceil(-Math.log10(span)) + 2)
  return `${value.toFixed(Math.max(0, digits))}${unit === '%' ? ' %' : ` ${unit}`}`
}
