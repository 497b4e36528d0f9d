import fc from 'fast-check'
import { beforeEach, expect, it, vi } from 'vitest'
import { addTransform, clearTransforms, removeTransform } from '../../renderer/state/actions-flame'
import { addPin, deletePin, editPin, setNotes } from '../../renderer/state/actions-notes'
import { colourRun, moveRunTo } from '../../renderer/state/actions-run-list'
import { addRun, deleteRun, renameRun, selectRun } from '../../renderer/state/actions-runs'
import { select, setCompare, setScope, setTab } from '../../renderer/state/actions-view'
import { redo, undo } from '../../renderer/state/history'
import { selectionWords } from '../../renderer/state/selection-words'
import { initialWorkbench, now, useWorkbench } from '../../renderer/state/store'
import { importedRun, simulatedRun } from '../unit/renderer/fixture'

beforeEach(() => { vi.stubGlobal('window', { worldswitch: { setDirty: async () => undefined } }) })

const some = (n: number) => now().document.runs[n % Math.max(1, now().document.runs.length)]?.id
const withRun = (work: (id: string, n: number) => void) => (n: number) => {
  const id = some(n)
  if (id !== undefined) work(id, n)
}
const withPin = (work: (pin: NonNullable<ReturnType<typeof now>['document']['pins']>[number], n: number) => void) => (n: number) => {
  const pin = now().document.pins?.[n % 3]
  if (pin) work(pin, n)
}

/** What a person does to a session, and where they look meanwhile. */
const deeds: readonly ((n: number) => void)[] = [
  () => void addRun(simulatedRun('x')), () => void addRun(importedRun('x')), withRun((id) => deleteRun(id)),
  withRun((id, n) => renameRun(id, `name ${n}`)), withRun((id, n) => moveRunTo(id, n % 5)),
  withRun((id, n) => colourRun(id, n % 2 === 0 ? null : 'teal')), withRun((id, n) => addPin({ kind: 'run', run: id }, `pin ${n}`)),
  withPin((pin) => deletePin(pin)), withPin(({ id }, n) => editPin(id, `text ${n}`)), (n) => setNotes(`notes ${n}`),
  (n) => addTransform({ kind: 'hide-function', frame: { name: `f${n}`, module: 'm' } }),
  (n) => { if (now().document.view.transforms?.[n % 3]) removeTransform(n % 3) }, clearTransforms,
  withRun((id, n) => setCompare(id, some(n + 1) ?? id)), (n) => setTab(n % 2 === 0 ? 'flame' : 'table'),
  (n) => setScope(n % 2 === 0 ? 'total' : 'vmm'), withRun((id) => selectRun(id)),
  withRun((id) => select({ kind: 'row', run: id, row: 'guest-idle' })),
]

/** All that undo is about; profiles are told apart by what they are, not by their columns. */
function kept() {
  const { runs, notes, pins = [], view: { transforms = [] } } = now().document
  return structuredClone({
    notes, pins, transforms, runs: runs.map(({ id, name, kind, colour, profile }) => ({ id, name, kind, colour, stacks: profile.stacks.frame.length })),
  })
}

function pointsAtNothingGone(): void {
  const { document: { runs, view }, selection } = now()
  const ids = [null, ...runs.map(({ id }) => id)]
  expect(ids).toContain(view.selectedRun)
  if (selection.kind !== 'none') expect(ids).toContain(selection.run)
  if (view.compare) expect(ids).toEqual(expect.arrayContaining([view.compare.a, view.compare.b]))
  expect(selectionWords(now())).not.toContain('undefined')
}

it('whatever is done is undone step by step, and done again, whatever was looked at meanwhile', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(deeds.length - 1), fc.nat(20)), { maxLength: 40 }), (list) => {
    useWorkbench.setState(initialWorkbench(), true)
    const states = [kept()]
    for (const [deed, n] of list) {
      const before = now().history.past.length
      deeds[deed]!(n)
      if (now().history.past.length === before) states.pop()
      states.push(kept())
      pointsAtNothingGone()
    }
    let at = states.length - 1
    while (undo() !== null) {
      expect(kept()).toEqual(states[--at])
      pointsAtNothingGone()
    }
    expect(at).toBe(0)
    while (redo() !== null) expect(kept()).toEqual(states[++at])
    expect(at).toBe(states.length - 1)
  }), { numRuns: 100 })
})
