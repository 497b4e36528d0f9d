/**
 * Lines of a spreadsheet's text, by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in
 * front, which spreadsheets read as "this is text": names of functions come out of files of anybody's making.
 */
export function csvText(lines: readonly (readonly (string | number | null)[])[]): string {
  return separatedText(lines, ',')
}

/** The same with tabs: a tab or newline inside a field becomes a space, as that format has no quoting. */
export function separatedText(lines: readonly (readonly (string | number | null)[])[], separator: '\t' | ','): string {
  return lines.map((line) => line.map((value) => quoted(field(value), separator)).join(separator)).join('\n') + '\n'
}

function field(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : harmless(value)
}

function quoted(text: string, separator: '\t' | ','): string {
  if (separator === '\t') return text.replace(/[\t\r\n]/g, ' ')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? `'${text}` : text
}
