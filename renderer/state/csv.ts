/** Lines of a spreadsheet's text, by RFC 4180. */
export function csvText(lines: readonly (readonly (string | number | null)[])[]): string {
  return lines.map((line) => line.map(field).join(',')).join('\n') + '\n'
}

function field(value: string | number | null): string {
  const text = value === null ? '' : typeof value === 'number' ? String(Number(value.toPrecision(6))) : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
