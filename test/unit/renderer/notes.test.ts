import { beforeEach, describe, expect, it, vi } from 'vitest'
import { rootFrames } from '../../../engine/profile/roots'
import type { PinPlace } from '../../../engine/session/document'
import { addPin, deletePin, editPin, goToPlace, setNotes, startNote } from '../../../renderer/state/actions-notes'
import { addRun, deleteRun } from '../../../renderer/state/actions-runs'
import { select } from '../../../renderer/state/actions-view'
import { flameOf } from '../../../renderer/state/derived'
import { nodeOf } from '../../../renderer/state/frame-path'
import { redo, undo } from '../../../renderer/state/history'
import { pinsHere, placesNow, placeWords } from '../../../renderer/state/pin-places'
import { change, initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { importedRun, simulatedRun } from './fixture'

beforeEach(() => {
  vi.stubGlobal('window', { worldswitch: { setDirty: async () => undefined } })
  useWorkbench.setState(initialWorkbench(), true)
})

const texts = () => now().document.pins?.map((pin) => pin.text) ?? []

describe('what a note can be pinned to', () => {
  it('is what is selected, then the range, then the run', () => {
    expect(placesNow(now())).toEqual([])
    const run = addRun(simulatedRun('a'))
    expect(placesNow(now())).toEqual([{ kind: 'run', run }])
    select({ kind: 'row', run, row: 'guest-idle' })
    change((state) => { state.range = { run, unit: 'cycles', from: 733, to: 7330, part: null } })
    expect(placesNow(now()).map((place) => place.kind)).toEqual(['row', 'range', 'run'])
    expect(placesNow(now()).map((place) => placeWords(now(), place))).toEqual([
      'Guest idle of VM/PC-733 optimized', '1.00 µs to 10.0 µs of VM/PC-733 optimized (9.00 µs)', 'VM/PC-733 optimized',
    ])
  })

  it('has no words when it is not there, whatever its kind', () => {
    const run = addRun(importedRun('i'))
    expect(placeWords(now(), { kind: 'run', run: 'gone' })).toBeNull()
    expect(placeWords(now(), { kind: 'row', run, row: 'guest-idle' })).toBeNull()
    expect(placeWords(now(), { kind: 'packet', run } as unknown as PinPlace)).toBeNull()
  })
})

describe('notes', () => {
  it('are added with an id of their own, changed, deleted, and each of that undone', () => {
    const run = addRun(simulatedRun('a'))
    addPin({ kind: 'run', run }, '  first ')
    addPin({ kind: 'run', run }, 'second')
    addPin({ kind: 'run', run }, '   ')
    expect(texts()).toEqual(['first', 'second'])
    deletePin(now().document.pins![0]!)
    addPin({ kind: 'run', run }, 'third')
    const ids = now().document.pins!.map((pin) => pin.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const letter of ['x', 'xy', 'xyz']) editPin(ids[1]!, letter)
    expect(texts()).toEqual(['second', 'xyz'])
    undo()
    expect(texts()).toEqual(['second', 'third'])
    undo()
    undo()
    expect(texts()).toEqual(['first', 'second'])
    expect(now().dirty).toBe(true)
  })

  it('go with their run, and come back with it', () => {
    const a = addRun(simulatedRun('a'))
    const b = addRun(simulatedRun('b'))
    addPin({ kind: 'run', run: a }, 'on a')
    addPin({ kind: 'run', run: b }, 'on b')
    deleteRun(a)
    expect(now().history.past.at(-1)!.words).toBe('delete VM/PC-733 optimized and the note on it')
    expect(texts()).toEqual(['on b'])
    undo()
    expect(texts()).toEqual(['on a', 'on b'])
    redo()
    expect(texts()).toEqual(['on b'])
  })

  it('are found on exactly what is selected', () => {
    const run = addRun(simulatedRun('a'))
    addPin({ kind: 'row', run, row: 'guest-idle' }, 'on the row')
    addPin({ kind: 'run', run }, 'on the run')
    expect(pinsHere(now()).map((pin) => pin.text)).toEqual(['on the run'])
    select({ kind: 'row', run, row: 'guest-idle' })
    expect(pinsHere(now()).map((pin) => pin.text)).toEqual(['on the row'])
  })

  it('on the whole are one step of undo while they are typed', () => {
    for (const text of ['a', 'ab', 'abc']) setNotes(text)
    expect(now().history.past).toHaveLength(1)
    undo()
    expect(now().document.notes).toBe('')
  })

  it('without anything to be pinned to are those on the whole', () => {
    startNote()
    expect(now().document.view.tab).toBe('notes')
    expect(now().dialog).toBe('none')
    addRun(simulatedRun('a'))
    startNote()
    expect(now().dialog).toBe('note')
  })
})

describe('going to what a note is pinned to', () => {
  it('selects it and opens the view that shows it', () => {
    const a = addRun(simulatedRun('a'))
    const i = addRun(importedRun('i'))
    goToPlace({ kind: 'row', run: a, row: 'guest-idle' })
    expect(now().document.view).toMatchObject({ tab: 'table', selectedRun: a })
    expect(now().selection).toEqual({ kind: 'row', run: a, row: 'guest-idle' })
    goToPlace({ kind: 'run', run: i })
    expect(now().document.view).toMatchObject({ tab: 'flame', selectedRun: i })
  })

  it('shows a frame in the scope that has it', () => {
    const run = addRun(simulatedRun('a'))
    const path = [`module\n${rootFrames.vmapp}`, 'module\nselect']
    change((state) => { state.document.view.scope = 'vmm' })
    goToPlace({ kind: 'frame', run, path })
    expect(now().document.view).toMatchObject({ tab: 'flame', scope: 'total' })
    const { tree } = flameOf(now().document.runs[0]!.profile, 0, 'total', null)!
    expect(nodeOf(tree, path)).toBeGreaterThan(0)
    expect(now().selection).toEqual({ kind: 'frame', run, path })
  })

  it('chooses the range of time again, which every view shows then', async () => {
    const times = Float64Array.from([0, 1, 2, 3, 4])
    const run = importedRun('i')
    const stack = Int32Array.from([0, 1, 0, 1, 0])
    const ones = Float64Array.from([1, 1, 1, 1, 1])
    const samples = { stack, weights: [ones, ones], time: times }
    const id = addRun({ ...run, profile: { ...run.profile, samples } })
    goToPlace({ kind: 'range', run: id, unit: 'seconds', from: 1, to: 3.5 })
    expect(now().document.view).toMatchObject({ tab: 'timeline', selectedRun: id })
    await vi.waitFor(() => expect(now().range?.part?.samples).toBe(3))
    expect(placesNow(now())[0]).toMatchObject({ kind: 'range', from: 1, to: 3.5 })
    goToPlace({ kind: 'run', run: id })
    expect(now().range).toBeNull()
  })

  it('of a run that is gone does nothing', () => {
    addRun(simulatedRun('a'))
    const before = now()
    goToPlace({ kind: 'run', run: 'gone' })
    expect(now()).toBe(before)
  })
})
