import { useEffect, useRef } from 'react'
import { tour } from '../../engine/help/views'
import { showTourStep } from '../state/actions-help'
import { useWorkbench } from '../state/store'
import './help.css'

/** A card in a corner, in nobody's way: everything else works while it is there, and nothing of it moves. */
export function Tour() {
  const at = useWorkbench((state) => state.shell.tourStep)
  const next = useRef<HTMLButtonElement>(null)
  const open = at !== null
  // once, when it appears: steps keep the focus where it is
  useEffect(() => { if (open) next.current?.focus() }, [open])
  const step = at === null ? undefined : tour[at]
  if (at === null || step === undefined) return null
  const last = at === tour.length - 1
  return (
    <section className="tour" aria-label="Tour" data-testid="tour" onKeyDown={(event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      showTourStep(null)
    }}>
      <header>
        <h2>{step.title}</h2>
        <span className="quiet num">{at + 1} of {tour.length}</span>
      </header>
      <p aria-live="polite">{step.text}</p>
      <div className="tour-buttons">
        <button type="button" className="button bare" data-testid="tour-end" onClick={() => showTourStep(null)}>{last ? 'Close' : 'Skip the tour'}</button>
        <span className="spring" />
        <button type="button" className="button" disabled={at === 0} onClick={() => showTourStep(at - 1)}>Back</button>
        <button type="button" className="button primary" ref={next} data-testid="tour-next" onClick={() => showTourStep(last ? null : at + 1)}>
          {last ? 'Done' : 'Next'}
        </button>
      </div>
    </section>
  )
}
