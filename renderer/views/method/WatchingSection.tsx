import type { SimulatedRun } from '../../../engine/session/document'
import { fixed, whole } from '../../state/numbers'

/** What watching itself cost, and what such a sampler cannot see. */
export function WatchingSection({ run: { report } }: { run: SimulatedRun }) {
  const { perturbation, sampling, books, idlePercent } = report
  return (
    <section className="method-section" aria-label="What watching changes" data-testid="method-watching">
      <h2>What watching changes</h2>
      {sampling && sampling.biases.length > 0 && <ul className="method-warnings">{sampling.biases.map((text) => <li key={text}>{text}</li>)}</ul>}
      {sampling && sampling.biases.length === 0 && <p>No bias is known of this run’s sampler: free, dithered, never masked.</p>}
      {perturbation ? (
        <>
          <p data-testid="method-perturbation">{perturbation.words}</p>
          <table className="method-table">
            <caption className="visually-hidden">Watched against the same run watched for free</caption>
            <thead><tr><th scope="col">Figure</th><th scope="col" className="num">watched</th><th scope="col" className="num">unwatched</th></tr></thead>
            <tbody>
              <tr><th scope="row">elapsed, cycles</th><td className="num">{whole(books.cycles)}</td><td className="num">{whole(books.cycles - perturbation.elapsedCycles)}</td></tr>
              <tr><th scope="row">guest idle, % of total time, truth</th><td className="num">{fixed(idlePercent.truth, 2)}</td><td className="num">{fixed(perturbation.idlePercentUnwatched, 2)}</td></tr>
              <tr><th scope="row">counter reads, cycles</th><td className="num">{whole(perturbation.probeCycles)}</td><td className="num">0</td></tr>
              <tr><th scope="row">sampling handlers, cycles</th><td className="num">{whole(perturbation.samplerCycles)}</td><td className="num">0</td></tr>
            </tbody>
          </table>
        </>
      ) : (
        <p className="quiet">
          The instruments of this run were free of cost, so it is the run that nobody watched. Under Instruments in the scenario they
          can be given a price; the run is then compared with its unwatched twin.
        </p>
      )}
    </section>
  )
}
