import { describe, expect, it } from 'vitest'
import { defaultScenario } from '../../../engine/machine/scenario'
import { flameOf } from '../../../renderer/state/derived'
import { pathOf } from '../../../renderer/state/frame-path'
import { whyNoFigure } from '../../../renderer/state/row-words'
import { selectionWords } from '../../../renderer/state/selection-words'
import { initialWorkbench, type Workbench } from '../../../renderer/state/store'
import { tableText } from '../../../renderer/state/table-text'
import { importedRun, reportOf, simulatedRun } from './fixture'

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
    const { tree } = flameOf(state.document.runs[0]!.profile, 0, 'total', null)
    const frame = selectionWords({ ...state, selection: { kind: 'frame', run: 's', path: pathOf(tree, 1) } })
    expect(frame).toMatch(/^VMM time of VM\/PC-733 optimized: \d+ ms, 69 % of total time \[66, 72\]$/)
    expect(selectionWords({ ...state, selection: { kind: 'run', run: 'gone' } })).toBe('nothing selected')
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
  it('say the reason', () => {
    const row = { scope: 'vmm', method: 'sampled' } as const
    expect(whyNoFigure(row, { scenario: { ...defaultScenario, vm: 'native' }, samples: 9 })).toContain('native')
    expect(whyNoFigure(row, { scenario: defaultScenario, samples: 0 })).toContain('sampler')
    expect(whyNoFigure({ ...row, evidence: 'the sampler sees only that the VMM ran' }, { scenario: defaultScenario, samples: 9 }))
      .toBe('The sampler sees only that the VMM ran.')
    expect(whyNoFigure({ ...row, method: 'direct' }, { scenario: defaultScenario, samples: 0 })).toContain('scenario')
  })
})
