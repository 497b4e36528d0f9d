import { beforeEach, describe, expect, it, vi } from 'vitest'
import { simulate } from '../../../engine/experiments/simulation'
import { defaultScenario } from '../../../engine/machine/scenario'
import type { SimulatedRun } from '../../../engine/session/document'
import { addTransform, removeTransform, setUnit } from '../../../renderer/state/actions-flame'
import { addRun } from '../../../renderer/state/actions-runs'
import { select, setScope } from '../../../renderer/state/actions-view'
import { inRow, pathOfStack, rowOfSelection, stackOfPath } from '../../../renderer/state/flame-rows'
import { frameFigures, selectedNode, selectionOfFunction, selectionOfNode } from '../../../renderer/state/flame-selection'
import { invertedOf, sandwichOf, shownFlame } from '../../../renderer/state/flame-shown'
import { widthUnit, whyNotUnit } from '../../../renderer/state/flame-units'
import { redo, undo } from '../../../renderer/state/history'
import { selectionWords } from '../../../renderer/state/selection-words'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { visibleRows, openedAtFirst, treeKey } from '../../../renderer/views/flame/open-rows'
import { sortedFunctions } from '../../../renderer/views/flame/function-order'
import { importedRun } from './fixture'

const { report, profile, digest } = simulate({ ...defaultScenario, bytes: 2_000_000 })

beforeEach(() => {
  vi.stubGlobal('window', { worldswitch: { setDirty: vi.fn(async () => undefined) } })
  useWorkbench.setState(initialWorkbench(), true)
  addRun({ kind: 'simulated', id: 'a', name: 'a run', report, digest, profile } satisfies SimulatedRun)
})

const run = () => now().document.runs[0]!
const shown = () => shownFlame(now(), run())!
const focusVmm = { kind: 'focus-function', frame: { name: 'do_IRQ', module: 'guest kernel' } } as const

describe('steps of the flame', () => {
  it('are undone and done again, and keep the denominator', () => {
    const before = shown()
    addTransform(focusVmm)
    const after = shown()
    expect(after.whole).toBe(before.whole)
    expect(after.down.tree.total[0]).toBeLessThan(before.whole)
    expect(after.found).toEqual([true])
    undo()
    expect(now().document.view.transforms).toBeUndefined()
    expect(shown().down).toBe(before.down)
    redo()
    expect(shown().down.tree.total[0]).toBe(after.down.tree.total[0])
    removeTransform(0)
    expect(now().document.view.transforms).toBeUndefined()
  })

  it('are replayed on another profile, and say where they match nothing', () => {
    addTransform(focusVmm)
    addRun(importedRun('other'))
    expect(shownFlame(now(), now().document.runs[1]!)!.found).toEqual([false])
  })

  it('mean the same of VMM time and of all time, with the same way to a function', () => {
    setScope('vmm')
    const path = [{ name: 'do_IRQ', module: 'guest kernel' }]
    addTransform({ kind: 'focus-path', path })
    const vmm = shown()
    setScope('total')
    const all = shown()
    expect(vmm.found).toEqual([true])
    expect(all.found).toEqual([true])
    expect(vmm.down.tree.total[0]).toBe(all.down.tree.total[0])
    expect(vmm.whole).toBeLessThan(all.whole)
  })
})

describe('drawings of a run', () => {
  it('hold the same weight in every order and scope', () => {
    for (const scope of ['total', 'vmm'] as const) {
      setScope(scope)
      const flame = shown()
      expect(invertedOf(flame)!.tree.total[0]).toBe(flame.whole)
      const { functions, tree } = flame.down
      const frame = functions.frame[0]!
      const sandwich = sandwichOf(flame, `${tree.frames.module[frame]}\n${tree.frames.name[frame]}`)!
      expect([sandwich.callers.tree.total[0], sandwich.callees.tree.total[0]]).toEqual([functions.total[0], functions.total[0]])
    }
    expect(sandwichOf(shown(), 'nowhere\nnothing')).toBeNull()
  })

  it('find every selected box again, and say its figures', () => {
    addTransform({ kind: 'merge-function', frame: { name: 'do_IRQ', module: 'guest kernel' } })
    const flame = shown()
    const drawings = [['down', flame.down.tree], ['up', invertedOf(flame)!.tree]] as const
    for (const [order, tree] of drawings) {
      for (let node = 1; node < tree.parent.length; node++) {
        const selection = selectionOfNode(flame, order, tree, node)!
        expect(selectedNode(flame, order, tree, selection)).toBe(node)
        expect(frameFigures(now(), run(), selection)?.total).toBe(tree.total[node])
        // other views find it in the run itself
        expect(stackOfPath(profile, selection.path)).toBe(tree.stack[node])
      }
    }
    const frame = flame.down.functions.frame[0]!
    const selection = selectionOfFunction(flame, frame)
    expect(frameFigures(now(), run(), selection)?.self).toBe(flame.down.functions.self[0])
    select(selection)
    expect(selectionWords(now())).toMatch(/% of total time .*all its calls/)
  })

  it('know the rows of Table 2, in both directions', () => {
    setScope('vmm')
    const flame = shown()
    const pic = inRow(run(), flame.down.tree, 'pic-access')!
    const boxes = Array.from(flame.down.tree.parent.keys()).filter((node) => node > 0 && pic(node))
    expect(boxes.length).toBeGreaterThan(0)
    for (const node of boxes) {
      expect(flame.down.tree.frames.name[flame.down.tree.frame[node]!]).toBe('PIC access')
      select(selectionOfNode(flame, 'down', flame.down.tree, node)!)
      expect(rowOfSelection(now())).toBe('pic-access')
    }
    const leaves = invertedOf(flame)!.tree
    const inverted = inRow(run(), leaves, 'pic-access')!
    for (let node = leaves.firstChild[0]!; node >= 0; node = leaves.nextSibling[node]!) {
      expect(inverted(node)).toBe(leaves.frames.name[leaves.frame[node]!] === 'PIC access')
    }
    expect(pathOfStack(profile, flame.down.tree.stack[boxes[0]!]!, 'total')[0]).toContain('VMM time')
  })
})

describe('widths', () => {
  it('are microseconds a packet of all time, where there are packets', () => {
    setScope('vmm')
    setUnit('packet')
    expect(now().document.view.scope).toBe('total')
    const unit = widthUnit(now(), run(), now().flame.unit, 'total')
    expect(unit.whole).toBeCloseTo((report.simulatedSeconds * 1e6) / report.counts.packetsSent, 9)
    expect(whyNotUnit(now(), importedRun('i'), 'packet')).toContain('no packets')
    expect(widthUnit(now(), importedRun('i'), 'packet', 'total').unit).toBe('%')
    setScope('vmm')
    expect(now().flame.unit).toBe('percent')
  })
})

describe('the twins', () => {
  it('sort functions by any column', () => {
    const flame = shown()
    const { frame, total } = flame.down.functions
    const names = Array.from(sortedFunctions(flame, { by: 'name', descending: false }), (row) => flame.down.tree.frames.name[frame[row]!]!)
    expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)))
    const totals = Array.from(sortedFunctions(flame, { by: 'total', descending: true }), (row) => total[row]!)
    expect(totals).toEqual([...totals].sort((a, b) => b - a))
  })

  it('open and close rows of the call tree by keys', () => {
    const { tree } = shown().down
    const all = new Set(tree.parent.keys())
    expect(visibleRows(tree, all)).toHaveLength(tree.parent.length - 1)
    const top = visibleRows(tree, new Set())
    expect(top.every((node) => tree.parent[node] === 0)).toBe(true)
    expect(openedAtFirst(tree).size).toBeGreaterThan(0)
    const first = top[0]!
    expect(treeKey('ArrowRight', tree, top, new Set(), first)).toEqual({ toggle: first })
    expect(treeKey('ArrowRight', tree, top, new Set([first]), first)).toEqual({ select: tree.firstChild[first] })
    expect(treeKey('ArrowLeft', tree, top, new Set([first]), first)).toEqual({ toggle: first })
    expect(treeKey('ArrowLeft', tree, visibleRows(tree, all), new Set(), tree.firstChild[first]!)).toEqual({ select: first })
    expect(treeKey('End', tree, top, new Set(), first)).toEqual({ select: top[top.length - 1] })
    expect(treeKey('x', tree, top, new Set(), first)).toBeNull()
  })
})
