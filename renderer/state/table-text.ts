import { readingsOf, type RowReadings } from '../../engine/experiments/row-instruments'
import type { RunReport, TableRow } from '../../engine/run-report'
import type { WorldShare } from './table-worlds'
import { separatedText } from '../../engine/csv'

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
  return separatedText([head, ...report.table.map((row, i) => [
    ...columns.map(({ of }) => of(row)), ...readingsColumns.map(({ of }) => of(readings[i]!)), row.status,
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
  const rows = worlds.map((world) => worldColumns.map(({ of }) => of(world)))
  return separatedText([worldColumns.map(({ name }) => name), ...rows], separator)
}
