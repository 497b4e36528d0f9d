import type { Transform } from '../../engine/profile/transforms'
import { resetFlame, setScope } from './actions-view'
import type { FlameOrder, FlameState, FlameUnit, FunctionColumn } from './flame-state'
import { edit } from './history'
import { change, now, type Workbench, type Zoom } from './store'
import { transformWords } from './transform-words'

/** The whole again, as boxes are no longer where they were. */
function lookAtWhole(state: Workbench): void {
  const { thread } = state.flame
  resetFlame(state)
  state.flame.thread = thread
}

export function addTransform(transform: Transform): void {
  edit(transformWords(transform), ({ view }) => { (view.transforms ??= []).push(transform) })
  change(lookAtWhole)
}

export function removeTransform(index: number): void {
  edit('remove a step from the flame', ({ view }) => {
    view.transforms?.splice(index, 1)
    if (view.transforms?.length === 0) delete view.transforms
  })
  change(lookAtWhole)
}

export function clearTransforms(): void {
  edit('remove all steps from the flame', ({ view }) => { delete view.transforms })
  change(lookAtWhole)
}

/** `around`: the function in the middle, when a sandwich is asked for. */
export function setOrder(order: FlameOrder, around: string | null = null): void {
  change((state) => {
    state.flame.order = order
    if (around !== null) state.flame.around = around
    lookAtWhole(state)
  })
}

export function setAround(step: string): void {
  change((state) => {
    state.flame.around = step
    lookAtWhole(state)
  })
}

export function setUpward(upward: boolean): void {
  change((state) => {
    state.flame.upward = upward
    state.flame.firstRow = 0
  })
}

/** A packet and a second hold all time: with them the scope is all time. */
export function setUnit(unit: FlameUnit): void {
  if (unit !== 'percent' && now().document.view.scope === 'vmm') setScope('total')
  change((state) => { state.flame.unit = unit })
}

export function setCallersPlace(zoom: Zoom | null, firstRow: number | null): void {
  change(({ flame: { callers } }) => {
    if (zoom) callers.zoom = bounded(zoom)
    if (firstRow !== null) callers.firstRow = Math.max(0, firstRow)
  })
}

/** Below a ten-millionth of the whole, doubles no longer place pixels. */
export function bounded(zoom: Zoom): Zoom {
  const width = Math.min(1, Math.max(1e-7, zoom.to - zoom.from))
  const from = Math.min(1 - width, Math.max(0, zoom.from))
  return { from, to: from + width }
}

export function setTwin(twin: FlameState['twin']): void {
  change((state) => { state.flame.twin = twin })
}

/** The same column again turns it round; names begin with A, figures with the largest. */
export function sortFunctions(by: FunctionColumn): void {
  change(({ flame }) => {
    const first = by !== 'name' && by !== 'module'
    flame.sort = { by, descending: flame.sort.by === by ? !flame.sort.descending : first }
  })
}
