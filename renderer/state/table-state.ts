import { tableColumnIds, type TableColumnId, type TableSort } from './table-columns'

/** What the view of Table 2 has open and how it is sorted: not worth saving. */
export interface TableState {
  sort: TableSort
  /** Rows whose derivation is open, by run and row. */
  open: string[]
}

export const initialTable: TableState = { sort: null, open: [] }

/** The columns shown: the session's choice as far as they are known, else the usual ones. */
export function shownColumns(chosen: readonly string[] | undefined): TableColumnId[] {
  return chosen ? tableColumnIds.filter((id) => chosen.includes(id)) : usualColumns
}

const usualColumns: TableColumnId[] = ['average', 'truth', 'paper', 'difference', 'status']
