import { useState } from 'react'
import { addPin } from '../state/actions-notes'
import { setDialog } from '../state/actions-view'
import { placeKinds, placeWords } from '../state/pin-places'
import { now, useWorkbench } from '../state/store'
import { Dialog } from '../widgets/Dialog'

/** Takes a note on what was selected when it was asked for; where it goes can be widened to the run or the range. */
export function NoteDialog() {
  const places = useWorkbench((state) => state.shell.notePlaces)
  const [chosen, setChosen] = useState(0)
  const [text, setText] = useState('')
  const place = places[chosen]
  const close = () => setDialog('none')
  const add = () => {
    if (!place || text.trim() === '') return
    addPin(place, text)
    close()
  }
  return (
    <Dialog title="Note" onClose={close}>
      <form className="note-form" onSubmit={(event) => {
        event.preventDefault()
        add()
      }}>
        <fieldset>
          <legend className="quiet">Pinned to</legend>
          {places.map((one, index) => (
            <label key={index} className="note-place">
              <input type="radio" name="place" checked={index === chosen} onChange={() => setChosen(index)} />
              <span>{placeKinds[one.kind]}: {placeWords(now(), one) ?? 'not there'}</span>
            </label>
          ))}
        </fieldset>
        <textarea className="input note-text" aria-label="Text of the note" rows={4} data-autofocus value={text} data-testid="note-text"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            add()
          }} />
        <div className="note-actions">
          <button type="submit" className="button primary" disabled={text.trim() === ''} title="Ctrl+Enter">Add the note</button>
          <button type="button" className="button" onClick={close}>Cancel</button>
          <span className="quiet">It is kept in the session and printed in its report.</span>
        </div>
      </form>
    </Dialog>
  )
}
