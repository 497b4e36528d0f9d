import { readingsOf, type RowReadings } from '../../engine/experiments/row-instruments'
import type { RunReport, TableRow } from '../../engine/run-report'
import type { WorldShare } from './table-worlds'

interface Column<Row> {
  name: string
  of: (row: Row) => string | number | null
}

const columns: Column<TableRow>[] = [
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
  { name: 'effective samples', of: (row) => row.effectiveSamples ?? null },
]

/** One instrument's figures and their ends. */
function readingColumns(name: 'sampled' | 'direct' | 'derived'): Column<RowReadings>[] {
  return [
    { name: `${name} percent`, of: (readings) => readings[name].percent },
    { name: `${name} ci95 low`, of: (readings) => readings[name].ci95?.[0] ?? null },
    { name: `${name} ci95 high`, of: (readings) => readings[name].ci95?.[1] ?? null },
  ]
}

const readingsColumns = [...readingColumns('sampled'), ...readingColumns('direct'), ...readingColumns('derived')]

/**
 * Table 2 as text for a spreadsheet; numbers are cut to six digits, an empty field means that it does not apply.
 * `readings`: what each instrument says alone, where that is not the report's own (a range has no direct measurements).
 */
export function tableText(report: RunReport, separator: '\t' | ',', readings = readingsOf(report)): string {
  const head = [...columns, ...readingsColumns, { name: 'status' }].map(({ name }) => name)
  return lines([head, ...report.table.map((row, i) => [
    ...columns.map(({ of }) => field(of(row))), ...readingsColumns.map(({ of }) => field(of(readings[i]!))), row.status,
  ])], separator)
}

const worldColumns: Column<WorldShare>[] = [
  { name: 'world', of: ({ name }) => name },
  { name: 'weight', of: ({ weight }) => weight },
  { name: 'percent of total time', of: ({ percent }) => percent },
  { name: 'ci95 low', of: ({ ci95 }) => ci95?.[0] ?? null },
  { name: 'ci95 high', of: ({ ci95 }) => ci95?.[1] ?? null },
  { name: 'effective samples', of: ({ effectiveSamples }) => effectiveSamples },
]

/** The worlds of a recorded profile, as `tableText`. */
export function worldsText(worlds: readonly WorldShare[], separator: '\t' | ','): string {
  const rows = worlds.map((world) => worldColumns.map(({ of }) => field(of(world))))
  return lines([worldColumns.map(({ name }) => name), ...rows], separator)
}

function lines(rows: readonly string[][], separator: '\t' | ','): string {
  return rows.map((line) => line.map((text) => quoted(text, separator)).join(separator)).join('\n') + '\n'
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
