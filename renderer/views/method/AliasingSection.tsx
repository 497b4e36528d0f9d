import { useEffect, useMemo } from 'react'
import type { PhasesResult } from '../../../engine/experiments/method/types'
import type { SimulatedRun } from '../../../engine/session/document'
import { histogramPlot } from '../../charts/histogram-plot'
import { Plot } from '../../charts/Plot'
import { askForPhases, mostBytesUnasked } from '../../state/actions-method'
import { fixed, secondsText, significant, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'

type Source = PhasesResult['sources'][number]
type Check = Extract<Source['check'], { known: true }>

/** Whether the samples keep step with something periodic: where on each period they fall. */
export function AliasingSection({ run }: { run: SimulatedRun }) {
  const asked = useWorkbench((state) => state.method.phases[run.digest])
  const { samplerHz, bytes } = run.report.scenario
  const unasked = samplerHz > 0 && bytes <= mostBytesUnasked
  useEffect(() => { if (unasked) void askForPhases(run) }, [run, unasked])
  return (
    <section className="method-section" aria-label="Aliasing check" data-testid="method-aliasing">
      <h2>Aliasing: do the samples keep step?</h2>
      {samplerHz === 0 ? <p className="quiet">The sampler was off: there are no instants to check.</p> : (
        <>
          <p className="quiet">
            A sampler in step with what it watches sees some of it always and some never. The instants of the samples modulo each
            period: even bars are good. Kuiper’s test says how likely such unevenness is by chance.
          </p>
          {(!asked || asked.state === 'failed') && (
            <button type="button" className="button" data-testid="find-phases" onClick={() => void askForPhases(run)}>
              {asked ? 'It was not done: find the sample instants again' : 'Find the sample instants'}
            </button>
          )}
          {asked?.state === 'busy' && <p className="quiet" role="status">The run is simulated once more, for the instants of its samples.</p>}
          {asked?.state === 'done' && asked.result.sources.map((source) => <Phases key={source.name} source={source} />)}
        </>
      )}
    </section>
  )
}

function Phases({ source: { name, periodMicroseconds, check } }: { source: Source }) {
  return (
    <div data-testid="method-phases">
      <h3>{name}, a period of {secondsText(periodMicroseconds / 1e6)}</h3>
      {check.known ? <Histogram check={check} name={name} period={periodMicroseconds} /> : <p className="quiet">Not checked: {check.why}.</p>}
    </div>
  )
}

function Histogram({ check, name, period }: { check: Check; name: string; period: number }) {
  const dark = useWorkbench((state) => state.dark)
  const parts = check.histogram.length
  const even = check.samples / parts
  const option = useMemo(() => histogramPlot({
    dark, x: 'phase, degrees of the period', y: 'samples', expected: even,
    bars: check.histogram.map((count, i) => ({ name: `${(360 * i) / parts}`, count, tip: `${spanText(i, parts, period)}\n${whole(count)} samples, ${fixed(even, 1)} if even` })),
  }), [check, dark, even, parts, period])
  return (
    <div className="method-pair">
      <div className="method-plot"><Plot option={option} label={`Samples on the period of the ${name}; the figures are in the table beside it`} /></div>
      <div className="method-table-box">
        <p>{check.words}</p>
        <table className="method-table">
          <caption className="visually-hidden">Tests of the phases on the period of the {name}</caption>
          <tbody>
            <tr><th scope="row">verdict</th><td className="num"><strong>{check.verdict}</strong></td></tr>
            <tr><th scope="row">Kuiper’s V, p</th><td className="num">{significant(check.kuiperV)}, {pText(check.kuiperP)}</td></tr>
            <tr><th scope="row">Rayleigh’s resultant, p</th><td className="num">{significant(check.resultant)}, {pText(check.rayleighP)}</td></tr>
            <tr><th scope="row">samples in whole periods</th><td className="num">{whole(check.samples)} in {whole(check.periods)}</td></tr>
          </tbody>
        </table>
        <details>
          <summary>Samples by part of the period</summary>
          <table className="method-table">
            <caption className="visually-hidden">Samples by part of the period of the {name}</caption>
            <thead><tr><th scope="col">part, µs</th><th scope="col" className="num">samples</th><th scope="col" className="num">if even</th></tr></thead>
            <tbody>
              {check.histogram.map((count, i) => (
                <tr key={i}><th scope="row">{spanText(i, parts, period)}</th><td className="num">{whole(count)}</td><td className="num">{fixed(even, 1)}</td></tr>
              ))}
            </tbody>
          </table>
        </details>
      </div>
    </div>
  )
}

function spanText(i: number, parts: number, period: number): string {
  return `${significant((period * i) / parts)} to ${significant((period * (i + 1)) / parts)} µs`
}

function pText(p: number): string {
  return p < 0.001 ? 'below 0.001' : fixed(p, 3)
}
