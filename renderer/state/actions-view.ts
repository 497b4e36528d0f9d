import type { SessionView } from '../../engine/session/document'
import type { ThemeChoice } from '../../engine/window-api'
import type { CompareMode } from './compare-state'
import { wholePlace } from './flame-state'
import type { FramePath } from './frame-path'
import type { ScenarioDraft } from './scenario-draft'
import { change, now, type Selection, type Workbench, type Zoom } from './store'

/** Marks the session as changed, and tells the main process once. */
export function touch(): void {
  const wasDirty = now().dirty
  change((state) => {
    state.dirty = true
    state.revision++
  })
  if (!wasDirty) void window.worldswitch.setDirty(true)
}

export function setClean(): void {
  change((state) => { state.dirty = false })
}

export function resetFlame(state: Workbench): void {
  Object.assign(state.flame, wholePlace())
  state.flame.callers = wholePlace()
  state.flame.thread = null
  state.compare.zoom = []
}

/** Zoom and thread are of one run: they do not go on to another. */
export function showRun(state: Workbench, id: string | null): void {
  if (state.document.view.selectedRun === id) return
  state.document.view.selectedRun = id
  resetFlame(state)
}

export function setTab(tab: SessionView['tab']): void {
  change((state) => { state.document.view.tab = tab })
}

export function setScope(scope: SessionView['scope']): void {
  change((state) => {
    state.document.view.scope = scope
    // a packet's and a second's parts are of all time
    if (scope === 'vmm') state.flame.unit = 'percent'
    const thread = state.flame.thread
    resetFlame(state)
    state.flame.thread = thread
    if (state.selection.kind === 'frame') state.selection = { kind: 'run', run: state.selection.run }
  })
}

export function setWeight(weight: number): void {
  change((state) => { state.document.view.weight = weight })
}

export function select(selection: Selection): void {
  change((state) => { state.selection = selection })
}

export function setZoom(zoom: Zoom): void {
  // below a ten-millionth of the whole, doubles no longer place pixels
  const width = Math.min(1, Math.max(1e-7, zoom.to - zoom.from))
  const from = Math.min(1 - width, Math.max(0, zoom.from))
  change((state) => { state.flame.zoom = { from, to: from + width } })
}

export function setFirstRow(row: number): void {
  change((state) => { state.flame.firstRow = Math.max(0, row) })
}

export function setSearch(search: string): void {
  change((state) => { state.flame.search = search })
}

export function setThread(thread: number | null): void {
  change((state) => {
    resetFlame(state)
    state.flame.thread = thread
  })
}

export function clearRange(): void {
  change((state) => { state.range = null })
}

export function setCompare(a: string, b: string): void {
  change((state) => {
    state.document.view.compare = { a, b }
    state.compare.zoom = []
  })
}

export function setCompareMode(mode: CompareMode): void {
  change((state) => { state.compare.mode = mode })
}

export function setCompareZoom(path: FramePath): void {
  change((state) => { state.compare.zoom = path })
}

export function setCompareHover(path: FramePath | null): void {
  change((state) => { state.compare.hover = path })
}

export function editDraft(recipe: (draft: ScenarioDraft) => void): void {
  change((state) => recipe(state.scenario))
}

export function setDialog(dialog: Workbench['dialog']): void {
  change((state) => { state.dialog = dialog })
}

const themes: ThemeChoice[] = ['system', 'light', 'dark']

/** The next of system, light, dark. */
export function cycleTheme(): void {
  const current = now().info?.theme ?? 'system'
  void window.worldswitch.setTheme(themes[(themes.indexOf(current) + 1) % themes.length]!)
}
