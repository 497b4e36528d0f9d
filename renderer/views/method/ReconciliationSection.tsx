import { useMemo } from 'react'
import type { RunReport } from '../../../engine/run-report'
import type { SimulatedRun } from '../../../engine/session/document'
import { World } from '../../../engine/worlds'
import { barPlot, type BarScene } from '../../charts/bar-plot'
import { Plot } from '../../charts/Plot'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { worldFill } from '../../theme/world-colours'

type Split = NonNullable<RunReport['reconciliations']>[number]

/** How a sampled bucket is split by what was measured directly, step by step, beside the truth. */
export function ReconciliationSection({ run }: { run: SimulatedRun }) {
  const splits = run.report.reconciliations ?? []
  return (
    <section className="method-section" aria-label="Reconciliation" data-testid="method-reconciliation">
      <h2>Reconciliation: what neither instrument knows alone</h2>
      {splits.length === 0 && (
        <p className="quiet">Nothing to split: {run.report.samples === 0 ? 'there are no samples.' : 'this run has no bucket that both instruments see.'}</p>
      )}
      {splits.map((split) => <SplitPicture key={split.id} split={split} />)}
    </section>
  )
}

function SplitPicture({ split }: { split: Split }) {
  const dark = useWorkbench((state) => state.dark)
  const option = useMemo(() => barPlot(sceneOf(split, dark)), [split, dark])
  const { names, measuredPart, rest, truth } = split
  const figures: [string, string, string, number][] = [
    [names.part, 'direct, over the sampled scope', shown(measuredPart), truth.measuredPart],
    [names.rest, 'derived: the difference', rest ? shown(rest) : 'none: more was measured than sampled', truth.rest],
  ]
  return (
    <div data-testid={`method-split-${split.id}`}>
      <h3>{names.bucket}, of {names.scope}</h3>
      <div className="method-pair">
        <div className="method-plot"><Plot option={option} label={`${names.bucket} split; the figures are in the table beside it`} /></div>
        <div className="method-table-box">
          <table className="method-table">
            <caption className="visually-hidden">{names.bucket} split, in percent of {names.scope}</caption>
            <thead><tr><th scope="col">Part</th><th scope="col">how</th><th scope="col" className="num">% of {names.scope}</th><th scope="col" className="num">truth</th></tr></thead>
            <tbody>
              {rest && (
                <tr>
                  <th scope="row">{names.bucket}</th><td className="quiet">sampled</td>
                  <td className="num">{fixed(measuredPart.percent + rest.percent, 1)}</td><td className="num">{fixed(truth.measuredPart + truth.rest, 2)}</td>
                </tr>
              )}
              {figures.map(([name, how, text, true_]) => (
                <tr key={name}><th scope="row">{name}</th><td className="quiet">{how}</td><td className="num">{text}</td><td className="num">{fixed(true_, 2)}</td></tr>
              ))}
            </tbody>
          </table>
          <ol className="method-steps">{split.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        </div>
      </div>
    </div>
  )
}

function shown({ percent, ci95 }: { percent: number; ci95: [number, number] }): string {
  const digits = digitsFor(ci95)
  return `${fixed(percent, digits)} ${intervalText(ci95, digits)}`
}

function sceneOf({ id, names, measuredPart, rest, truth }: Split, dark: boolean): BarScene {
  const partColour = worldFill(id === 'guest-idle' ? World.GuestIdle : World.VmNet, dark)
  const restColour = worldFill(World.HostIrq, dark)
  const part = measuredPart.percent
  const sum = part + (rest?.percent ?? 0)
  // truth has no interval, a sampled figure no more digits than its own supports
  const bar = (from: number, to: number, colour: string, name: string, digits: number) =>
    ({ from, to, colour, text: `${fixed(to - from, digits)} %`, tip: `${name}: ${fixed(to - from, digits)} % of ${names.scope}` })
  return {
    dark, horizontal: true, value: { name: `% of ${names.scope}`, text: (value) => fixed(value, 0), min: 0 },
    categories: [
      ...(rest ? [{ name: '1 sampled: both', bars: [bar(0, sum, worldFill(World.Guest, dark), names.bucket, 1)] }] : []),
      { name: `${rest ? '2 ' : ''}measured`, bars: [bar(0, part, partColour, names.part, digitsFor(measuredPart.ci95))] },
      ...(rest ? [{ name: '3 the rest', bars: [bar(part, sum, restColour, names.rest, digitsFor(rest.ci95))] }] : []),
      {
        name: 'truth',
        bars: [
          bar(0, truth.measuredPart, partColour, `${names.part}, truth`, 1),
          bar(truth.measuredPart, truth.measuredPart + truth.rest, restColour, `${names.rest}, truth`, 1),
        ],
      },
    ],
  }
}
