import { useEffect, useRef } from 'react'
import type { Pin } from '../../../engine/session/document'
import { deletePin, editPin, goToPlace, setNotes, startNote } from '../../state/actions-notes'
import { colourOf } from '../../state/actions-run-list'
import { runOf } from '../../state/derived'
import { placeKinds, placesNow, placeWords } from '../../state/pin-places'
import { useWorkbench } from '../../state/store'
import { RunSwatch } from '../../widgets/RunSwatch'
import './notes.css'

/** What the user writes about the session, and about single things of it; kept with it and printed in its report. */
export function NotesView() {
  const notes = useWorkbench((state) => state.document.notes)
  const pins = useWorkbench((state) => state.document.pins)
  const likeliest = useWorkbench((state) => {
    const [place] = placesNow(state)
    return place ? placeWords(state, place) : null
  })
  return (
    <section className="notes" aria-label="Notes">
      <header className="view-header">
        <strong>Notes</strong>
        <span className="quiet">kept in the session and printed in its report; Ctrl+Z undoes</span>
      </header>
      <div className="notes-body">
        <label className="notes-general">
          <h3>On the session</h3>
          <textarea className="input" value={notes} data-testid="notes-general" aria-label="Notes on the session" spellCheck={false}
            placeholder="What was asked, what was found, what to try next." onChange={(event) => setNotes(event.target.value)} />
        </label>
        <div className="notes-pins">
          <div className="notes-pins-head">
            <h3>On single things</h3>
            <button type="button" className="button" disabled={likeliest === null} title="Note on what is selected (Ctrl+Shift+M)"
              onClick={() => startNote()}>
              {likeliest === null ? 'Note…' : <span className="notes-likeliest">Note on {likeliest}…</span>}
            </button>
          </div>
          {pins && pins.length > 0
            ? <ul data-testid="pins">{pins.map((pin) => <PinItem key={pin.id} pin={pin} />)}</ul>
            : <NoPins />}
        </div>
      </div>
    </section>
  )
}

function NoPins() {
  return (
    <p className="quiet">
      None yet. Select a run, a row of Table 2, a box of a flame or a range of time anywhere, and press Ctrl+Shift+M, or
      use the button Note in the inspector.
    </p>
  )
}

function PinItem({ pin }: { pin: Pin }) {
  const words = useWorkbench((state) => placeWords(state, pin.at))
  const run = useWorkbench((state) => runOf(state, pin.at.run))
  const fresh = useWorkbench((state) => state.shell.pin === pin.id)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (fresh) item.current?.scrollIntoView({ block: 'nearest' })
  }, [fresh])
  const colour = run && colourOf(run)
  const name = words ?? 'something that is not in this session'
  return (
    <li ref={item} className="pin" data-testid="pin">
      <div className="pin-head">
        {colour && <RunSwatch colour={colour} />}
        <span className="quiet">{placeKinds[pin.at.kind] ?? 'Of another version'}</span>
        {words === null ? <span className="pin-place">{name}</span> : (
          <button type="button" className="button bare pin-place" title="Select it and show it" data-testid="pin-go"
            onClick={() => goToPlace(pin.at)}>{name}</button>
        )}
        <button type="button" className="button bare pin-delete" aria-label={`Delete the note on ${name}`}
          title="Can be undone" onClick={() => deletePin(pin)}>Delete</button>
      </div>
      <textarea className="input" aria-label={`Note on ${name}`} value={pin.text} spellCheck={false}
        rows={Math.min(8, Math.max(2, pin.text.split('\n').length))} onChange={(event) => editPin(pin.id, event.target.value)} />
    </li>
  )
}
