import { describe, expect, it } from 'vitest'
import { runsSummary, welchDifference } from '../../../engine/statistics/runs'
import { binomial, holds, partOfSeeds, type Uniform } from './sequences'

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string
/** Nearly normal: the sum of twelve uniform numbers. */
const normal = (uniform: Uniform, mean: number, sd: number) => {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += uniform()
  return mean + sd * sum
}

describe('several runs a side', () => {
  it('gives mean, spread and Student\'s interval', () => {
    const found = runsSummary([0.1, 0.12, 0.11, 0.15, 0.12])
    if (!found.known || !found.interval.known || !found.sd.known) throw new Error('must answer')
    expect(found.mean).toBeCloseTo(0.12, 12)
    expect(found.sd.value).toBeCloseTo(Math.sqrt(0.0014 / 4), 12)
    // t of 0.975 with 4 degrees of freedom is 2.7764 in every table
    expect(found.interval.hi - found.mean).toBeCloseTo(2.7764 * Math.sqrt(0.0014 / 4 / 5), 6)
    expect(found.interval).toMatchObject({ method: 'Student t', degreesOfFreedom: 4 })
    expect(found.designEffect).toMatchObject({ known: false, why: text(/not given/) })
    expect(found.words).toMatch(/^Mean of 5 runs: 12 % \(9\.\d+ % to 14\.\d+ %, Student's t over the runs\)\.$/)
  })
  it('covers the mean of runs that truly differ, where pooled counts would not', () => {
    const part = partOfSeeds(2000, (uniform) => {
      const shares = Array.from({ length: 5 }, () => normal(uniform, 0.2, 0.03))
      const found = runsSummary(shares)
      return found.known && holds(found.interval as { known: boolean; lo?: number; hi?: number }, 0.2)
    })
    expect(part).toBeGreaterThan(0.935)
    expect(part).toBeLessThan(0.965)
  })
  it('compares the spread of runs with that of independent samples', () => {
    let covered = 0
    let sum = 0
    partOfSeeds(500, (uniform) => {
      const shares = Array.from({ length: 10 }, () => binomial(uniform, 300, 0.2) / 300)
      const found = runsSummary(shares, shares.map(() => 300))
      if (!found.known || !found.designEffect.known) throw new Error('must answer')
      sum += found.designEffect.designEffect
      if (found.designEffect.verdict === 'as sampling explains') covered++
      return true
    })
    expect(Math.abs(sum / 500 - 1)).toBeLessThan(0.07)
    expect(covered / 500).toBeGreaterThan(0.92)
    expect(covered / 500).toBeLessThan(0.98)
    const shares = [0.1, 0.2, 0.3, 0.1, 0.25]
    const wild = runsSummary(shares, shares.map(() => 10_000))
    expect(wild.known && wild.designEffect).toMatchObject({ verdict: 'more', words: text(/more than sampling/) })
    const tame = runsSummary([0.2, 0.2001, 0.1999, 0.2, 0.20005], shares.map(() => 1000))
    expect(tame.known && tame.designEffect).toMatchObject({ verdict: 'less', words: text(/less than independent/) })
  })
  it('explains what a run alone, equal runs and no runs cannot say', () => {
    expect(runsSummary([])).toMatchObject({ known: false, why: text(/no runs/) })
    const one = { known: false, why: text(/a single run/) }
    expect(runsSummary([0.1], [100])).toMatchObject({ mean: 0.1, interval: one, sd: one, designEffect: one })
    expect(runsSummary([0.1, 0.1, 0.1], [9, 9, 9])).toMatchObject({
      mean: 0.1, sd: { value: 0 }, interval: { known: false, why: text(/all 3 runs gave exactly 10 %/) },
    })
    const nothing = runsSummary([0, 0], [9, 9])
    expect(nothing).toMatchObject({ mean: 0, interval: { known: false }, designEffect: { known: false } })
    expect(runsSummary([0.1, Number.NaN])).toMatchObject({ known: false, why: text(/run 2 has a share of NaN/) })
    expect(runsSummary([0.1, 0.2], [9])).toMatchObject({ designEffect: { known: false, why: text(/2 runs, but 1/) } })
    const empty = { designEffect: { known: false, why: 'run 2 has no samples' } }
    expect(runsSummary([0.1, 0.2], [9, 0])).toMatchObject(empty)
  })
})

describe('Welch\'s difference', () => {
  it('gives t, degrees of freedom and p of a worked case', () => {
    // by hand: means 0.3 and 0.2, variances 0.01 and 0.0001 of 4 and 3 runs
    const a = [0.2, 0.25, 0.35, 0.4].map((x) => 0.3 + (x - 0.3) * Math.sqrt(0.01 * 3 / 0.025))
    const found = welchDifference(a, [0.19, 0.2, 0.21])
    if (!found.known) throw new Error(found.why)
    const variance = 0.01 / 4 + 0.0001 / 3
    expect(found.difference).toBeCloseTo(0.1, 12)
    expect(found.degreesOfFreedom).toBeCloseTo(variance ** 2 / ((0.01 / 4) ** 2 / 3 + (0.0001 / 3) ** 2 / 2), 9)
    expect((found.lo < 0) === (found.p > 0.05)).toBe(true)
    // exchanged, everything turns round
    const back = welchDifference([0.19, 0.2, 0.21], a)
    expect(back.known && [back.difference + found.difference, back.lo + found.hi, back.p - found.p]).toEqual([0, 0, 0])
  })
  it('keeps its level and covers with unequal spreads', () => {
    let falsely = 0
    const part = partOfSeeds(2000, (uniform) => {
      const a = Array.from({ length: 4 }, () => normal(uniform, 0.3, 0.05))
      const found = welchDifference(a, Array.from({ length: 8 }, () => normal(uniform, 0.3, 0.01)))
      if (found.known && found.p <= 0.05) falsely++
      return holds(found, 0)
    })
    expect(part).toBeGreaterThan(0.935)
    expect(falsely / 2000).toBeLessThan(0.065)
    expect(falsely / 2000 + part).toBeCloseTo(1, 9)
  })
  it('explains single runs, equal runs and NaN', () => {
    expect(welchDifference([0.1], [0.1, 0.2])).toMatchObject({ known: false, why: text(/single run/) })
    expect(welchDifference([0.1, 0.1], [0.2, 0.2])).toMatchObject({ known: false, why: text(/exactly alike/) })
    expect(welchDifference([], [0.2, 0.2])).toMatchObject({ known: false, why: text(/no runs/) })
    expect(welchDifference([0.1, Number.NaN], [0.2, 0.2])).toMatchObject({ known: false })
  })
})
