import { useMemo } from 'react'
import type { ImportedRun } from '../../../engine/session/document'
import { histogramPlot } from '../../charts/histogram-plot'
import { Plot } from '../../charts/Plot'
import { gapBars } from '../../state/method-rows'
import { significant, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'

/** How a recorded profile was sampled: the rate asked for and found, and the intervals between samples. */
export function RecordedSection({ run }: { run: ImportedRun }) {
  const { pace, format } = run.source.report
  return (
    <section className="method-section" aria-label="Sampling rate" data-testid="method-pace">
      <h2>How it was sampled</h2>
      <p className="quiet">
        A recorded profile ({format}) has one instrument and no truth: nothing can be reconciled, and what periods its machine
        had is not known, so there is no aliasing check. How evenly its samples came is known where it has times.
      </p>
      {!pace ? <p>It has no times: how evenly samples came is not known.</p> : (
        <>
          <p>{pace.thread && `${pace.thread}: `}{pace.words}</p>
          <table className="method-table">
            <caption className="visually-hidden">Sampling rate of {run.name}</caption>
            <tbody>
              <tr><th scope="row">asked for, samples a second</th><td className="num">{pace.askedPerSecond ? significant(pace.askedPerSecond) : 'the file does not say'}</td></tr>
              <tr><th scope="row">found, samples a second</th><td className="num">{pace.foundPerSecond === undefined ? 'not known' : significant(pace.foundPerSecond)}</td></tr>
            </tbody>
          </table>
          {pace.gaps && <Gaps gaps={pace.gaps} name={run.name} />}
        </>
      )}
    </section>
  )
}

function Gaps({ gaps, name }: { gaps: readonly number[]; name: string }) {
  const dark = useWorkbench((state) => state.dark)
  const bars = useMemo(() => gapBars(gaps), [gaps])
  const option = useMemo(() => histogramPlot({
    dark, x: 'interval between samples, periods', y: 'intervals', expected: null,
    bars: bars.map(({ name: label, words, count }) => ({ name: label, count, tip: `${words}\n${whole(count)} intervals` })),
  }), [bars, dark])
  const all = bars.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <h3>Intervals between samples</h3>
      <div className="method-pair">
        <div className="method-plot"><Plot option={option} testId="method-gaps" label={`Intervals between the samples of ${name}; the figures are in the table beside it`} /></div>
        <div className="method-table-box">
          <table className="method-table">
            <caption className="visually-hidden">Intervals between the samples of {name}</caption>
            <thead><tr><th scope="col">interval</th><th scope="col" className="num">how many</th><th scope="col" className="num">% of them</th></tr></thead>
            <tbody>
              {bars.map(({ words, count }) => (
                <tr key={words}><th scope="row">{words}</th><td className="num">{whole(count)}</td><td className="num">{significant((100 * count) / (all || 1))}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </>
  )
}
