import type { ReactNode } from 'react'
import { sortTable, unsortTable } from '../../state/actions-table'
import { useWorkbench } from '../../state/store'
import { tableColumns, type SortKey, type TableColumnId } from '../../state/table-columns'

/** The head of Table 2: every column sorts within its scope, a third time puts the paper's order back. */
export function TableHead({ columns, range }: { columns: readonly TableColumnId[]; range: boolean }) {
  const sorted = useWorkbench((state) => state.table.sort !== null)
  return (
    <thead>
      <tr>
        <Head by="label" about="By name">Row</Head>
        <Head by="percent" numeric about="The best figure that the two instruments give, in percent of the scope">%</Head>
        <th scope="col" className="col-interval">
          95 % interval
          {sorted && <button type="button" className="link unsort" onClick={unsortTable}>paper’s order</button>}
        </th>
        <th scope="col">how</th>
        {columns.map((id) => {
          const { head, about, ofPaper, wholeRun } = tableColumns[id]
          const words = range && wholeRun ? `${head}, whole run` : head
          return (
            <Head key={id} by={id} numeric={id !== 'status'} about={about}>{ofPaper ? <em>{words}</em> : words}</Head>
          )
        })}
      </tr>
    </thead>
  )
}

interface HeadProps {
  by: SortKey
  numeric?: boolean
  about: string
  children: ReactNode
}

export function Head({ by, numeric = false, about, children }: HeadProps) {
  const sort = useWorkbench((state) => (state.table.sort?.by === by ? state.table.sort : null))
  const arrow = !sort ? '' : sort.descending ? '▾' : '▴'
  return (
    <th scope="col" className={numeric ? 'num' : undefined} aria-sort={!sort ? 'none' : sort.descending ? 'descending' : 'ascending'}>
      <button type="button" className="link" title={`${about}. Click to sort.`} onClick={() => sortTable(by)}>
        {children}<span aria-hidden="true" className="sort-arrow">{arrow}</span>
      </button>
    </th>
  )
}
