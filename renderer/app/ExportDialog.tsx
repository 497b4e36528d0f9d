import { useId, useMemo, useState } from 'react'
import { exportedKinds, exportIds, type ExportId } from '../../engine/exports/kinds'
import { lossesOf } from '../../engine/exports/losses'
import { setDialog } from '../state/actions-view'
import { selectedRun } from '../state/derived'
import { exportProfile, rangeOfExport } from '../state/export-profile'
import { useWorkbench } from '../state/store'
import { Dialog } from '../widgets/Dialog'

/** In which format the selected run is saved, and what of it that format does not hold. */
export function ExportDialog() {
  const run = useWorkbench(selectedRun)
  const chosenRange = useWorkbench((state) => state.range)
  const [format, setFormat] = useState<ExportId>('pprof')
  const lost = useMemo(() => (run ? lossesOf(run, format) : []), [run, format])
  const words = useId()
  if (!run) return null
  const range = rangeOfExport(run, format, chosenRange)
  const again = run.kind === 'simulated' ? exportedKinds[format].again : undefined
  const close = () => setDialog('none')
  return (
    <Dialog title={`Export ${run.name}`} onClose={close}>
      <form className="export-form" onSubmit={(event) => {
        event.preventDefault()
        close()
        void exportProfile(run, format, range)
      }}>
        <fieldset>
          <legend className="quiet">Format</legend>
          {exportIds.map((id) => (
            <label key={id} className="export-kind">
              <input type="radio" name="format" value={id} checked={id === format} data-autofocus={id === format ? '' : undefined}
                aria-describedby={id === format ? words : undefined} onChange={() => setFormat(id)} />
              <span>{exportedKinds[id].title} <span className="quiet">for {exportedKinds[id].opens}, {exportedKinds[id].endings[0]}</span></span>
            </label>
          ))}
        </fieldset>
        <p className="export-words" id={words} role="status" data-testid="export-words">
          {lost.length === 0 ? 'It holds everything.' : <><strong>Not in it:</strong> {lost.join('; ')}.</>}
          {again === 'samples' && ' The run is simulated again for the times of its samples.'}
          {again === 'trace' && ` The run is simulated again, and ${range ? 'the chosen range of time is traced' : 'all of it is traced'}, as far as some 200,000 calls go; of more, the middle.`}
        </p>
        <div className="note-actions">
          <button type="submit" className="button primary" data-testid="export-go">Export…</button>
          <button type="button" className="button" onClick={close}>Cancel</button>
        </div>
      </form>
    </Dialog>
  )
}
