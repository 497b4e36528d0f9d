import type { RowReadings } from '../../engine/experiments/row-instruments'
import type { TableRow } from '../../engine/run-report'

/** Columns of Table 2 that can be switched, in their order; label, percent, interval and method always stand. */
export const tableColumnIds = [
  'sampled', 'direct', 'derived', 'average', 'truth', 'paper', 'paper-average', 'difference', 'effective', 'status', 'weight',
] as const
export type TableColumnId = (typeof tableColumnIds)[number]

/** What a simulated run's table can show, and what a recorded profile's can. */
export const simulatedColumnIds = tableColumnIds.filter((id) => id !== 'weight')
export const importedColumnIds = ['weight', 'effective', 'paper'] as const satisfies readonly TableColumnId[]

export type SortKey = 'label' | 'percent' | TableColumnId
/** Null: the paper's order. */
export type TableSort = { by: SortKey; descending: boolean } | null

export interface TableColumn {
  /** In the head of the table. */
  head: string
  /** In the list of columns. */
  name: string
  /** What the figure is. */
  about: string
  /** The paper's figures are in italics. */
  ofPaper?: boolean
  /** The run's direct measurements are not kept by range. */
  wholeRun?: boolean
}

export const tableColumns: Record<TableColumnId, TableColumn> = {
  sampled: { head: 'sampled', name: 'sampled', about: 'What sampling alone says, in percent' },
  direct: { head: 'direct', name: 'direct', about: 'What direct measurement alone says, in percent: calls times their mean time', wholeRun: true },
  derived: { head: 'derived', name: 'derived', about: 'What both together say, in percent, where neither does alone' },
  average: { head: 'avg µs', name: 'average µs', about: 'Directly measured, start to end of the call, nested interrupts included' },
  truth: { head: 'truth', name: 'truth', about: 'From the simulation’s own books, in percent' },
  paper: { head: 'paper', name: 'paper', about: 'Sugerman et al., USENIX ATC 2001, Table 2, in percent', ofPaper: true },
  'paper-average': { head: 'paper µs', name: 'paper average', about: 'The paper’s average, in microseconds', ofPaper: true },
  difference: { head: 'diff.', name: 'difference', about: 'This run minus the paper, in points' },
  effective: { head: 'eff. samples', name: 'effective samples', about: 'How many independent samples the row’s samples count for' },
  weight: { head: 'weight', name: 'samples or weight', about: 'How many samples, or how much of the weight that is shown' },
  status: { head: 'status', name: 'status', about: 'Whether a cost was fitted to the row, or it follows from counts, or is predicted' },
}

/** A row as the table sorts and shows it. */
export interface ShownRow {
  row: TableRow
  readings: RowReadings
}

export function differenceOf(row: TableRow): number | null {
  return row.paper && row.percent !== null ? row.percent - row.paper.percent : null
}

const keys: Record<SortKey, (shown: ShownRow) => number | string | null> = {
  label: ({ row }) => row.label,
  percent: ({ row }) => row.percent,
  sampled: ({ readings }) => readings.sampled.percent,
  direct: ({ readings }) => readings.direct.percent,
  derived: ({ readings }) => readings.derived.percent,
  average: ({ row }) => row.averageMicroseconds,
  truth: ({ row }) => row.truthPercent,
  paper: ({ row }) => row.paper?.percent ?? null,
  'paper-average': ({ row }) => row.paper?.averageMicroseconds ?? null,
  difference: ({ row }) => differenceOf(row),
  effective: ({ row }) => row.effectiveSamples ?? null,
  status: ({ row }) => row.status,
  weight: () => null,
}

/** Rows of one scope in the order asked for; those without a figure come last either way. */
export function sortedRows(rows: readonly ShownRow[], sort: TableSort): readonly ShownRow[] {
  return sort ? sortedBy(rows, keys[sort.by], sort.descending) : rows
}

export function sortedBy<Row>(rows: readonly Row[], of: (row: Row) => number | string | null, descending: boolean): readonly Row[] {
  const sign = descending ? -1 : 1
  return [...rows].sort((one, other) => {
    const [a, b] = [of(one), of(other)]
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    return sign * (typeof a === 'string' ? a.localeCompare(String(b), 'en') : a - Number(b))
  })
}

/** The next of: falling, rising, the paper's order; words rise first. */
export function nextSort(sort: TableSort, by: SortKey): TableSort {
  const first = by !== 'label' && by !== 'status'
  if (sort?.by !== by) return { by, descending: first }
  return sort.descending === first ? { by, descending: !first } : null
}
