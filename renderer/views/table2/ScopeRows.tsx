import { Fragment, useState } from 'react'
import type { RunReport, TableRow } from '../../../engine/run-report'
import { select } from '../../state/actions-view'
import { digitsFor, fixed, intervalText, signed, significant, type Interval } from '../../state/numbers'
import { whyNoFigure } from '../../state/row-words'
import { useWorkbench } from '../../state/store'
import { Dash } from '../../widgets/Dash'
import { Whisker } from '../../widgets/Whisker'

interface ScopeRowsProps {
  runId: string
  report: RunReport
  scope: 'total' | 'vmm'
}

export function ScopeRows({ runId, report, scope }: ScopeRowsProps) {
  const rows = report.table.filter((row) => row.scope === scope)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const selection = useWorkbench((state) => state.selection)
  const domain: Interval = [0, Math.max(1, ...rows.map((row) => row.ci95?.[1] ?? row.percent ?? 0))]
  const toggle = (id: string) => setOpen((old) => {
    const next = new Set(old)
    if (!next.delete(id)) next.add(id)
    return next
  })
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr className="table2-scope">
        <th scope="rowgroup" colSpan={9}>{scope === 'vmm' ? 'of VMM time' : 'of total time'}</th>
      </tr>
      {rows.map((row) => (
        <Fragment key={row.id}>
          <Row row={row} report={report} domain={domain} open={open.has(row.id)} onToggle={() => toggle(row.id)}
            selected={selection.kind === 'row' && selection.run === runId && selection.row === row.id}
            onSelect={() => select({ kind: 'row', run: runId, row: row.id })} />
          {open.has(row.id) && row.derivation && (
            <tr className="table2-derivation">
              <td colSpan={9}><ol>{row.derivation.map((step) => <li key={step}>{step}</li>)}</ol></td>
            </tr>
          )}
        </Fragment>
      ))}
    </tbody>
  )
}

interface RowProps {
  row: TableRow
  report: RunReport
  domain: Interval
  open: boolean
  selected: boolean
  onToggle: () => void
  onSelect: () => void
}

function Row({ row, report, domain, open, selected, onToggle, onSelect }: RowProps) {
  const digits = digitsFor(row.ci95)
  const reason = whyNoFigure(row, report)
  return (
    // anywhere in the row for the mouse; the label is a button for the keyboard, and its click arrives here too
    <tr data-testid={`table2-row-${row.id}`} className={selected ? 'selected' : undefined} onClick={onSelect}>
      <th scope="row">
        <button type="button" className="link" aria-pressed={selected}>{row.label}</button>
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
      <td className="num" data-column="average">
        {row.averageMicroseconds === null ? <Dash reason="No probe times this row by itself." /> : significant(row.averageMicroseconds)}
      </td>
      <td>
        {row.method === 'derived'
          ? (
            <button type="button" className="link" aria-expanded={open} disabled={!row.derivation} onClick={onToggle}
              aria-label={`derived: show the rule of ${row.label}`}>derived†</button>
          ) : row.method}
      </td>
      <td className="num" data-column="truth">
        {row.truthPercent === null ? <Dash reason={reason} /> : fixed(row.truthPercent, Math.max(1, digits))}
      </td>
      <td className="num" data-column="paper">
        {row.paper
          ? <em>{fixed(row.paper.percent, 1)}</em>
          : <Dash reason="The paper has no figure for this row of this scenario." />}
      </td>
      <td className="num" data-column="difference">
        {row.paper && row.percent !== null ? signed(row.percent - row.paper.percent, Math.min(1, digits)) : <Dash reason="Nothing to compare with." />}
      </td>
      <td className="quiet">{row.status}</td>
    </tr>
  )
}
