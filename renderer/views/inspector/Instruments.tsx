import type { ProbeReport, RunReport } from '../../../engine/run-report'
import type { SamplerOptions } from '../../../engine/machine/scenario'
import { fixed, significant, whole } from '../../state/numbers'
import { Facts, type Fact } from './Facts'

const optionWords: { [K in keyof SamplerOptions]: Record<SamplerOptions[K], string> } = {
  clock: { dithered: 'dithered within each period', 'free-running': 'free-running', locked: 'in step with the host timer' },
  timer: { nmi: 'cannot be masked', maskable: 'can be masked' },
  sees: { guest: 'sees the guest', host: 'sees only the host' },
  cost: { free: 'free of cost', interrupt: 'costs an interrupt each' },
  attribution: { due: 'charged to what ran when due', taken: 'charged to what runs when taken' },
}

/** What the two instruments did in this run: what they cannot see, what they cost, what they read. */
export function Instruments({ report }: { report: RunReport }) {
  const { sampling, probes, perturbation, reconciliations } = report
  return (
    <section data-testid="instruments">
      <h3>Sampling</h3>
      {sampling ? (
        <>
          <Facts facts={samplingFacts(sampling)} />
          {sampling.biases.length === 0
            ? <p className="quiet">No bias is known of this sampler: free, dithered, never masked.</p>
            : <ul className="warnings">{sampling.biases.map((text) => <li key={text}>{text}</li>)}</ul>}
          {sampling.aliasing.map(({ source, verdict }) => <p key={source} className="quiet">{verdict}</p>)}
        </>
      ) : <p className="quiet">The sampler was off: no share of this run has a sampled figure.</p>}
      {perturbation && (
        <>
          <h3>What watching changed</h3>
          <p data-testid="perturbation">{perturbation.words}</p>
        </>
      )}
      {reconciliations && (
        <>
          <h3>Reconciliation</h3>
          {reconciliations.map(({ id, steps, names, truth }) => (
            <details key={id} data-testid={`reconciliation-${id}`}>
              <summary>{names.bucket}</summary>
              <ol className="derivation">{steps.map((step) => <li key={step}>{step}</li>)}</ol>
              <p className="quiet">Truth: {fixed(truth.measuredPart, 2)} % and {fixed(truth.rest, 2)} %.</p>
            </details>
          ))}
        </>
      )}
      {probes && probes.length > 0 && (
        <>
          <h3>Direct measurement</h3>
          <p className="quiet">Microseconds a call; alone: without interrupts inside.</p>
          <ProbeTable probes={probes} />
        </>
      )}
    </section>
  )
}

function samplingFacts({ options, askedHz, foundHz, deferred, lost }: NonNullable<RunReport['sampling']>): Fact[] {
  const words = [
    optionWords.clock[options.clock], optionWords.timer[options.timer], optionWords.sees[options.sees],
    optionWords.cost[options.cost], ...(options.timer === 'maskable' ? [optionWords.attribution[options.attribution]] : []),
  ]
  return [
    ['rate asked', `${whole(askedHz)} Hz`], ['rate found', `${fixed(foundHz, 1)} Hz`],
    ...(deferred > 0 ? [['deferred', whole(deferred)] as Fact] : []), ...(lost > 0 ? [['lost', whole(lost)] as Fact] : []),
    ['how', words.join(', ')],
  ]
}

function ProbeTable({ probes }: { probes: readonly ProbeReport[] }) {
  return (
    <table className="probes" aria-label="Direct measurements in microseconds">
      <thead>
        <tr><th scope="col">call</th><th scope="col">mean</th><th scope="col">alone</th><th scope="col">p95</th></tr>
      </thead>
      <tbody>
        {probes.map((probe) => (
          <tr key={probe.id} title={`${whole(probe.count)} readings; p5 ${significant(probe.p5Microseconds)}, p50 ${significant(probe.p50Microseconds)}, p99 ${significant(probe.p99Microseconds)}, longest ${significant(probe.maxMicroseconds)}; reads of the counter took ${whole(probe.overheadCycles)} cycles`}>
            <th scope="row">{probe.label}</th>
            <td>{significant(probe.meanMicroseconds)}</td>
            <td>{significant(probe.exclusiveMeanMicroseconds)}</td>
            <td>{significant(probe.p95Microseconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
