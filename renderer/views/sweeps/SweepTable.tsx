import { useState } from 'react'
import { type Sweep, type SweepCell, type SweepKind, sweepScenario } from '../../../engine/experiments/sweep-types'
import { paperRunFigures, statusOfRunFigures } from '../../../engine/paper/reference'
import { openPoint } from '../../state/actions-sweeps'
import { csvText } from '../../../engine/csv'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { configurationName, figureOf } from '../../state/sweeps-state'
import { copyText } from '../../widgets/copy'
import { Dash } from '../../widgets/Dash'

/** What the paper printed for the scenario of a cell, to stand beside it, and how the model comes by the figure. */
function paperOf(kind: SweepKind, { request }: Sweep, { configuration, sendSize }: SweepCell): { figure: number | null; status: string } {
  const scenario = sweepScenario(request, configuration, sendSize, 1)
  const figure = kind === 'throughput' ? 'throughputMbps' : 'idlePercent'
  return { figure: paperRunFigures(scenario)[figure], status: statusOfRunFigures(scenario)[figure] }
}

/** The table twin of the plot: the same figures, by size and configuration. */
export function SweepTable({ kind, sweep }: { kind: SweepKind; sweep: Sweep }) {
  const [copied, setCopied] = useState('')
  const cells = [...sweep.cells].sort((a, b) => a.sendSize - b.sendSize)
  const unit = kind === 'throughput' ? 'Mb/s' : 'idle, % of total'
  return (
    <div className="sweep-scroll" tabIndex={0} role="region" aria-label="Figures of the sweep">
      <table className="sweep-table" data-testid="sweep-table">
        <caption className="visually-hidden">
          {kind === 'throughput' ? 'Throughput by send size and configuration' : 'Guest idle time by configuration, directly measured'}
        </caption>
        <thead>
          <tr>
            <th scope="col">Configuration</th>
            <th scope="col" className="num">bytes a send()</th>
            <th scope="col" className="num">{unit}</th>
            <th scope="col" className="num">95 % interval</th>
            <th scope="col" className="num" title="Standard deviation between runs">sd</th>
            <th scope="col" className="num" title="Runs, one a seed">n</th>
            <th scope="col" className="num" title="Sugerman et al., USENIX ATC 2001: for comparison only"><em>paper</em></th>
            <th scope="col">status</th>
            <th scope="col">
              <span className="sweep-copy">
                <span role="status">{copied}</span>
                <button type="button" className="button" onClick={() => setCopied(copyText(sweepCsv(kind, sweep, cells)) ? 'copied' : 'not copied')}>
                  Copy as CSV
                </button>
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <Row key={`${cell.configuration} ${cell.sendSize}`} kind={kind} sweep={sweep} cell={cell} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ kind, sweep, cell }: { kind: SweepKind; sweep: Sweep; cell: SweepCell }) {
  const { mean, ci95, sd, n, evidence } = figureOf(kind, cell)
  const digits = digitsFor(ci95)
  const { figure: paper, status } = paperOf(kind, sweep, cell)
  const name = configurationName(cell.configuration)
  return (
    <tr data-testid={`sweep-row-${cell.configuration}-${cell.sendSize}`}>
      <th scope="row">{name}</th>
      <td className="num">{cell.sendSize}</td>
      <td className="num strong" data-column="mean">{fixed(mean, digits)}</td>
      <td className="num quiet" title={evidence}>{ci95 ? intervalText(ci95, digits) : <Dash reason={evidence} />}</td>
      <td className="num quiet">{sd === null ? <Dash reason={evidence} /> : Number(sd.toPrecision(2))}</td>
      <td className="num">{n}</td>
      <td className="num" data-column="paper">
        {paper === null ? <Dash reason="The paper prints no number for this scenario; its Figure 6 has curves only." /> : <em>{paper}</em>}
      </td>
      <td className="quiet">{status}</td>
      <td>
        <button type="button" className="button bare" title={`Run ${name}, ${cell.sendSize} bytes a send(), with seed ${sweep.request.seeds[0] ?? 1}, and add it to the session`}
          onClick={() => void openPoint(sweep, cell)}>Open its run</button>
      </td>
    </tr>
  )
}

function sweepCsv(kind: SweepKind, sweep: Sweep, cells: readonly SweepCell[]): string {
  const unit = kind === 'throughput' ? 'Mb/s' : 'guest idle, % of total time'
  const head = ['configuration', 'bytes a send()', unit, 'ci95 low', 'ci95 high', 'sd', 'n', 'paper', 'status', 'method']
  return csvText([head, ...cells.map((cell) => {
    const { mean, ci95, sd, n, evidence } = figureOf(kind, cell)
    const { figure: paper, status } = paperOf(kind, sweep, cell)
    return [cell.configuration, cell.sendSize, mean, ci95?.[0] ?? null, ci95?.[1] ?? null, sd, n, paper, status, evidence]
  })])
}
