import { viewHelp } from '../../engine/help/views'
import { viewTitles } from '../../engine/session/document'
import { showTourStep } from '../state/actions-help'
import { setDialog } from '../state/actions-view'
import { useWorkbench } from '../state/store'
import { Dialog } from '../widgets/Dialog'
import './help.css'

/** What the view on screen shows, in the words that the user guide has too. */
export function ViewHelp() {
  const tab = useWorkbench((state) => state.document.view.tab)
  return (
    <Dialog title={`What am I looking at? ${viewTitles[tab]}`} onClose={() => setDialog('none')}>
      <ul className="view-help" data-testid="view-help">
        {viewHelp[tab].map((sentence) => <li key={sentence}>{sentence}</li>)}
      </ul>
      <p className="view-help-more">
        <button type="button" className="button" onClick={() => setDialog('keyboard')}>Keys</button>
        <button type="button" className="button" onClick={() => {
          setDialog('none')
          showTourStep(0)
        }}>Tour</button>
      </p>
    </Dialog>
  )
}

/** The small question mark beside the names of the views. */
export function HelpButton() {
  return (
    <button type="button" className="help-button" title="What am I looking at? (Shift+F1)" aria-label="What am I looking at?"
      data-testid="help-button" onClick={() => setDialog('help')}>?</button>
  )
}
