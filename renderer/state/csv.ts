/**
 * Lines of a spreadsheet's text, by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in
 * front, which spreadsheets read as "this is text": names of functions come out of files of anybody's making.
 */
export function csvText(lines: readonly (readonly (string | number | null)[])[]): string {
  return lines.map((line) => line.map(field).join(',')).join('\n') + '\n'
}

function field(value: string | number | null): string {
  const text = value === null ? '' : typeof value === 'number' ? String(Number(value.toPrecision(6))) : harmless(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? `'${text}` : text
}
