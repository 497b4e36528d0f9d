import { useMemo } from 'react'
import type { ImportedRun } from '../../../engine/session/document'
import { selectRun } from '../../state/actions-runs'
import { setTab } from '../../state/actions-view'
import { samplesOf, weightIndex } from '../../state/derived'
import { digitsFor, fixed, intervalText, whole, type Interval } from '../../state/numbers'
import { inRange, shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { worldsText } from '../../state/table-text'
import { noInterval, weightName, worldShares } from '../../state/table-worlds'
import { Dash } from '../../widgets/Dash'
import { RunPicker } from '../../widgets/RunPicker'
import { Whisker } from '../../widgets/Whisker'
import { Swatch } from '../../widgets/world'
import { CopyButtons } from './CopyButtons'

/** A recorded profile has no Table 2: the worlds that its functions belong to, in its place. */
export function WorldsTable({ run }: { run: ImportedRun }) {
  const runs = useWorkbench((state) => state.document.runs)
  const wanted = useWorkbench((state) => state.document.view.weight)
  const shown = useWorkbench((state) => shownRun(state, run)) as ImportedRun
  const range = useWorkbench((state) => inRange(state, run) !== null)
  const weight = weightIndex(shown.profile, wanted)
  const shares = useMemo(() => worldShares(shown, weight, range), [shown, weight, range])
  const domain: Interval = [0, Math.max(1, ...shares.map(({ percent, ci95 }) => ci95?.[1] ?? percent))]
  const effective = shares.some(({ effectiveSamples }) => effectiveSamples !== null)
  const unit = weightName(shown.profile, weight)
  return (
    <section className="table2-view" aria-label={`Worlds of ${run.name}`}>
      <header className="view-header">
        <RunPicker runs={runs} value={run.id} onChange={selectRun} testId="table2-run" />
        <span className="quiet">{whole(samplesOf(shown))} samples{range ? ' in the range' : ''}, 95 % intervals</span>
        <CopyButtons name={`Worlds of ${run.name}`} text={(separator) => worldsText(shares, separator)} />
      </header>
      <div className="table2-scroll" tabIndex={0} role="region" aria-label="Worlds of the profile">
        <p className="table2-note">
          <strong>Table 2 does not apply to {run.name}.</strong> Its rows need a machine whose time is known to be VMM time, guest
          idle and so on; this is a recorded profile of {run.source.format}. Here are the worlds instead, sampled, assigned by
          rules on the names of functions and modules.{' '}
          <button type="button" className="link inline" onClick={() => setTab('flame')}>Show the flame</button>
        </p>
        <table className="table2" data-testid="worlds-table">
          <caption className="visually-hidden">Worlds of {run.name} in percent of total time</caption>
          <thead>
            <tr>
              <th scope="col">World</th>
              <th scope="col" className="num">% of total time</th>
              <th scope="col" className="col-interval">95 % interval</th>
              <th scope="col" className="num">{unit}</th>
              <th scope="col" className="num" title="How many independent samples the samples count for">eff. samples</th>
            </tr>
          </thead>
          <tbody>
            {shares.map(({ world, name, weight: total, percent, ci95, effectiveSamples, words }) => (
              <tr key={world} title={words} data-testid={`world-row-${world}`}>
                <th scope="row"><span className="world-name"><Swatch world={world} />{name}</span></th>
                <td className="num strong" data-column="percent">{fixed(percent, digitsFor(ci95))}</td>
                <td className="col-interval">
                  {ci95 ? (
                    <span className="interval">
                      <Whisker value={percent} interval={ci95} domain={domain} />
                      <span className="num quiet">{intervalText(ci95, digitsFor(ci95))}</span>
                    </span>
                  ) : <Dash reason={noInterval} />}
                </td>
                <td className="num">{whole(total)}</td>
                <td className="num">
                  {effectiveSamples === null ? <Dash reason="The order of single samples is not known here." /> : whole(effectiveSamples)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="quiet table2-note">
          {shares.length === 0 ? 'There are no samples here.' : effective
            ? 'The intervals allow for samples that follow from each other: a thread that waits is seen waiting many times in a row.'
            : shares[0]!.words}
        </p>
      </div>
    </section>
  )
}
