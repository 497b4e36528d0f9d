import { describe, expect, it } from 'vitest'
import { World } from '../../../engine/worlds'
import { exportFacts } from '../../../renderer/state/export-facts'
import { frameFigures, selectedNode } from '../../../renderer/state/flame-selection'
import { shownFlame } from '../../../renderer/state/flame-shown'
import { selectionWords } from '../../../renderer/state/selection-words'
import { initialWorkbench, type Selection } from '../../../renderer/state/store'
import { importedRun, profileOf, simulatedRun } from './fixture'

type FrameSelection = Extract<Selection, { kind: 'frame' }>

describe('a box selected in one scope', () => {
  const run = simulatedRun('s')
  const inTotal: FrameSelection = { kind: 'frame', run: 's', path: ['module\nVMM time', 'module\nguest'] }
  const inVmm: FrameSelection = { kind: 'frame', run: 's', path: ['module\nguest'] }

  it('is the same box in the other', () => {
    for (const scope of ['total', 'vmm'] as const) {
      const state = initialWorkbench()
      state.document.runs = [run]
      state.document.view.scope = scope
      const flame = shownFlame(state, run)!
      const nodes = [inTotal, inVmm].map((selection) => selectedNode(flame, 'down', flame.down.tree, selection))
      expect(nodes[0]).toBeGreaterThan(0)
      expect(nodes[1]).toBe(nodes[0])
      for (const selection of [inTotal, inVmm]) expect(frameFigures(state, run, selection)?.total).toBe(160)
    }
  })

  it('does not become another where it is not', () => {
    const state = initialWorkbench()
    state.document.runs = [run]
    state.document.view.scope = 'vmm'
    expect(frameFigures(state, run, { kind: 'frame', run: 's', path: ['module\nVMApp', 'module\nguest'] })).toBeNull()
    expect(frameFigures(state, run, { kind: 'frame', run: 's', path: ['module\nVMApp'] })).toBeNull()
  })
})

describe('a box of one thread', () => {
  it('names the thread with its denominator', () => {
    const profile = profileOf([['a', World.HostKernel, 30], ['b', World.HostKernel, 10]])
    const run = { ...importedRun('i'), profile: { ...profile, threads: ['first', 'second'], samples: { ...profile.samples, thread: Int32Array.of(0, 1) } } }
    const state = initialWorkbench()
    state.document.runs = [run]
    state.flame.thread = 1
    state.selection = { kind: 'frame', run: 'i', path: ['module\nb'] }
    expect(selectionWords(state)).toMatch(/100 % of total time of thread second/)
    state.document.view.tab = 'flame'
    state.document.view.selectedRun = 'i'
    state.flame.unit = 'second'
    expect(exportFacts(state).facts[0]).toMatch(/^Widths: ms of each second of thread second;/)
  })
})
