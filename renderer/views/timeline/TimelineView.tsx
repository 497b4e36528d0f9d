import { selectedRun } from '../../state/derived'
import { useWorkbench } from '../../state/store'
import { RecordedTimeline } from './RecordedTimeline'
import { SimulatedTimeline } from './SimulatedTimeline'
import './timeline.css'

/** What happened when: lanes of a simulated run, threads of a recorded one. */
export function TimelineView() {
  const run = useWorkbench(selectedRun)
  if (!run) return <EmptyTimeline />
  return run.kind === 'simulated' ? <SimulatedTimeline key={run.id} run={run} /> : <RecordedTimeline key={run.id} run={run} />
}

function EmptyTimeline() {
  const busy = useWorkbench((state) => state.jobs.length > 0)
  return (
    <div className="empty">
      <h2>{busy ? 'Running' : 'Nothing to show yet'}</h2>
      <p>{busy ? 'The timeline appears when the run is done; the status bar shows how far it is.'
        : 'Run the scenario on the left, or open a profile whose samples have times: their lanes appear here.'}</p>
    </div>
  )
}
