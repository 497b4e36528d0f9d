import { useWorkbench } from '../../state/store'

export function EmptyFlame() {
  const busy = useWorkbench((state) => state.jobs.length > 0)
  return (
    <div className="empty">
      <h2>{busy ? 'Running' : 'Nothing to show yet'}</h2>
      <p>{busy ? 'The flame appears when the run is done; the status bar shows how far it is.'
        : 'Run the scenario on the left, open a profile (perf script text, pprof, folded stacks, and others) or a session, or drop a file here.'}</p>
    </div>
  )
}
