import type { ImportedRun } from '../../../engine/session/document'
import { setTab } from '../../state/actions-view'
import { useWorkbench } from '../../state/store'

export function EmptyTable({ run }: { run: ImportedRun | null }) {
  const busy = useWorkbench((state) => state.jobs.length > 0)
  if (run) {
    return (
      <div className="empty">
        <h2>Table 2 does not apply to {run.name}</h2>
        <p>
          Its rows need a machine whose time is known to be VMM time, guest idle and so on. This is a recorded profile of{' '}
          {run.source.format}, without them. Its flame and its functions do apply, and so do the worlds in Compare.
        </p>
        <div className="actions"><button type="button" className="button" onClick={() => setTab('flame')}>Show the flame</button></div>
      </div>
    )
  }
  return (
    <div className="empty">
      <h2>{busy ? 'Running' : 'No run yet'}</h2>
      <p>{busy ? 'The table appears when the run is done; the status bar shows how far it is.'
        : 'Run the scenario on the left: Table 2 is computed from the simulation, with the paper’s figures beside it.'}</p>
    </div>
  )
}
