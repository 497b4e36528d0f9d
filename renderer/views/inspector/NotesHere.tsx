import { useShallow } from 'zustand/react/shallow'
import { startNote } from '../../state/actions-notes'
import { setTab } from '../../state/actions-view'
import { pinsHere } from '../../state/pin-places'
import { useWorkbench } from '../../state/store'

/** What was noted on what is selected, and the way to one more. */
export function NotesHere() {
  const pins = useWorkbench(useShallow(pinsHere))
  return (
    <section aria-label="Notes on what is selected" className="notes-here">
      {pins.map((pin) => <p key={pin.id} className="note-here" data-testid="note-here">{pin.text}</p>)}
      <button type="button" className="button" title="Note on what is selected (Ctrl+Shift+M)" onClick={() => startNote()}>Note…</button>
      {pins.length > 0 && <button type="button" className="button bare" onClick={() => setTab('notes')}>All notes</button>}
    </section>
  )
}
