import { describe, expect, it } from 'vitest'
import { clopperPearson, shareInterval } from '../../../engine/statistics/interval'
import { wilson } from '../../../engine/statistics/share'
import { binomial, exactCoverage, holds, partOfSeeds } from './sequences'

const TRIALS = 2000
const text = (pattern: RegExp) => expect.stringMatching(pattern) as string

describe('the exact interval', () => {
  it('gives the Clopper-Pearson intervals of Newcombe 1998 (proportions, table I, method 5)', () => {
    const near = (found: [number, number] | null, lo: number, hi: number) => {
      expect(found![0]).toBeCloseTo(lo, 4)
      expect(found![1]).toBeCloseTo(hi, 4)
    }
    near(clopperPearson(81, 263), 0.2527, 0.3676)
    near(clopperPearson(15, 148), 0.0578, 0.1617)
    near(clopperPearson(0, 20), 0, 0.1684)
    near(clopperPearson(1, 29), 0.0009, 0.1776)
  })
  it('has closed forms without hits and without misses', () => {
    for (const n of [1, 7, 5000, 1e8]) {
      expect(clopperPearson(0, n)![1] / (1 - Math.pow(0.025, 1 / n))).toBeCloseTo(1, 6)
      expect(clopperPearson(n, n)![0]).toBeCloseTo(Math.pow(0.025, 1 / n), 9)
      expect(clopperPearson(0, n)![0]).toBe(0)
      expect(clopperPearson(n, n)![1]).toBe(1)
    }
  })
})

describe('the interval of a share', () => {
  it('takes the exact method for few hits or few misses and Wilson\'s else', () => {
    expect(shareInterval(9, 1000)).toMatchObject({ method: 'Clopper-Pearson', effectiveN: 1000, share: 0.009 })
    expect(shareInterval(991, 1000)).toMatchObject({ method: 'Clopper-Pearson' })
    expect(shareInterval(10, 1000)).toMatchObject({ method: 'Wilson' })
    const [lo, hi] = wilson(10, 1000)!
    expect(shareInterval(10, 1000)).toMatchObject({ lo, hi })
  })
  it('scales hits and samples to the effective number, keeps the share, and is never surer than independent', () => {
    const dependent = shareInterval(400, 1000, 0.95, 100)
    const [lo, hi] = wilson(40, 100)!
    expect(dependent).toMatchObject({ share: 0.4, n: 1000, effectiveN: 100, method: 'Wilson' })
    expect(dependent.known && Math.abs(dependent.lo - lo) + Math.abs(dependent.hi - hi)).toBeLessThan(1e-12)
    expect(shareInterval(50, 1000, 0.95, 100)).toMatchObject({ method: 'Clopper-Pearson' })
    expect(shareInterval(400, 1000, 0.95, 5000)).toEqual(shareInterval(400, 1000))
    expect(shareInterval(1000, 1000, 0.95, 0.3)).toMatchObject({ share: 1, hi: 1 })
  })
  it('says in words what it is', () => {
    expect(shareInterval(400, 1000, 0.95, 100)).toMatchObject({
      words: '400 hits of 1000 samples, which count as 100 independent ones (Wilson 1927)',
    })
    expect(shareInterval(1, 1)).toMatchObject({
      hi: 1, words: '1 hit of 1 sample (exact, Clopper and Pearson 1934); one sample says almost nothing',
    })
    const one = shareInterval(1, 1)
    expect(one.known && one.lo).toBeCloseTo(0.025, 12)
  })
  it('explains what has no interval, never NaN', () => {
    const cases: [number, number, number | undefined, RegExp][] = [
      [0, 0, undefined, /no samples/],
      [Number.NaN, 5, undefined, /not a count/],
      [1, Number.NaN, undefined, /not a count/],
      [1, Infinity, undefined, /not a count/],
      [-1, 5, undefined, /negative/],
      [6, 5, undefined, /more hits than samples/],
      [1, 5, Number.NaN, /effective/],
      [1, 5, 0, /effective/],
    ]
    for (const [hits, n, effective, why] of cases) {
      expect(shareInterval(hits, n, 0.95, effective)).toEqual({ known: false, why: text(why) })
    }
    expect(() => shareInterval(1, 5, 95)).toThrow(RangeError)
  })
})

describe('coverage over 2000 seeded runs', () => {
  it.each([0.005, 0.1, 0.4])('Wilson, n = 5000, a share of %f: 93.5 to 96.5 of 100', (share) => {
    const part = partOfSeeds(TRIALS, (uniform) => {
      const [lo, hi] = wilson(binomial(uniform, 5000, share), 5000)!
      return lo <= share && share <= hi
    })
    expect(part).toBeGreaterThanOrEqual(0.935)
    expect(part).toBeLessThanOrEqual(0.965)
  })
  // Monte Carlo error of 2000 trials at 95 %: sqrt(0.95 * 0.05 / 2000) = 0.49 points; two of them are allowed for.
  it.each([[0.001, 5000], [0.0005, 5000], [0.004, 1000], [0.3, 20], [0.97, 100]])(
    'exact, a share of %f, n = %d: at least 95 of 100, less one', (share, n) => {
      const part = partOfSeeds(TRIALS, (uniform) => {
        const [lo, hi] = clopperPearson(binomial(uniform, n, share), n)!
        return lo <= share && share <= hi
      })
      expect(part).toBeGreaterThanOrEqual(0.94)
    },
  )
  it.each([[0.002, 5000], [0.005, 2000]])('the chosen method about the change, a share of %f, n = %d', (share, n) => {
    const part = partOfSeeds(TRIALS, (uniform) => holds(shareInterval(binomial(uniform, n, share), n), share))
    expect(part).toBeGreaterThanOrEqual(0.935)
  })
})

describe('coverage summed over all outcomes, without chance', () => {
  it.each([0.005, 0.1, 0.4, 0.995])('Wilson, a share of %f, from n = 5000 on: 93.5 to 96.5 of 100', (share) => {
    for (const n of [5000, 5003, 8000, 20_000, 50_000]) {
      const covered = exactCoverage(share, n, wilson)
      expect(covered).toBeGreaterThan(0.935)
      expect(covered).toBeLessThan(0.965)
    }
  })
  it.each([0.0001, 0.0007, 0.002, 0.03, 0.5, 0.99])('exact, a share of %f: 95 of 100 at least', (share) => {
    for (const n of [1, 10, 137, 5000]) expect(exactCoverage(share, n, clopperPearson)).toBeGreaterThanOrEqual(0.95)
  })
})
