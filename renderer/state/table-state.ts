import { importedColumnIds, simulatedColumnIds, type TableColumnId, type TableSort } from './table-columns'

/** What the view of Table 2 has open and how it is sorted: not worth saving. */
export interface TableState {
  sort: TableSort
  /** Rows whose derivation is open, by run and row. */
  open: string[]
  /** Of a recorded profile: its table, or the rules that it is made by. */
  part: 'rows' | 'rules'
  /** Index of the rule that is being edited. */
  rule: number | null
}

export const initialTable: TableState = { sort: null, open: [], part: 'rows', rule: null }

/** The columns shown: the session's choice as far as they are known, else the usual ones. */
export function shownColumns(chosen: readonly string[] | undefined): TableColumnId[] {
  return chosen ? simulatedColumnIds.filter((id) => chosen.includes(id)) : usualColumns
}

/** The same for a recorded profile; a choice of before it had any columns leaves it the usual ones. */
export function shownImportedColumns(chosen: readonly string[] | undefined): TableColumnId[] {
  const found = importedColumnIds.filter((id) => chosen?.includes(id))
  return found.length > 0 ? found : ['weight', 'effective']
}

const usualColumns: TableColumnId[] = ['average', 'truth', 'paper', 'difference', 'status']
