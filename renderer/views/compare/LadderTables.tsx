import { useState } from 'react'
import { optimizationsOf, type OverSeeds } from '../../../engine/experiments/ladder-shares'
import { vmName } from '../../../engine/machine/scenario'
import { idleRow, optimizationNames, type LadderView } from '../../state/compare-ladder'
import { digitsFor, fixed, intervalText, signed } from '../../state/numbers'
import { Segmented } from '../../widgets/controls'
import { Dash } from '../../widgets/Dash'

const oneSeed = 'A single seed does not show how much seeds differ.'

/** A change in microseconds: red is slower, blue is faster, and neither where the interval over the seeds holds 0. */
function changeClass({ mean, ci95 }: OverSeeds, digits: number): string {
  const evident = ci95 !== null && (ci95[0] > 0 || ci95[1] < 0)
  // what the digits show as none is none
  if (!evident || Number(mean.toFixed(digits)) === 0) return 'verdict no-evidence'
  return `verdict ${mean < 0 ? 'lower' : 'higher'}`
}

function ChangeCells({ change }: { change: OverSeeds }) {
  const digits = Math.max(1, digitsFor(change.ci95))
  return (
    <>
      <td className={`num ${changeClass(change, digits)}`}>{signed(change.mean, digits)}</td>
      <td className="num quiet">{change.ci95 ? intervalText(change.ci95, digits) : <Dash reason={oneSeed} />}</td>
    </>
  )
}

const versionName = (combination: number) => vmName({ vm: 'hosted', optimizations: optimizationsOf(combination), whatIfs: [] })

/** The waterfall's table twin: each rung with what its step changed, in this order and in any. */
export function LadderSteps({ view, onOpen }: { view: LadderView; onOpen: (combination: number) => void }) {
  return (
    <table className="compare-table ladder-table" data-testid="ladder-steps">
      <caption className="visually-hidden">Steps from 2.0 to optimized in microseconds a packet</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="num">µs a packet</th>
          <th scope="col" className="num">Mb/s</th>
          <th scope="col" className="num">this order</th>
          <th scope="col" className="num">95 %</th>
          <th scope="col" className="num">any order</th>
          <th scope="col" className="num">95 %</th>
          <th scope="col" className="num" title="Standard deviation of the share between seeds">sd</th>
          <th scope="col"><span className="visually-hidden">Open</span></th>
        </tr>
      </thead>
      <tbody>
        {view.rungs.map(({ combination, microseconds, throughputMbps }, i) => {
          const step = view.steps[i - 1]
          return (
            <tr key={combination} data-testid={`ladder-step-${step?.optimization ?? '2.0'}`}>
              <th scope="row">{step ? `+ ${optimizationNames[step.optimization]}` : '2.0'}</th>
              <td className="num strong">{fixed(microseconds.mean, Math.max(1, digitsFor(microseconds.ci95)))}</td>
              <td className="num">{fixed(throughputMbps.mean, 1)}</td>
              {step ? <><ChangeCells change={step.change} /><ChangeCells change={step.share} /></> : <td colSpan={4} />}
              <td className="num quiet">{step ? (step.share.sd === null ? <Dash reason={oneSeed} /> : fixed(step.share.sd, 2)) : null}</td>
              <td>
                <button type="button" className="button bare" aria-label={`Open ${versionName(combination)} as a run`}
                  title={`Runs ${versionName(combination)} and keeps it in the session`} onClick={() => onOpen(combination)}>Open</button>
              </td>
            </tr>
          )
        })}
        <tr className="ladder-sum">
          <th scope="row">in all</th><td /><td />
          <ChangeCells change={view.whole} /><ChangeCells change={view.whole} /><td /><td />
        </tr>
      </tbody>
    </table>
  )
}

/** Which row each step took from: columns sum to the steps. */
export function LadderRows({ view }: { view: LadderView }) {
  const [by, setBy] = useState<'steps' | 'shares'>('steps')
  return (
    <>
      <div className="compare-tools">
        <strong>From which row</strong>
        <Segmented label="Order of the steps by row" value={by} onChange={setBy} testId="ladder-by" options={[
          { value: 'steps', label: 'this order' }, { value: 'shares', label: 'any order' },
        ]} />
        <span className="quiet">µs a packet; columns sum to the steps</span>
      </div>
      <table className="compare-table ladder-table" data-testid="ladder-rows">
        <caption className="visually-hidden">What each step changed, by row of Table 2, in microseconds a packet</caption>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col" className="num">2.0</th>
            {view.steps.map(({ optimization }) => <th key={optimization} scope="col" className="num">{optimizationNames[optimization]}</th>)}
            <th scope="col" className="num">optimized</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.id} data-testid={`ladder-row-${row.id}`}>
              <th scope="row">{row.label}</th>
              <td className="num">{fixed(row.before, 1)}</td>
              {row[by].map((change, i) => {
                const digits = Math.max(1, digitsFor(change.ci95))
                return (
                  <td key={view.steps[i]!.optimization} className={`num ${changeClass(change, digits)}${row.id === idleRow ? ' idle' : ''}`}
                    title={change.ci95 ? `${signed(change.mean, 2)} ${intervalText(change.ci95, 2)}` : oneSeed}>
                    {signed(change.mean, digits)}
                  </td>
                )
              })}
              <td className="num">{fixed(row.after, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
