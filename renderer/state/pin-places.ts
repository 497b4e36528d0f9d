import type { Pin, PinPlace, SessionDocument } from '../../engine/session/document'
import { runOf, selectedRun } from './derived'
import { nameOfStep } from './frame-path'
import { rangeText } from './range-words'
import type { Workbench } from './store'

/** What a note may be pinned to now: what is selected, then the range, then the selected run. Empty without runs. */
export function placesNow(state: Workbench): PinPlace[] {
  const places: PinPlace[] = []
  const { selection, range } = state
  if (selection.kind === 'row') places.push({ kind: 'row', run: selection.run, row: selection.row })
  if (selection.kind === 'frame') places.push({ kind: 'frame', run: selection.run, path: [...selection.path] })
  if (selection.kind === 'slice') {
    const { fromCycles, toCycles } = selection.slice
    places.push({ kind: 'range', run: selection.run, unit: 'cycles', from: fromCycles, to: toCycles })
  }
  if (range) places.push({ kind: 'range', run: range.run, unit: range.unit, from: range.from, to: range.to })
  const run = selection.kind === 'none' ? selectedRun(state) : runOf(state, selection.run)
  if (run) places.push({ kind: 'run', run: run.id })
  return places
}

/** "Guest idle of VM/PC-733 optimized"; null when the thing is not there (any more). */
export function placeWords(state: Pick<Workbench, 'document'>, at: PinPlace): string | null {
  const run = runOf(state, at.run)
  if (!run) return null
  switch (at.kind) {
    case 'run': return run.name
    case 'row': {
      const row = run.kind === 'simulated' ? run.report.table.find((one) => one.id === at.row) : undefined
      return row ? `${row.label} of ${run.name}` : null
    }
    case 'frame': {
      const last = at.path[at.path.length - 1]
      return last === undefined ? null : `${nameOfStep(last)} of ${run.name}`
    }
    case 'range': return rangeText({ ...at, part: null }, run)
    // a kind of a newer version, as the file had it
    default: return null
  }
}

export const placeKinds: Record<PinPlace['kind'], string> = {
  run: 'Run', row: 'Row of Table 2', frame: 'Frame', range: 'Range of time',
}

function samePlace(a: PinPlace, b: PinPlace): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Notes on exactly what is selected; of a run, on the run itself. */
export function pinsHere(state: Workbench): Pin[] {
  const { pins } = state.document
  const [first] = placesNow({ ...state, range: null })
  return first && pins ? pins.filter(({ at }) => samePlace(at, first)) : []
}

export function freePinId({ pins = [] }: SessionDocument): string {
  let n = pins.length + 1
  while (pins.some(({ id }) => id === `pin-${n}`)) n++
  return `pin-${n}`
}
