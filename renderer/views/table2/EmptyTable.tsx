import { useWorkbench } from '../../state/store'

export function EmptyTable() {
  const busy = useWorkbench((state) => state.jobs.length > 0)
  return (
    <div className="empty">
      <h2>{busy ? 'Running' : 'No run yet'}</h2>
      <p>{busy ? 'The table appears when the run is done; the status bar shows how far it is.'
        : 'Run the scenario on the left: Table 2 is computed from the simulation, with the paper’s figures beside it.'}</p>
    </div>
  )
}
