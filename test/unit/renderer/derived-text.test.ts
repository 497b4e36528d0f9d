import { describe, expect, it } from 'vitest'
import { defaultScenario } from '../../../engine/machine/scenario'
import { flameOf, samplesOf } from '../../../renderer/state/derived'
import { pathOf } from '../../../renderer/state/frame-path'
import { whyNoFigure, whyNoTable } from '../../../renderer/state/row-words'
import { selectionWords } from '../../../renderer/state/selection-words'
import { initialWorkbench, type Workbench } from '../../../renderer/state/store'
import { tableText } from '../../../renderer/state/table-text'
import { World } from '../../../engine/worlds'
import type { Profile } from '../../../engine/profile/columns'
import { importedRun, profileOf, reportOf, simulatedRun } from './fixture'

function workbench(more: Partial<Workbench> = {}): Workbench {
  const state = initialWorkbench()
  state.document.runs = [simulatedRun('s'), importedRun('i')]
  return { ...state, ...more }
}

describe('what is selected, in words', () => {
  it('names the run, its share, the denominator and the interval', () => {
    expect(selectionWords(workbench())).toBe('nothing selected')
    expect(selectionWords(workbench({ selection: { kind: 'run', run: 'i' } }))).toBe('profile capture.txt')
    const row = selectionWords(workbench({ selection: { kind: 'row', run: 's', row: 'guest-idle' } }))
    expect(row).toMatch(/^Guest idle of VM\/PC-733 optimized: \d+(\.\d)? % of VMM time \[.+, .+\]$/)
    const state = workbench()
    const { tree } = flameOf(state.document.runs[0]!.profile, 0, 'total', null)!
    const frame = selectionWords({ ...state, selection: { kind: 'frame', run: 's', path: pathOf(tree, 1) } })
    expect(frame).toMatch(/^VMM time of VM\/PC-733 optimized: \d+ ms, 69 % of total time \[66, 72\]$/)
    expect(selectionWords({ ...state, selection: { kind: 'run', run: 'gone' } })).toBe('nothing selected')
  })

  it('gives a row as the chosen range has it', () => {
    const state = workbench({ selection: { kind: 'row', run: 's', row: 'guest-idle' } })
    const run = state.document.runs[0]!
    const table = reportOf(defaultScenario).table.map((row) => ({ ...row, percent: 12.3, ci95: [12, 12.6] as [number, number] }))
    const words = selectionWords({ ...state, range: { run: 's', unit: 'cycles', from: 1, to: 2, part: { profile: run.profile, samples: 9, table } } })
    expect(words).toContain('12.3 % of VMM time [12.0, 12.6]')
  })
})

describe('how many samples', () => {
  it('are counted by their weight: a row of a pprof file is a stack that was found several times', () => {
    const run = importedRun('i')
    const profile = profileOf([['main;a', World.Guest, 30], ['main;b', World.Guest, 2]])
    expect(samplesOf({ ...run, profile })).toBe(32)
    const bytes = { ...profile, weightTypes: [{ name: 'space', unit: 'bytes', kind: 'sampled' }] as Profile['weightTypes'] }
    expect(samplesOf({ ...run, profile: bytes })).toBe(run.source.report.samplesKept)
  })
})

describe('Table 2 as text', () => {
  const report = reportOf(defaultScenario)

  it('has one line a row, as many fields each, and empty ones for what does not apply', () => {
    const lines = tableText(report, '\t').trimEnd().split('\n').map((line) => line.split('\t'))
    expect(lines).toHaveLength(report.table.length + 1)
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
    const without = report.table.findIndex((row) => row.paper === null)
    expect(lines[without + 1]![9]).toBe('')
  })

  it('quotes what CSV needs quoted', () => {
    const odd = { ...report, table: [{ ...report.table[0]!, label: 'a "b", c' }] }
    expect(tableText(odd, ',').split('\n')[1]).toContain('"a ""b"", c"')
  })
})

describe('words for what is missing', () => {
  it('say once why a whole table has no sampled figure', () => {
    expect(whyNoTable({ scenario: defaultScenario, samples: 10 })).toBeNull()
    expect(whyNoTable({ scenario: { ...defaultScenario, vm: 'native' }, samples: 10 })).toContain('virtual machine')
    expect(whyNoTable({ scenario: { ...defaultScenario, samplerHz: 0 }, samples: 0 })).toContain('sampler was off')
    expect(whyNoTable({ scenario: defaultScenario, samples: 0 })).toContain('No sample')
  })

  it('say the reason', () => {
    const row = { scope: 'vmm', method: 'sampled' } as const
    expect(whyNoFigure(row, { scenario: { ...defaultScenario, vm: 'native' }, samples: 9 })).toContain('native')
    expect(whyNoFigure(row, { scenario: defaultScenario, samples: 0 })).toContain('sampler')
    expect(whyNoFigure({ ...row, evidence: 'the sampler sees only that the VMM ran' }, { scenario: defaultScenario, samples: 9 }))
      .toBe('The sampler sees only that the VMM ran.')
    expect(whyNoFigure({ ...row, method: 'direct' }, { scenario: defaultScenario, samples: 0 })).toContain('scenario')
  })
})
