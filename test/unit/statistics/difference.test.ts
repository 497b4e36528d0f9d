import { describe, expect, it } from 'vitest'
import { dependenceOf } from '../../../engine/statistics/dependence'
import {
  differenceP, differencesOfRows, shareDifference,
} from '../../../engine/statistics/difference'
import { benjaminiHochberg } from '../../../engine/statistics/multiple'
import { binomial, holds, markov, partOfSeeds } from './sequences'

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string

describe('the difference of two shares', () => {
  it('is Newcombe\'s method 10 (1998, table II) and scales both sides to effective counts', () => {
    const plain = shareDifference({ hits: 56, n: 70 }, { hits: 48, n: 80 })
    const figures = plain.known ? [plain.difference, plain.lo, plain.hi] : []
    expect(figures.map((x) => Number(x.toFixed(4)))).toEqual([0.2, 0.0524, 0.3339])
    const scaled = shareDifference({ hits: 560, n: 700, effective: 70 }, { hits: 480, n: 800, effective: 80 })
    expect(scaled.known && plain.known && Math.abs(scaled.lo - plain.lo)).toBeLessThan(1e-9)
    expect(scaled.known && plain.known && Math.abs(scaled.p - plain.p)).toBeLessThan(1e-9)
  })
  it('covers the true difference', () => {
    const part = partOfSeeds(2000, (uniform) => {
      const a = { hits: binomial(uniform, 1500, 0.1), n: 1500 }
      return holds(shareDifference(a, { hits: binomial(uniform, 900, 0.13), n: 900 }), -0.03)
    })
    expect(part).toBeGreaterThan(0.935)
    expect(part).toBeLessThan(0.97)
  })
  it('explains what has no difference', () => {
    expect(shareDifference({ hits: 0, n: 0 }, { hits: 1, n: 2 })).toMatchObject({ why: text(/^first: no samples/) })
    expect(shareDifference({ hits: 1, n: 2 }, { hits: 1, n: 0 })).toMatchObject({ known: false })
    expect(shareDifference({ hits: 1, n: 2 }, { hits: Number.NaN, n: 3 })).toMatchObject({ known: false })
  })
})

describe('the p-value of a difference', () => {
  it('is the N - 1 chi-square of Campbell 2007: 9 of 29 against 3 of 34', () => {
    // by hand: chi-square = (ad - bc)^2 (N - 1) / (m n r s), here (9*31 - 20*3)^2 * 62 / (29 * 34 * 12 * 51)
    const chiSquare = (9 * 31 - 20 * 3) ** 2 * 62 / (29 * 34 * 12 * 51)
    const { p, test } = differenceP(9, 29, 3, 34)
    expect(test).toBe('score')
    expect(chiSquare).toBeCloseTo(4.92778, 5)
    // tail of chi-square with one degree of freedom, from R: pchisq(4.92778308, 1, lower.tail = FALSE)
    expect(p).toBeCloseTo(0.0264274, 4)
  })
  it('is conditional and exact for rare counts', () => {
    expect(differenceP(0, 1000, 6, 1000)).toEqual({ p: expect.closeTo(2 / 64, 10) as number, test: 'conditional' })
    expect(differenceP(994, 1000, 1000, 1000).p).toBeCloseTo(2 / 64, 10)
    expect(differenceP(0, 1000, 0, 700).p).toBe(1)
    expect(differenceP(3, 1000, 4, 1000).p).toBe(1)
  })
  it.each([[0.4, 500, 500], [0.1, 2000, 300], [0.004, 1000, 1000], [0.01, 3000, 700]])(
    'keeps its false rate of 5 in 100: a share of %f, n %d and %d', (share, nA, nB) => {
      // Monte Carlo error: sqrt(0.05 * 0.95 / 2000) = 0.49 points; two and a half are allowed for
      const part = partOfSeeds(2000, (uniform) =>
        differenceP(binomial(uniform, nA, share), nA, binomial(uniform, nB, share), nB).p <= 0.05)
      expect(part).toBeLessThan(0.0625)
    },
  )
  it('is near its level, not far below, where counts are large', () => {
    const part = partOfSeeds(2000, (uniform) =>
      differenceP(binomial(uniform, 2000, 0.2), 2000, binomial(uniform, 2000, 0.2), 2000).p <= 0.05)
    expect(part).toBeGreaterThan(0.0375)
  })
})

describe('the difference of dependent samples', () => {
  it('keeps its false rate with effective numbers of samples, and not without', () => {
    const n = 3000
    let naive = 0
    const corrected = partOfSeeds(1000, (uniform) => {
      const sides = [markov(uniform, n, 0.2, 0.8), markov(uniform, n, 0.2, 0.8)].map((sequence) => {
        const found = dependenceOf(sequence)
        if (!found.known) throw new Error(found.why)
        return { hits: found.hits, n, effective: found.effectiveN }
      })
      if (differenceP(sides[0].hits, n, sides[1].hits, n).p <= 0.05) naive++
      const found = shareDifference(sides[0], sides[1])
      return found.known && found.p <= 0.05
    })
    // Monte Carlo error of 1000 trials: 0.7 points
    expect(corrected).toBeLessThan(0.0675)
    expect(corrected).toBeGreaterThan(0.01)
    expect(naive / 1000).toBeGreaterThan(0.3)
  })
})

describe('Benjamini and Hochberg', () => {
  // The fifteen p-values of their example, section 3.2: the four smallest are rejected at 5 %.
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1,
  ]
  it('rejects the four of their example', () => {
    const { rejected, adjusted, tests } = benjaminiHochberg(published)
    expect(rejected).toEqual(published.map((_, i) => i < 4))
    expect(adjusted[3]).toBeCloseTo(0.0095 * 15 / 4, 12)
    // the sixth takes the seventh's, which is smaller than its own
    expect(adjusted[5]).toBeCloseTo(0.0298 * 15 / 7, 12)
    expect(tests).toBe(15)
  })
  it('does not mind the order, and leaves out what was not tested', () => {
    const { rejected, adjusted, tests } = benjaminiHochberg([...published, null, Number.NaN].reverse())
    expect(rejected.slice(2).reverse()).toEqual(published.map((_, i) => i < 4))
    expect([rejected[0], rejected[1], adjusted[0], adjusted[1], tests]).toEqual([false, false, null, null, 15])
    expect(benjaminiHochberg([])).toEqual({ rejected: [], adjusted: [], tests: 0 })
  })
  it('steps up: a p-value above its own line is rejected with a later one below', () => {
    expect(benjaminiHochberg([0.04, 0.045]).rejected).toEqual([true, true])
    expect(benjaminiHochberg([0.04, 0.06]).rejected).toEqual([false, false])
  })
})

describe('rows of two profiles', () => {
  it('gives B minus A, verdicts that follow the adjusted p-value, and words', () => {
    const [up, down, same, none, zero] = differencesOfRows([
      { hitsA: 100, nA: 1000, hitsB: 200, nB: 1000 },
      { hitsA: 200, nA: 1000, hitsB: 100, nB: 1000 },
      { hitsA: 100, nA: 1000, hitsB: 101, nB: 1000 },
      { hitsA: 0, nA: 0, hitsB: 5, nB: 1000 },
      { hitsA: 0, nA: 1000, hitsB: 0, nB: 1000 },
    ])
    expect(up).toMatchObject({
      verdict: 'higher',
      words: 'B is higher: 10 % to 20 % (B minus A: 6.89 to 13.1 points; p below 0.0001, adjusted for 4 rows).',
    })
    expect(up.known && up.difference).toBeCloseTo(0.1, 12)
    expect(down).toMatchObject({ verdict: 'lower' })
    expect(same).toMatchObject({
      verdict: 'no evidence', words: text(/^No evidence of a difference: .* p 1, adjusted for 4 rows\)\.$/),
    })
    expect(none).toMatchObject({ known: false, verdict: 'no evidence', why: text(/^A: no samples/) })
    expect(zero).toMatchObject({ known: true, difference: 0, p: 1, verdict: 'no evidence' })
  })
  it('says so where a difference that stands alone falls among many rows', () => {
    const quiet = Array.from({ length: 19 }, () => ({ hitsA: 100, nA: 1000, hitsB: 100, nB: 1000 }))
    const [first] = differencesOfRows([{ hitsA: 100, nA: 1000, hitsB: 130, nB: 1000 }, ...quiet])
    expect(first.known && first.lo).toBeGreaterThan(0)
    expect(first).toMatchObject({ verdict: 'no evidence', words: text(/taken alone it would seem to differ/) })
  })
  it('keeps the false discovery rate over 2000 seeds, 12 rows still and 4 moved', () => {
    let falsePart = 0
    let found = 0
    const still = [0.4, 0.2, 0.1, 0.05, 0.05, 0.02, 0.02, 0.01, 0.01, 0.005, 0.005, 0.002]
    partOfSeeds(2000, (uniform) => {
      const n = 400
      const row = (a: number, b: number) =>
        ({ hitsA: binomial(uniform, n, a), nA: n, hitsB: binomial(uniform, n, b), nB: n })
      const results = differencesOfRows([
        ...still.map((share) => row(share, share)),
        row(0.1, 0.17), row(0.3, 0.2), row(0.05, 0.1), row(0.02, 0.06),
      ])
      const called = results.map((r) => r.verdict !== 'no evidence')
      const wrong = called.slice(0, still.length).filter(Boolean).length
      const all = called.filter(Boolean).length
      falsePart += all === 0 ? 0 : wrong / all
      found += all - wrong
      return true
    })
    expect(falsePart / 2000).toBeLessThan(0.05)
    expect(falsePart).toBeGreaterThan(0)
    // it must also find: of 4 x 2000 moved rows well over half
    expect(found / 8000).toBeGreaterThan(0.6)
  })
})
