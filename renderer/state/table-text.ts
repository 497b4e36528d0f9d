import type { RunReport, TableRow } from '../../engine/run-report'

const columns: { name: string; of: (row: TableRow) => string | number | null }[] = [
  { name: 'id', of: (row) => row.id },
  { name: 'row', of: (row) => row.label },
  { name: 'scope', of: (row) => (row.scope === 'vmm' ? 'of VMM time' : 'of total time') },
  { name: 'percent', of: (row) => row.percent },
  { name: 'ci95 low', of: (row) => row.ci95?.[0] ?? null },
  { name: 'ci95 high', of: (row) => row.ci95?.[1] ?? null },
  { name: 'average us', of: (row) => row.averageMicroseconds },
  { name: 'method', of: (row) => row.method },
  { name: 'true percent', of: (row) => row.truthPercent },
  { name: 'paper percent', of: (row) => row.paper?.percent ?? null },
  { name: 'paper average us', of: (row) => row.paper?.averageMicroseconds ?? null },
  { name: 'status', of: (row) => row.status },
]

/** Table 2 as text for a spreadsheet; numbers are cut to six digits, an empty field means that it does not apply. */
export function tableText(report: RunReport, separator: '\t' | ','): string {
  const lines = [columns.map((column) => column.name), ...report.table.map((row) => columns.map((column) => field(column.of(row))))]
  return lines.map((line) => line.map((text) => quoted(text, separator)).join(separator)).join('\n') + '\n'
}

function field(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : value
}

/** RFC 4180; a tab or newline inside a TSV field becomes a space, as that format has no quoting. */
function quoted(text: string, separator: '\t' | ','): string {
  if (separator === '\t') return text.replace(/[\t\r\n]/g, ' ')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
