import type { SessionRun } from '../../../engine/session/document'
import { selectRun } from '../../state/actions-runs'
import { samplesOf, selectedRun } from '../../state/derived'
import { whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { RunPicker } from '../../widgets/RunPicker'
import { AliasingSection } from './AliasingSection'
import { InstrumentsSection } from './InstrumentsSection'
import { PlannerSection } from './PlannerSection'
import { RecordedSection } from './RecordedSection'
import { ReconciliationSection } from './ReconciliationSection'
import { WatchingSection } from './WatchingSection'
import './method.css'

/** How a run's figures were obtained, and how far each way of obtaining them can be trusted. */
export function MethodView() {
  const run = useWorkbench(selectedRun)
  const busy = useWorkbench((state) => state.jobs.length > 0)
  if (!run) {
    return (
      <div className="empty">
        <h2>{busy ? 'Running' : 'No run yet'}</h2>
        <p>{busy ? 'The two instruments are compared when the run is done; the status bar shows how far it is.'
          : 'Run the scenario on the left or open a profile: here is how its figures were obtained, and how sure they are.'}</p>
      </div>
    )
  }
  return <Method key={run.id} run={run} />
}

function Method({ run }: { run: SessionRun }) {
  const runs = useWorkbench((state) => state.document.runs)
  const range = useWorkbench((state) => state.range?.run === run.id)
  const samples = samplesOf(run)
  return (
    <section className="method" aria-label={`Method of ${run.name}`}>
      <header className="view-header">
        <RunPicker runs={runs} value={run.id} onChange={selectRun} testId="method-run" />
        <span className="quiet">{whole(samples)} samples, 95 % intervals{range ? '; all of the whole run, not of the range' : ''}</span>
      </header>
      <div className="method-scroll" tabIndex={0} role="region" aria-label="How the figures were obtained">
        {run.kind === 'simulated' ? (
          <>
            <InstrumentsSection run={run} />
            <ReconciliationSection run={run} />
            <AliasingSection run={run} />
            <PlannerSection run={run} />
            <WatchingSection run={run} />
          </>
        ) : (
          <>
            <RecordedSection run={run} />
            <PlannerSection run={run} />
          </>
        )}
      </div>
    </section>
  )
}
