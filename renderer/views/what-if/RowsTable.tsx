import type { RunReport, TableRow } from '../../../engine/run-report'
import type { SimulatedRun } from '../../../engine/session/document'
import { microsecondsAPacket } from '../../state/compare'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { differenceOfRows } from '../../state/row-difference'
import { whyNoFigure } from '../../state/row-words'
import { useWorkbench } from '../../state/store'
import { Dash } from '../../widgets/Dash'
import { changeOf } from './change-words'

interface RowsTableProps { run: SimulatedRun; baseline: SimulatedRun | null }
type Column = 'true' | 'sampled'

const percentOfRow = (row: TableRow | undefined, column: Column) => (column === 'true' ? row?.truthPercent : row?.percent) ?? null

/** Percent of the row's scope, or microseconds of it in every packet. */
function figureOf(run: SimulatedRun, row: TableRow, column: Column, mode: 'share' | 'packet'): number | null {
  const percent = percentOfRow(row, column)
  if (percent === null || mode === 'share') return percent
  const packet = microsecondsAPacket(run)
  const vmm = percentOfRow(run.report.table.find(({ id }) => id === 'vmm'), column)
  const whole = row.scope === 'total' ? 100 : vmm
  return packet === null || whole === null ? null : (percent / 100) * (whole / 100) * packet
}

/** Table 2 of what the sliders say, beside the baseline. */
export function RowsTable({ run, baseline }: RowsTableProps) {
  const { mode, weight } = useWorkbench((state) => state.whatIf)
  const unit = mode === 'packet' ? 'µs a packet' : '%'
  const how = weight === 'true' ? 'true, from the simulation\'s books' : 'as the profilers give it'
  return (
    <div className="what-if-table-scroll" tabIndex={0} role="region" aria-label="Rows of Table 2">
      <table className="what-if-table" data-testid="what-if-table">
        <caption className="visually-hidden">Table 2 of what the sliders say, {unit}, {how}</caption>
        <thead>
          <tr>
            <th scope="col" title={how}>Row ({weight})</th>
            {baseline && <th scope="col" className="num">baseline</th>}
            <th scope="col" className="num">{unit}</th>
            {weight === 'sampled' && mode === 'share' && <th scope="col" className="num">95 %</th>}
            {baseline && <th scope="col">difference{weight === 'true' || mode === 'packet' ? ` (${mode === 'packet' ? 'µs' : 'points'})` : ''}</th>}
            <th scope="col">status</th>
          </tr>
        </thead>
        {(['total', 'vmm'] as const).map((scope) => (
          <tbody key={scope}>
            <tr className="what-if-scope"><th scope="rowgroup" colSpan={6}>{scope === 'vmm' ? 'of VMM time' : 'of total time'}</th></tr>
            {run.report.table.filter((row) => row.scope === scope).map((row) => (
              <Row key={row.id} run={run} row={row} baseline={baseline} mode={mode} column={weight} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

interface RowProps extends RowsTableProps { row: TableRow; mode: 'share' | 'packet'; column: Column }

function Row({ run, row, baseline, mode, column }: RowProps) {
  const digits = column === 'sampled' && mode === 'share' ? digitsFor(row.ci95) : 2
  const value = figureOf(run, row, column, mode)
  const other = baseline?.report.table.find(({ id }) => id === row.id)
  const before = baseline && other ? figureOf(baseline, other, column, mode) : null
  return (
    <tr data-testid={`what-if-row-${row.id}`}>
      <th scope="row">{row.label}</th>
      {baseline && <td className="num">{before === null ? <Dash reason="The baseline has no such figure." /> : fixed(before, digits)}</td>}
      <td className="num strong" data-column="now">{value === null ? <Dash reason={reasonOf(row, run.report)} /> : fixed(value, digits)}</td>
      {column === 'sampled' && mode === 'share' && (
        <td className="num quiet">{row.ci95 ? intervalText(row.ci95, digits) : <Dash reason={reasonOf(row, run.report)} />}</td>
      )}
      {baseline && <td data-column="difference"><Difference value={value} before={before} row={row} other={other} mode={mode} column={column} /></td>}
      <td className="quiet">{row.status}</td>
    </tr>
  )
}

function reasonOf(row: TableRow, report: RunReport): string {
  return whyNoFigure(row, report)
}

interface DifferenceProps {
  value: number | null
  before: number | null
  row: TableRow
  other: TableRow | undefined
  mode: 'share' | 'packet'
  column: Column
}

/** Of samples only what the evidence allows; of true figures the difference itself, which has no sampling error. */
function Difference({ value, before, row, other, mode, column }: DifferenceProps) {
  if (column === 'sampled' && mode === 'share') return <span>{differenceOfRows(other, row).words}</span>
  if (value === null || before === null) return <Dash reason="One side has no such figure." />
  const change = changeOf(value, before, '', 2, mode === 'packet' && row.id !== 'guest-idle' ? 'down' : null)
  return <span className={`what-if-change ${change.verdict}`}><span aria-hidden="true">{change.arrow}</span> {change.words}</span>
}
