import { describe, expect, it } from 'vitest'
import { simulate } from '../../../engine/experiments/simulation'
import { defaultScenario } from '../../../engine/machine/scenario'
import type { SimulatedRun } from '../../../engine/session/document'
import { gapBars, judgedRows, planChoices, planRequest } from '../../../renderer/state/method-rows'
import { initialMethod } from '../../../renderer/state/method-state'
import { importedRun } from './fixture'

const { report, profile, digest } = simulate({ ...defaultScenario, bytes: 5_000_000, samplerHz: 20_000 })
const run: SimulatedRun = { kind: 'simulated', id: 's', name: 's', report, digest, profile }
const { fields } = initialMethod

describe('rows judged by their truth', () => {
  it('are those that happened, and the starred ones have the sum that sampling alone gives', () => {
    const rows = judgedRows(report)
    expect(rows.every(({ truth, row }) => truth > 0 || (row.percent ?? 0) > 0)).toBe(true)
    const starred = rows.filter(({ sampledSum }) => sampledSum !== null)
    expect(starred.map(({ row }) => row.id)).toEqual(['guest-idle', 'host-irq-while-idle'])
    const truth = starred.reduce((sum, one) => sum + one.truth, 0)
    expect(Math.abs(starred[0]!.sampledSum! - truth)).toBeLessThan(6)
    expect(judgedRows(simulate({ ...defaultScenario, vm: 'native', optimizations: [], bytes: 500_000 }).report)).toEqual([])
  })
})

describe('a plan', () => {
  it('for a row of VMM time counts only the samples that fall into it', () => {
    const { choices, ratePerSecond } = planChoices(run)
    const [total, vmm] = ['vmnet-transmit', 'direct-execution'].map((id) => choices.find((choice) => choice.id === id)!)
    const rate = (choice: typeof total) => {
      const asked = planRequest({ ...fields, rate: '1000' }, choice!, ratePerSecond)
      return 'request' in asked ? asked.request.ratePerSecond : NaN
    }
    expect(rate(total)).toBe(1000)
    expect(rate(vmm)).toBeCloseTo(10 * report.table.find(({ id }) => id === 'vmm')!.percent!)
    expect(choices.every(({ inflation }) => inflation >= 1)).toBe(true)
  })

  it('takes the run\'s own rate where none is typed, and names the field that is wrong', () => {
    const { choices, ratePerSecond } = planChoices(run)
    const asked = planRequest(fields, choices[0]!, ratePerSecond)
    expect(asked).toMatchObject({ request: { halfWidth: 0.005, difference: 0.01, power: 0.8 } })
    expect('request' in asked && asked.request.ratePerSecond).toBeCloseTo(report.sampling!.foundHz)
    const wrong = planRequest({ ...fields, precision: '', power: '100', rate: 'x' }, choices[0]!, null)
    expect('problems' in wrong && Object.keys(wrong.problems).sort()).toEqual(['power', 'precision', 'rate'])
  })

  it('has nothing to plan for without samples, and worlds of a recorded profile', () => {
    const unsampled = simulate({ ...defaultScenario, bytes: 500_000, samplerHz: 0 }).report
    expect(planChoices({ ...run, report: unsampled }).choices).toEqual([])
    const imported = importedRun('i')
    expect(planChoices(imported).choices).toEqual([])
    const worlds = [{ world: 2, share: 0.5, lo: 0.4, hi: 0.6, effectiveSamples: 100, words: '' }]
    const known = { ...imported, source: { ...imported.source, report: { ...imported.source.report, worlds } } }
    expect(planChoices(known).choices[0]).toMatchObject({ share: 0.5, inflation: 5, whole: 'total time' })
  })
})

describe('intervals between samples', () => {
  it('are named by their class; the last is open', () => {
    const bars = gapBars([1, 0, 0, 0, 0, 0, 0, 0, 0, 7])
    expect(bars[0]).toEqual({ name: '0–0.5', words: '0 to 0.5 periods', count: 1 })
    expect(bars.at(-1)).toEqual({ name: '100+', words: '100 periods or more', count: 7 })
  })
})
