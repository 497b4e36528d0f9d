import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sweep } from '../../../engine/experiments/sweep-types'
import { readingsOf } from '../../../engine/experiments/row-instruments'
import { probeId } from '../../../engine/experiments/row-probes'
import { Probe } from '../../../engine/machine/observer'
import { defaultScenario } from '../../../engine/machine/scenario'
import type { ViewId } from '../../../engine/session/document'
import { exportFacts } from '../../../renderer/state/export-facts'
import { exportTable } from '../../../renderer/state/export-view'
import { selectionWords } from '../../../renderer/state/selection-words'
import { change, initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { draftOfScenario, whatIfWords } from '../../../renderer/state/what-if-state'
import { rowOf, simulatedProfile, simulatedRun } from './fixture'

const run = simulatedRun('s')
const probed = {
  ...run,
  report: {
    ...run.report,
    table: [rowOf(70, 700, 1000, { id: 'vmm', label: 'VMM time', scope: 'total' }), rowOf(20, 140, 700, { id: 'guest-context-switch', label: 'Switches' })],
    probes: [{ id: probeId(Probe.GuestContextSwitch), count: 1000, meanMicroseconds: 10 }],
  },
} as unknown as typeof run
const inTheRange = [rowOf(35, 35, 100, { id: 'vmm', label: 'VMM time', scope: 'total' }), rowOf(60, 21, 35, { id: 'guest-context-switch', label: 'Switches' })]

function show(tab: ViewId, ranged = true): void {
  change((state) => {
    state.document.runs = [probed, simulatedRun('t', { seed: 2 })]
    Object.assign(state.document.view, { tab, selectedRun: 's' })
    if (ranged) state.range = { run: 's', unit: 'cycles', from: 0, to: 1000, part: { profile: simulatedProfile(), samples: 100, table: inTheRange } }
  })
}

let saved: Record<string, string> = {}
beforeEach(() => {
  saved = {}
  vi.stubGlobal('window', { worldswitch: {
    saveExport: async (name: string, _kind: string, bytes: Uint8Array) => {
      saved[name] = new TextDecoder().decode(bytes)
      return { saved: true, fileName: name }
    },
  } })
  vi.stubGlobal('document', { getElementById: () => null })
  useWorkbench.setState(initialWorkbench(), true)
})

describe('a chosen range', () => {
  it('is what the status bar says of a row, as the table and the inspector do', () => {
    show('table')
    change((state) => { state.selection = { kind: 'row', run: 's', row: 'vmm' } })
    expect(selectionWords(now())).toMatch(/^VMM time of VM\/PC-733 optimized: 35 % of total time/)
  })

  it('does not go into the direct measurements of an exported table, which are of the whole run', async () => {
    const whole = readingsOf(probed.report).find(({ id }) => id === 'guest-context-switch')!.direct.percent
    expect(whole).not.toBeNull()
    show('table')
    await exportTable()
    const [head, ...rows] = Object.values(saved)[0]!.trim().split('\n').map((line) => line.split(','))
    const row = rows.find(([id]) => id === 'guest-context-switch')!
    expect(Number(row[head!.indexOf('percent')])).toBe(60)
    expect(Number(row[head!.indexOf('direct percent')])).toBeCloseTo(whole!, 4)
  })

  it('is said of a picture only where it is what the view shows', () => {
    for (const [tab, only] of [['flame', true], ['table', true], ['timeline', false], ['packet', true], ['method', false]] as const) {
      show(tab)
      expect([tab, exportFacts(now()).facts.some((fact) => fact.startsWith('Only '))]).toEqual([tab, only])
    }
  })
})

describe('what a picture says of itself', () => {
  it('is of the sweep, not of the run that happens to be selected', () => {
    show('sweeps', false)
    const sweep: Sweep = { request: { machine: 'pc-733', configurations: ['2.0'], sizes: [4096], seeds: [1, 2, 3], bytes: 5_000_000 }, cells: [] }
    change((state) => { state.document.sweeps = { throughput: sweep } })
    const { title, facts, sources } = exportFacts(now())
    expect(title).toBe('Throughput against data size')
    expect(facts.join(' ')).toContain('PC-733, 5 MB a run, 3 seeds a point')
    expect(sources.join(' ')).not.toContain(probed.name)
  })

  it('is of what the sliders say, and of the baseline', () => {
    show('what-if', false)
    const draft = { ...draftOfScenario(defaultScenario), mhz: 500 }
    const mine = simulatedRun('what-if', { seed: 77 })
    change((state) => { state.whatIf.shown = { run: mine, draft } })
    change((state) => { state.whatIf.baseline = { name: 'before', run: simulatedRun('b', { seed: 88 }) } })
    const { title, sources, facts } = exportFacts(now())
    expect(title).toBe(`What-if: ${whatIfWords(draft)}`)
    expect(sources[0]).toContain('--seed 77')
    expect(sources[1]).toMatch(/^baseline before: .*--seed 88/)
    expect(facts).toContain('Icicles: % of total time; true.')
  })

  it('is of the ladder\'s own runs', () => {
    show('compare', false)
    change((state) => { state.compare.part = 'ladder' })
    const { facts } = exportFacts(now())
    expect(facts.join(' ')).not.toContain('Widths')
    expect(facts.join(' ')).toContain('µs a packet of work (guest idle left out); 10 MB a run, 5 seeds from 1 on.')
  })
})
