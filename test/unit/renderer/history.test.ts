import { beforeEach, describe, expect, it, vi } from 'vitest'
import { addRun, deleteRun, renameRun } from '../../../renderer/state/actions-runs'
import { setCompare, setTab } from '../../../renderer/state/actions-view'
import { edit, redo, undo } from '../../../renderer/state/history'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { simulatedRun } from './fixture'

beforeEach(() => {
  vi.stubGlobal('window', { worldswitch: { setDirty: vi.fn(async () => undefined) } })
  useWorkbench.setState(initialWorkbench(), true)
})

const names = () => now().document.runs.map((run) => run.name)

describe('undo and redo', () => {
  it('bring back a deleted run with all its columns, in its place', () => {
    const [a, b] = [addRun(simulatedRun('a')), addRun(simulatedRun('b'))]
    const profile = now().document.runs[0]!.profile
    setCompare(a, b)
    deleteRun(a)
    expect(names()).toHaveLength(1)
    expect(undo()).toContain('delete')
    expect(now().document.runs.map((run) => run.id)).toEqual([a, b])
    expect(now().document.runs[0]!.profile).toBe(profile)
  })

  it('go back to the beginning and forth again to the very same document', () => {
    const states: unknown[] = [now().document.runs]
    const id = addRun(simulatedRun('a'))
    states.push(now().document.runs)
    renameRun(id, 'before')
    states.push(now().document.runs)
    for (let i = states.length - 2; i >= 0; i--) {
      undo()
      expect(now().document.runs).toEqual(states[i])
    }
    expect(undo()).toBeNull()
    for (let i = 1; i < states.length; i++) {
      redo()
      expect(now().document.runs).toEqual(states[i])
    }
    expect(redo()).toBeNull()
  })

  it('leave alone where the window looks', () => {
    addRun(simulatedRun('a'))
    setTab('table')
    undo()
    expect(now().document.view.tab).toBe('table')
    expect(now().document.view.selectedRun).toBeNull()
    expect(now().selection).toEqual({ kind: 'none' })
  })

  it('take a sentence typed as one step, and what came after an undo as another', () => {
    const type = (text: string) => edit('notes', (document) => { document.notes += text }, 'notes')
    for (const letter of 'first') type(letter)
    undo()
    expect(now().document.notes).toBe('')
    redo()
    for (const letter of ' second') type(letter)
    undo()
    expect(now().document.notes).toBe('first')
  })

  it('forget what was undone when something else is done, and count nothing that changes nothing', () => {
    const id = addRun(simulatedRun('a'))
    renameRun(id, 'x')
    undo()
    edit('nothing', () => undefined)
    expect(now().history.future).toHaveLength(1)
    renameRun(id, 'y')
    expect(redo()).toBeNull()
    expect(names()).toEqual(['y'])
  })
})
