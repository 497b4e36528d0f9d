import { change, now } from './store'
import { nextSort, tableColumnIds, type SortKey, type TableColumnId } from './table-columns'
import { shownColumns, shownImportedColumns } from './table-state'

/** Which columns stand is saved with the session; like the tab and the scope it is nothing to undo or to be asked about. */
export function toggleColumn(id: TableColumnId): void {
  const chosen = now().document.view.tableColumns
  const shown = [...shownColumns(chosen), ...shownImportedColumns(chosen)]
  const next = tableColumnIds.filter((one) => shown.includes(one) !== (one === id))
  change((state) => { state.document.view.tableColumns = next })
}

export function sortTable(by: SortKey): void {
  change((state) => { state.table.sort = nextSort(state.table.sort, by) })
}

/** The order of the paper. */
export function unsortTable(): void {
  change((state) => { state.table.sort = null })
}

/** Opens or closes the derivation of a row. */
export function toggleDerivation(run: string, row: string): void {
  const key = derivationKey(run, row)
  change(({ table }) => {
    const at = table.open.indexOf(key)
    if (at < 0) table.open.push(key)
    else table.open.splice(at, 1)
  })
}

export function derivationKey(run: string, row: string): string {
  return `${run} ${row}`
}
