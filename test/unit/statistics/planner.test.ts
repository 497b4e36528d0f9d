import { describe, expect, it } from 'vitest'
import { differenceP } from '../../../engine/statistics/difference'
import { powerOf, samplesForDifference, samplesForShare, visibleDifference } from '../../../engine/statistics/planner'
import { wilson } from '../../../engine/statistics/share'
import { binomial, partOfSeeds } from './sequences'

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string

describe('samples for a share', () => {
  it.each([[0.5, 0.01], [0.1, 0.01], [0.005, 0.002], [0, 0.01], [1, 0.001], [0.4, 0.3]])(
    'is the smallest number with that half-width: a share of %f to +-%f', (share, halfWidth) => {
      const plan = samplesForShare(share, halfWidth)
      if (!plan.known) throw new Error(plan.why)
      const half = (n: number) => {
        const [lo, hi] = wilson(share * n, n)!
        return (hi - lo) / 2
      }
      expect(half(plan.samples)).toBeLessThanOrEqual(halfWidth)
      if (plan.samples > 1) expect(half(plan.samples - 1)).toBeGreaterThan(halfWidth)
    },
  )
  it('counts dependence and time, and says so', () => {
    const plain = samplesForShare(0.1, 0.01)
    const plan = samplesForShare(0.1, 0.01, { inflation: 4, ratePerSecond: 1000 })
    if (!plan.known || !plain.known) throw new Error('must answer')
    expect(plan).toMatchObject({ independentSamples: plain.samples, samples: 4 * plain.samples })
    expect(plan.seconds).toBe(plan.samples / 1000)
    expect(plan.words).toMatch(/^To know a share of about 10 % to \+-1 point, take \d+ samples, as much as \d+ inde/)
    expect(plan.words).toMatch(/; 13\.\d s at 1000 a second\.$/)
    expect(plain).toMatchObject({ seconds: null })
  })
  it('explains what cannot be planned', () => {
    expect(samplesForShare(Number.NaN, 0.01)).toMatchObject({ known: false, why: text(/no share/) })
    expect(samplesForShare(0.1, 0)).toMatchObject({ known: false, why: text(/cannot be aimed at/) })
    expect(samplesForShare(0.1, Number.NaN)).toMatchObject({ known: false })
    expect(samplesForShare(0.1, 1e-12)).toMatchObject({ known: false, why: text(/more samples than can be taken/) })
    expect(samplesForShare(0.1, 0.01, { inflation: Number.NaN })).toMatchObject({ known: false })
    expect(samplesForShare(0.1, 0.01, { ratePerSecond: 0 })).toMatchObject({ known: false, why: text(/takes none/) })
  })
})

describe('samples for a difference', () => {
  it('gives Fleiss\' number for 40 against 50 in a hundred', () => {
    const plan = samplesForDifference(0.4, 0.1)
    if (!plan.known) throw new Error(plan.why)
    // by hand: (1.95996 sqrt(2 * 0.45 * 0.55) + 0.84162 sqrt(0.24 + 0.25))^2 / 0.01 = 387.3
    expect(plan.samples).toBe(388)
    expect(plan.words).toMatch(/^To see with 80 % certainty that a share of 40 % changed by 10 points, take 388 /)
  })
  // Monte Carlo error of 2000 trials at 80 %: 0.9 points; two are allowed for.
  it.each([[0.4, 0.05], [0.1, 0.03], [0.02, 0.01], [0.005, 0.004], [0.01, 0.05], [0, 0.01], [0.97, 0.02], [1, 0.02]])(
    'reaches its power in simulation: a share of %f, a change of %f', (share, change) => {
      const plan = samplesForDifference(share, change)
      if (!plan.known) throw new Error(plan.why)
      const n = plan.samples
      const others = [share + change, share - change].filter((other) => other >= 0 && other <= 1)
      const powers = others.map((other) => partOfSeeds(2000, (uniform) =>
        differenceP(binomial(uniform, n, share), n, binomial(uniform, n, other), n).p <= 0.05))
      expect(Math.min(...powers)).toBeGreaterThan(0.78)
      // and does not ask for far too much
      expect(Math.min(...powers)).toBeLessThan(0.9)
    },
  )
  it('asks for more with more rows, more power and a smaller level', () => {
    const of = (options: object) => {
      const plan = samplesForDifference(0.1, 0.03, options)
      return plan.known ? plan.samples : 0
    }
    expect(of({ rows: 16 })).toBeGreaterThan(of({}))
    expect(of({ rows: 16 })).toBe(of({ alpha: 0.05 / 16 }))
    expect(of({ power: 0.95 })).toBeGreaterThan(of({}))
    expect(of({ inflation: 3 })).toBe(3 * of({}))
  })
  it('explains what cannot be planned', () => {
    expect(samplesForDifference(0.4, 0)).toMatchObject({ known: false, why: text(/difference of nothing/) })
    expect(samplesForDifference(0.4, 0.7)).toMatchObject({ known: false, why: text(/cannot change by 70 points/) })
    expect(samplesForDifference(0.4, Number.NaN)).toMatchObject({ known: false })
    expect(samplesForDifference(0.4, 1e-9)).toMatchObject({ known: false, why: text(/more samples than can/) })
    expect(() => samplesForDifference(0.4, 0.1, { power: 1 })).toThrow(RangeError)
    expect(() => samplesForDifference(0.4, 0.1, { rows: 0 })).toThrow(RangeError)
  })
})

describe('what a number of samples can show', () => {
  it('is the inverse of the plan', () => {
    const found = visibleDifference(0.4, 388)
    if (!found.known) throw new Error(found.why)
    expect(found.rise).toBeCloseTo(0.1, 3)
    expect(found.fall!).toBeLessThan(0.1)
    expect(powerOf(388, 0.4, 0.4 - found.fall!, 0.05)).toBeCloseTo(0.8, 6)
  })
  it('says none where even all or nothing would not show', () => {
    expect(visibleDifference(0.001, 1000)).toMatchObject({ fall: null, words: text(/a fall of none/) })
    expect(visibleDifference(0, 1000)).toMatchObject({ known: true, fall: null })
    expect(visibleDifference(0.5, 1)).toMatchObject({ known: false, why: text(/cannot show/) })
    expect(visibleDifference(0.5, Number.NaN)).toMatchObject({ known: false })
    expect(visibleDifference(2, 100)).toMatchObject({ known: false })
  })
})
