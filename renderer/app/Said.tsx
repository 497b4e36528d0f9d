import { perform } from '../state/commands'
import { change, useWorkbench, type Workbench } from '../state/store'

/** What was just done, undone or done again, with the way back, for as long as it is the last thing. */
export function Said() {
  const words = useWorkbench((state) => saidNow(state))
  const way = useWorkbench((state) => state.shell.said?.way)
  return (
    <span role="status" className="said" data-testid="said">
      {words !== null && (
        <>
          <span className="said-words" title={words}>{words}</span>
          <button type="button" className="button bare" onClick={() => perform(way === 'undone' ? 'edit.redo' : 'edit.undo')}>
            {way === 'undone' ? 'Redo' : 'Undo'}
          </button>
          <button type="button" className="button bare" aria-label="Do not show this any more"
            onClick={() => change((state) => { state.shell.said = null })}>×</button>
        </>
      )}
    </span>
  )
}

function saidNow({ shell: { said }, history }: Workbench): string | null {
  if (!said) return null
  const last = (said.way === 'undone' ? history.future : history.past).at(-1)
  if (last?.words !== said.words) return null
  return `${said.way === 'done' ? 'Done' : said.way === 'undone' ? 'Undone' : 'Done again'}: ${said.words}.`
}
