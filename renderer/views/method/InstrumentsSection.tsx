import { useMemo } from 'react'
import type { Reading } from '../../../engine/experiments/row-instruments'
import type { SimulatedRun } from '../../../engine/session/document'
import { World } from '../../../engine/worlds'
import { intervalPlot, type IntervalScene } from '../../charts/interval-plot'
import { Plot } from '../../charts/Plot'
import { instruments, judgedRows, type Instrument, type JudgedRow } from '../../state/method-rows'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { whyNoTable } from '../../state/row-words'
import { select } from '../../state/actions-view'
import { useWorkbench } from '../../state/store'
import { worldFill } from '../../theme/world-colours'
import { Dash } from '../../widgets/Dash'

const symbols = { sampled: 'circle', direct: 'diamond', derived: 'rect' } as const
/** Any three colours that are told apart; symbols say the same. */
const colours: Record<Instrument, number> = { sampled: World.Guest, direct: World.VmNet, derived: World.WorldSwitch }

/** Every row as sampling, direct measurement and both together have it, against the books' truth. */
export function InstrumentsSection({ run }: { run: SimulatedRun }) {
  const dark = useWorkbench((state) => state.dark)
  const rows = useMemo(() => judgedRows(run.report), [run.report])
  const option = useMemo(() => intervalPlot(sceneOf(rows, dark)), [rows, dark])
  return (
    <section className="method-section" aria-label="Two instruments against the truth" data-testid="method-instruments">
      <h2>Two instruments against the truth</h2>
      {rows.length === 0 ? <p className="quiet">A run without a virtual machine has no row of Table 2 to judge.</p> : (
        <>
          <p className="quiet">
            Truth is what the simulation’s books say; a real machine has none. Each figure less the truth, in points of its row’s
            whole. A direct measurement counts cycles: its error comes from the sampled VMM time it is divided by, and from
            interrupts inside a call.
          </p>
          {run.report.samples === 0 && <p data-testid="method-why"><strong>{whyNoTable(run.report)}</strong></p>}
          <div className="method-pair">
            <div className="method-plot tall"><Plot option={option} testId="method-errors"
              label={`Errors of the instruments in ${run.name}; the figures are in the table beside it`} /></div>
            <Table rows={rows} run={run} />
          </div>
        </>
      )}
    </section>
  )
}

function sceneOf(rows: readonly JudgedRow[], dark: boolean): IntervalScene {
  return {
    dark, categories: rows.map(({ row }) => row.label),
    value: { name: 'figure less truth, points', text: (value) => signedShort(value), least: 0.1 },
    series: instruments.map((instrument) => ({
      name: instrument, symbol: symbols[instrument], colour: worldFill(colours[instrument], dark),
      points: rows.flatMap(({ row, truth, readings }, at) => {
        const { percent, ci95 } = readings[instrument]
        if (percent === null) return []
        const interval = ci95 && [ci95[0] - truth, ci95[1] - truth] as const
        return [{ at, value: percent - truth, interval, tip: `${row.label}\n${instrument} ${fixed(percent, 2)} %${ci95 ? `, 95 % ${intervalText(ci95, 2)}` : ''}\ntruth ${fixed(truth, 2)} %` }]
      }),
    })),
  }
}

/** As many digits as a round place on an axis has: +2, −0.05. */
function signedShort(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Number(Math.abs(value).toPrecision(3))}`
}

function Table({ rows, run }: { rows: readonly JudgedRow[]; run: SimulatedRun }) {
  return (
    <div className="method-table-box">
      <table className="method-table" data-testid="method-rows">
        <caption className="visually-hidden">Rows of {run.name} by instrument, in percent of their whole, against the truth</caption>
        <thead>
          <tr>
            <th scope="col">Row</th><th scope="col">of</th><th scope="col" className="num">truth</th>
            {instruments.map((name) => <th key={name} scope="col" className="num">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, truth, readings, sampledSum }) => (
            <tr key={row.id} data-testid={`method-row-${row.id}`}>
              <th scope="row"><button type="button" className="link-text" onClick={() => select({ kind: 'row', run: run.id, row: row.id })}>{row.label}</button></th>
              <td className="quiet">{row.scope === 'vmm' ? 'VMM' : 'total'}</td>
              <td className="num">{fixed(truth, 2)}</td>
              <td className="num" data-column="sampled">
                {sampledSum === null ? <Figure reading={readings.sampled} />
                  : <span title={readings.sampled.why ?? ''}>{fixed(sampledSum, 1)} <span className="quiet">both †</span></span>}
              </td>
              <td className="num" data-column="direct"><Figure reading={readings.direct} /></td>
              <td className="num" data-column="derived"><Figure reading={readings.derived} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.some(({ sampledSum }) => sampledSum !== null) && (
        <p className="quiet">† Sampling alone cannot tell guest idle from the host interrupts in it: it gives their sum. Below is how the two are split.</p>
      )}
    </div>
  )
}

function Figure({ reading }: { reading: Reading }) {
  if (reading.percent === null) return <Dash reason={reading.why} />
  const digits = reading.ci95 ? digitsFor(reading.ci95) : 2
  return (
    <span title={reading.words}>
      {fixed(reading.percent, digits)} {reading.ci95 && <span className="quiet">{intervalText(reading.ci95, digits)}</span>}
    </span>
  )
}
