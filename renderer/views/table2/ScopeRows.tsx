import { Fragment } from 'react'
import type { RunReport } from '../../../engine/run-report'
import type { SimulatedRun } from '../../../engine/session/document'
import { derivationKey, toggleDerivation } from '../../state/actions-table'
import { select } from '../../state/actions-view'
import { digitsFor, fixed, intervalText, type Interval } from '../../state/numbers'
import { rowOfFrame } from '../../state/flame-rows'
import { whyNoFigure } from '../../state/row-words'
import { useWorkbench } from '../../state/store'
import { sortedRows, type ShownRow, type TableColumnId } from '../../state/table-columns'
import { Dash } from '../../widgets/Dash'
import { Whisker } from '../../widgets/Whisker'
import { Cell } from './Cell'

interface ScopeRowsProps {
  run: SimulatedRun
  report: RunReport
  scope: 'total' | 'vmm'
  columns: readonly TableColumnId[]
  rows: readonly ShownRow[]
}

export function ScopeRows({ run, report, scope, columns, rows }: ScopeRowsProps) {
  const sort = useWorkbench((state) => state.table.sort)
  const open = useWorkbench((state) => state.table.open)
  const selection = useWorkbench((state) => state.selection)
  const ends = rows.flatMap(({ row }) => [row.ci95?.[1] ?? row.percent ?? 0, row.truthPercent ?? 0])
  const domain: Interval = [0, Math.max(1, ...ends)]
  if (rows.length === 0) return null
  // a box of the flame marks the row that its own time is in
  const frameRow = selection.kind === 'frame' && selection.run === run.id ? rowOfFrame(run, selection.path) : null
  return (
    <tbody>
      <tr className="table2-scope">
        <th scope="rowgroup" colSpan={2}>{scope === 'vmm' ? 'of VMM time' : 'of total time'}</th>
        <td className="quiet scale" colSpan={columns.length + 2}><span>0</span><span>{fixed(domain[1], 0)} %</span></td>
      </tr>
      {sortedRows(rows, sort).map((shown) => {
        const { row } = shown
        const isOpen = open.includes(derivationKey(run.id, row.id))
        const selected = selection.kind === 'row' && selection.run === run.id && selection.row === row.id
        return (
          <Fragment key={row.id}>
            <Row shown={shown} report={report} domain={domain} columns={columns} open={isOpen} selected={selected}
              related={frameRow === row.id} onToggle={() => toggleDerivation(run.id, row.id)}
              onSelect={() => select({ kind: 'row', run: run.id, row: row.id })} />
            {isOpen && row.derivation && (
              <tr className="table2-derivation">
                <td colSpan={columns.length + 4}><ol>{row.derivation.map((step) => <li key={step}>{step}</li>)}</ol></td>
              </tr>
            )}
          </Fragment>
        )
      })}
    </tbody>
  )
}

interface RowProps {
  shown: ShownRow
  report: RunReport
  domain: Interval
  columns: readonly TableColumnId[]
  open: boolean
  selected: boolean
  related: boolean
  onToggle: () => void
  onSelect: () => void
}

function Row({ shown, report, domain, columns, open, selected, related, onToggle, onSelect }: RowProps) {
  const { row } = shown
  const digits = digitsFor(row.ci95)
  const reason = whyNoFigure(row, report)
  return (
    // anywhere in the row for the mouse; the label is a button for the keyboard, and its click arrives here too
    <tr data-testid={`table2-row-${row.id}`} className={selected ? 'selected' : related ? 'related' : undefined} onClick={onSelect}
      title={related ? 'The selected box of the flame is in this row' : undefined}>
      <th scope="row">
        <button type="button" className="link" aria-pressed={selected}>{row.label}</button>
        {related && <span className="visually-hidden">, holds the selected box of the flame</span>}
      </th>
      <td className="num strong" data-column="percent">
        {row.percent === null ? <Dash reason={reason} /> : fixed(row.percent, digits)}
      </td>
      <td className="col-interval">
        {row.percent !== null && row.ci95
          ? (
            <span className="interval">
              <Whisker value={row.percent} interval={row.ci95} domain={domain} truth={row.truthPercent} />
              <span className="num quiet">{intervalText(row.ci95, digits)}</span>
            </span>
          ) : <Dash reason={row.percent === null ? reason : 'There are no samples to say how sure the figure is.'} />}
      </td>
      <td>
        {row.method === 'derived'
          ? (
            <button type="button" className="link" aria-expanded={open} disabled={!row.derivation} onClick={onToggle}
              aria-label={`derived: show the rule of ${row.label}`}>derived†</button>
          ) : row.method}
      </td>
      {columns.map((id) => <Cell key={id} id={id} shown={shown} reason={reason} />)}
    </tr>
  )
}
