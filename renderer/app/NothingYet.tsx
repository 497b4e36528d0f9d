import type { ViewId } from '../../engine/session/document'
import { runPresets } from '../state/actions-runs'
import { setDialog } from '../state/actions-view'
import { useWorkbench } from '../state/store'
import { PlainErrorText } from '../widgets/PlainErrorText'

/** Views that have something to show of the scenario or of the session, without any run. */
const withoutRuns: readonly ViewId[] = ['sweeps', 'what-if', 'method', 'notes']

export function needsRuns(view: ViewId): boolean {
  return !withoutRuns.includes(view)
}

/** What a session without runs shows in place of a view of runs: what is on its way, what went wrong, what to do. */
export function NothingYet() {
  const job = useWorkbench((state) => state.jobs.find((one) => one.kind !== 'encode'))
  const { state: engine, reason } = useWorkbench((state) => state.engine)
  const failure = useWorkbench((state) => state.notices.findLast((notice) => notice.severity === 'error')?.error)
  if (job) {
    const reading = job.kind === 'import' || job.kind === 'decode'
    return (
      <div className="empty" role="status" data-testid="nothing-yet">
        <h2>{job.title}</h2>
        <p>
          {reading ? 'What the file holds appears here when it is read.' : 'The first result appears here when the run is done.'}
          {' '}The status bar shows how far it is; Escape cancels.
        </p>
      </div>
    )
  }
  if (engine === 'down' || engine === 'failed') {
    return (
      <div className="empty" data-testid="nothing-yet">
        <h2>The engine is {engine === 'down' ? 'down and being started again' : 'stopped'}</h2>
        <p>
          {reason ? `${reason[0]!.toUpperCase()}${reason.slice(1)}. ` : ''}
          Without it nothing can be run or opened. Saving works, and notes are kept.
        </p>
        {engine === 'failed' && (
          <div className="actions">
            <button type="button" className="button" onClick={() => void window.worldswitch.restartEngine()}>Start it again</button>
          </div>
        )}
      </div>
    )
  }
  return (
    <div className="empty" data-testid="nothing-yet">
      <h2>{failure ? 'Nothing could be opened or run' : 'No runs yet'}</h2>
      {failure && <PlainErrorText error={failure} />}
      <p>
        Run the scenario on the left (Ctrl+Enter), open a session or a profile (perf script text, pprof, and others), or drop
        files here: one is opened, two profiles are compared.
      </p>
      <div className="actions">
        <button type="button" className="button" onClick={() => void runPresets()}>Run 2.0 and optimized</button>
        <button type="button" className="button" onClick={() => void window.worldswitch.perform('file.open')}>Open…</button>
        <button type="button" className="button" onClick={() => setDialog('recording')}>How to record a profile</button>
      </div>
    </div>
  )
}
