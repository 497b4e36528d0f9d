import { describe, expect, it } from 'vitest'
import { compareText } from '../../../engine/cli/compare-text'
import { reportText } from '../../../engine/cli/report-text'
import type { RunReport } from '../../../engine/run-report'
import { someReport } from '../../fixtures/session'

describe('the text of a run', () => {
  it('puts a row\'s figure, interval, truth and the paper\'s side by side', () => {
    const text = reportText(someReport, 'd1')
    expect(text).toMatch(/^VMM time +71\.5 +\[70\.5, 72\.5\] +71\.25 +71\.5 +0\.0 +- +- +sampled +counted$/m)
    expect(text).toContain('94.50 Mb/s in 8.500 simulated seconds; guest idle 21.50 % measured directly, 21.25 % in truth')
    expect(text).toMatch(/^VMNet transmits +9 +0\.000$/m)
    expect(text).toContain('every one attributed')
    expect(text).toMatch(/^digest {2}d1$/m)
  })
  it('says so when cycles are missing in the books, and when a scope does not apply', () => {
    const odd: RunReport = { ...someReport, books: { cycles: 1000, attributed: 999 } }
    expect(reportText(odd, '')).toContain('1,000 cycles, 999 attributed')
    expect(reportText(someReport, '')).toContain('Table 2, of VMM time: does not apply to VM/PC-733 optimized')
  })
  it('claims no isolated transmit where there was none', () => {
    const call = { meanMicroseconds: 17.9, isolatedMeanCycles: 0, nestedIrqsPerCall: 0.004 }
    expect(reportText({ ...someReport, vmnetTransmit: call }, '')).toContain('VMNet transmit: 17.90 us mean, 0.004 nested IRQs a call')
    expect(reportText({ ...someReport, vmnetTransmit: { ...call, isolatedMeanCycles: 14849 } }, '')).toContain('14849 cycles where nothing')
  })
  it('explains derived rows once', () => {
    const derived = someReport.table.map((row) => ({ ...row, derivation: ['first step', 'second step'] }))
    expect(reportText({ ...someReport, table: derived }, '').match(/first step/g)).toHaveLength(1)
  })
})

describe('the text of a comparison', () => {
  it('is B minus A with an interval and a verdict in words', () => {
    const before: RunReport = {
      ...someReport, name: 'before', throughputMbps: 64,
      table: [{ ...someReport.table[0]!, percent: 61.5, ci95: [60.5, 62.5] }],
    }
    const text = compareText(before, someReport)
    expect(text).toMatch(/^throughput, Mb\/s +64\.00 +94\.50 +\+30\.50$/m)
    expect(text).toMatch(/^VMM time +total +61\.5 +71\.5 +\+10\.0 +\[\+8\.6, \+11\.4\] +higher$/m)
    expect(text).toMatch(/^Guest idle +VMM +- +- +- +- +-$/m)
    expect(compareText(someReport, before)).toMatch(/\[-11\.4, -8\.6\] +lower$/m)
    expect(compareText(someReport, someReport)).toMatch(/0\.0 +\[-1\.4, \+1\.4\] +no evidence of a difference$/m)
  })
})
