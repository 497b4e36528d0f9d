import { applyPatches, enablePatches, produceWithPatches } from 'immer'
import type { SessionDocument } from '../../engine/session/document'
import { showRun, touch } from './actions-view'
import { change, now, type Edit, type Workbench } from './store'

enablePatches()

/** Long enough for an afternoon; deleted runs stay in memory as long as their deletion can be undone. */
const maxEdits = 200

/**
 * The only way to change what a session keeps, but for where the window looks (`document.view`'s tab, selection and
 * scope), which nobody wants to undo. Nothing happens when the recipe changes nothing.
 */
export function edit(words: string, recipe: (document: SessionDocument) => void, merge: string | null = null): void {
  const [document, patches, inverse] = produceWithPatches(now().document, (draft: SessionDocument) => recipe(draft))
  if (patches.length === 0) return
  const last = now().history.past.at(-1)
  const same = last !== undefined && merge !== null && last.merge === merge
  const fresh: Edit = same
    ? { ...last, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse] }
    : { words, patches, inverse, merge }
  change((state) => {
    const { past } = state.history
    if (same) past.pop()
    past.push(frozen(fresh))
    if (past.length > maxEdits) past.shift()
    state.history.future = []
    state.document = open(document)
    settle(state)
  })
  touch()
}

/** Takes the last edit back and answers its words; null when there is none. */
export function undo(): string | null {
  return move('past', 'future', 'inverse')
}

/** Does again what was undone last and answers its words; null when there is nothing. */
export function redo(): string | null {
  return move('future', 'past', 'patches')
}

function move(from: 'past' | 'future', to: 'past' | 'future', way: 'patches' | 'inverse'): string | null {
  const { history, document } = now()
  const step = history[from][history[from].length - 1]
  if (!step) return null
  const changed = applyPatches(document, [...step[way]])
  change((state) => {
    state.history[from].pop()
    // what is done or undone by hand is a step of its own: typing goes on in a new one
    state.history[to].push(frozen({ ...step, merge: null }))
    state.document = open(changed)
    settle(state)
  })
  touch()
  return step.words
}

/** Patches hold whole runs: frozen, so that the store takes them as they are and does not walk their columns. */
function frozen(step: Edit): Edit {
  return Object.freeze(step)
}

/** What immer made is frozen; what `settle` mends must not be. */
function open(document: SessionDocument): SessionDocument {
  const { view } = document
  return { ...document, view: { ...view, compare: view.compare && { ...view.compare } } }
}

/** What pointed at a run that is no longer there points at nothing, or at the first one. */
function settle(state: Workbench): void {
  const { runs, view } = state.document
  const exists = (id: string) => runs.some((run) => run.id === id)
  if (view.selectedRun !== null && !exists(view.selectedRun)) showRun(state, runs[0]?.id ?? null)
  if (view.compare && !(exists(view.compare.a) && exists(view.compare.b))) view.compare = null
  if (state.selection.kind !== 'none' && !exists(state.selection.run)) state.selection = { kind: 'none' }
  if (state.range && !exists(state.range.run)) state.range = null
}
