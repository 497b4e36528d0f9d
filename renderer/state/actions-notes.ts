import type { Pin, PinPlace } from '../../engine/session/document'
import { applyRange } from './actions-timeline'
import { clearRange, setTab, showRun } from './actions-view'
import { flameOf, hasVmmTime, runOf, weightIndex } from './derived'
import { nodeOf } from './frame-path'
import { edit } from './history'
import { freePinId, placesNow, placeWords } from './pin-places'
import { change, now } from './store'

export function setNotes(text: string): void {
  edit('write notes', (document) => { document.notes = text }, 'notes')
}

/** Opens the dialog that takes a note on what is selected; with nothing to pin it to, the view of notes. */
export function startNote(places: PinPlace[] = placesNow(now())): void {
  if (places.length === 0) return setTab('notes')
  change((state) => {
    state.shell.notePlaces = places
    state.dialog = 'note'
  })
}

export function addPin(at: PinPlace, text: string): void {
  const wanted = text.trim()
  if (wanted === '') return
  const id = freePinId(now().document)
  const words = `note on ${placeWords(now(), at) ?? 'something'}`
  edit(words, (document) => { (document.pins ??= []).push({ id, text: wanted, at }) })
  change((state) => {
    state.shell.said = { way: 'done', words }
    state.shell.pin = id
  })
}

export function editPin(id: string, text: string): void {
  edit('write a note', ({ pins }) => {
    const pin = pins?.find((one) => one.id === id)
    if (pin) pin.text = text
  }, `pin ${id}`)
}

export function deletePin({ id, at }: Pin): void {
  const words = `delete the note on ${placeWords(now(), at) ?? 'something that is not there'}`
  edit(words, (document) => { document.pins = document.pins?.filter((pin) => pin.id !== id) ?? [] })
  change((state) => { state.shell.said = { way: 'done', words } })
}

/** Selects what a note is pinned to and opens the view that shows it. */
export function goToPlace(at: PinPlace): void {
  const run = runOf(now(), at.run)
  if (!run) return
  if (at.kind !== 'range' && now().range) clearRange()
  change((state) => {
    showRun(state, run.id)
    state.selection = { kind: 'run', run: run.id }
    switch (at.kind) {
      case 'run':
        state.document.view.tab = run.kind === 'simulated' ? 'table' : 'flame'
        break
      case 'row':
        state.document.view.tab = 'table'
        state.selection = { kind: 'row', run: run.id, row: at.row }
        break
      case 'frame': {
        state.document.view.tab = 'flame'
        state.flame.thread = null
        const { view } = state.document
        const weight = weightIndex(run.profile, view.weight)
        const there = (scope: 'total' | 'vmm') => {
          const flame = flameOf(run.profile, weight, scope, null)
          return flame === null || nodeOf(flame.tree, at.path) >= 0
        }
        const scope = hasVmmTime(run.profile) ? view.scope : 'total'
        if (!there(scope)) view.scope = scope === 'total' ? 'vmm' : 'total'
        state.selection = { kind: 'frame', run: run.id, path: [...at.path] }
        break
      }
      case 'range':
        state.document.view.tab = 'timeline'
    }
  })
  if (at.kind === 'range') void applyRange(run, at)
}
