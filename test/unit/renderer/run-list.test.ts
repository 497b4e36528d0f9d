import { beforeEach, describe, expect, it, vi } from 'vitest'
import { colourOf, colourRun, compareRuns, freeSeeds, moveRun, moveRunTo, walkRuns } from '../../../renderer/state/actions-run-list'
import { addRun, deleteRun, selectRun } from '../../../renderer/state/actions-runs'
import { undo } from '../../../renderer/state/history'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { runColourIds } from '../../../engine/session/document'
import { contrast } from '../../../renderer/theme/contrast'
import { runColours } from '../../../renderer/theme/run-colours'
import { dropZone } from '../../../renderer/views/runs/drag'
import { importedRun, simulatedRun } from './fixture'

beforeEach(() => {
  vi.stubGlobal('window', { worldswitch: { setDirty: async () => undefined } })
  useWorkbench.setState(initialWorkbench(), true)
})

const ids = () => now().document.runs.map((run) => run.id)

function three(): [string, string, string] {
  return [addRun(simulatedRun('a')), addRun(simulatedRun('b')), addRun(importedRun('c'))]
}

describe('the list of runs', () => {
  it('is put in another order by steps and by places, and back', () => {
    const [a, b, c] = three()
    moveRun(c, -1)
    expect(ids()).toEqual([a, c, b])
    undo()
    expect(ids()).toEqual([a, b, c])
    moveRunTo(a, 2)
    expect(ids()).toEqual([b, c, a])
  })

  it('has ends: nothing moves over them, and nothing is there to undo then', () => {
    const [a, b, c] = three()
    const steps = now().history.past.length
    moveRun(a, -1)
    moveRun(c, 1)
    moveRunTo('not there', 0)
    expect(ids()).toEqual([a, b, c])
    expect(now().history.past).toHaveLength(steps)
  })

  it('takes a run moved several places as one step', () => {
    const [a, b, c] = three()
    moveRun(c, -1)
    moveRun(c, -1)
    expect(ids()).toEqual([c, a, b])
    undo()
    expect(ids()).toEqual([a, b, c])
  })

  it('gives and takes colours, each with one step back', () => {
    const [a] = three()
    colourRun(a, 'violet')
    expect(colourOf(now().document.runs[0]!)).toBe('violet')
    colourRun(a, null)
    expect(now().document.runs[0]).not.toHaveProperty('colour')
    undo()
    undo()
    expect(colourOf(now().document.runs[0]!)).toBeNull()
    expect(colourOf({ ...simulatedRun('x'), colour: 'plaid' })).toBeNull()
  })

  it('is walked through, and compares two different runs only', () => {
    const [a, b, c] = three()
    selectRun(a)
    walkRuns(1)
    expect(now().document.view.selectedRun).toBe(b)
    walkRuns(5)
    expect(now().document.view.selectedRun).toBe(c)
    compareRuns(b, b)
    expect(now().document.view.compare).toBeNull()
    compareRuns(b, c)
    expect(now().document.view).toMatchObject({ tab: 'compare', compare: { a: b, b: c } })
  })

  it('selects the next one when the selected one is deleted, and says what was done', () => {
    const [a, b] = three()
    selectRun(a)
    deleteRun(a)
    expect(now().selection).toEqual({ kind: 'run', run: b })
    expect(now().shell.said?.words).toBe(now().history.past.at(-1)!.words)
  })
})

describe('other seeds', () => {
  it('are those that no run of the same scenario has', () => {
    const run = simulatedRun('a', { seed: 1 })
    addRun(run)
    addRun(simulatedRun('b', { seed: 2 }))
    addRun(simulatedRun('other', { seed: 3, sendSize: 1024 }))
    expect(freeSeeds(run.report.scenario, 3)).toEqual([3, 4, 5])
  })

  it('go on at 0 after the largest', () => {
    const { scenario } = simulatedRun('a', { seed: 2 ** 32 - 2 }).report
    expect(freeSeeds(scenario, 3)).toEqual([2 ** 32 - 1, 0, 1])
  })
})

describe('a dragged run', () => {
  it('goes between two near their edges and is compared over a middle', () => {
    const currentTarget = { getBoundingClientRect: () => ({ top: 100, height: 60 }) } as Element
    const at = (clientY: number) => dropZone({ clientY, currentTarget })
    expect([at(101), at(130), at(159)]).toEqual(['before', 'onto', 'after'])
  })
})

describe('colours of runs', () => {
  it('are seen against the panel, and each has its own shape', () => {
    for (const id of runColourIds) {
      expect(contrast(runColours[id].light, '#dce8f7'), id).toBeGreaterThan(3)
      expect(contrast(runColours[id].dark, '#26405f'), id).toBeGreaterThan(3)
    }
    expect(new Set(runColourIds.map((id) => runColours[id].shape)).size).toBe(runColourIds.length)
  })
})
