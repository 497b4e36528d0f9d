import { readingsOf, type RowReadings } from '../../engine/experiments/row-instruments'
import { paperReference } from '../../engine/paper/reference'
import { shownRows } from '../../engine/profile/classify/rows'
import type { ImportedTable, ImportedTableRow } from '../../engine/profile/classify/table-types'
import type { Profile } from '../../engine/profile/columns'
import type { RunReport, TableRow } from '../../engine/run-report'
import { worldIds } from '../../engine/worlds'
import { separatedText } from '../../engine/csv'

interface Column<Row> {
  name: string
  of: (row: Row) => string | number | null
}

/** What every row has, of a simulated run and of a recorded profile alike. */
const commonColumns: Column<Pick<TableRow | ImportedTableRow, 'id' | 'label' | 'scope' | 'percent' | 'ci95'>>[] = [
  { name: 'id', of: (row) => row.id },
  { name: 'row', of: (row) => row.label },
  { name: 'scope', of: (row) => (row.scope === 'vmm' ? 'of VMM time' : 'of total time') },
  { name: 'percent', of: (row) => row.percent },
  { name: 'ci95 low', of: (row) => row.ci95?.[0] ?? null },
  { name: 'ci95 high', of: (row) => row.ci95?.[1] ?? null },
]

const columns: Column<TableRow>[] = [
  ...commonColumns,
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

const importedColumns: Column<ImportedTableRow>[] = [
  ...commonColumns,
  { name: 'weight', of: (row) => row.weight },
  { name: 'effective samples', of: (row) => row.effectiveSamples },
  { name: 'paper percent', of: (row) => paperPercent(row.id) },
  { name: 'evidence', of: (row) => row.evidence },
]

/** Table 2 of a recorded profile, and its worlds as rows behind it, as `tableText`. */
export function importedTableText({ rows, worlds, weight }: ImportedTable, separator: '\t' | ','): string {
  const asRows = worlds.map(({ world, label, ...share }): ImportedTableRow =>
    ({ ...share, id: `world-${worldIds[world]!}`, label, scope: 'total', meaning: '', inPaper: false }))
  const head = importedColumns.map(({ name }) => (name === 'weight' ? (weight.unit === 'count' ? weight.name : `${weight.name}, ${weight.unit}`) : name))
  return separatedText([head, ...[...shownRows(rows), ...asRows].map((row) => importedColumns.map(({ of }) => of(row)))], separator)
}

/** What the paper printed for the row, of its optimized VM/PC-733: another machine, for a look beside. */
export function paperPercent(id: string): number | null {
  return (paperReference.table2.rows as Record<string, { percent: number } | undefined>)[id]?.percent ?? null
}

/** What the weight counts: 'samples', 'cycles', or the unit of its period. */
export function weightName({ weightTypes }: Profile, weight: number): string {
  const type = weightTypes[weight]
  return type ? (type.unit === 'count' ? type.name : `${type.name}, ${type.unit}`) : ''
}
