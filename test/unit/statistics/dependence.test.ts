import { describe, expect, it } from 'vitest'
import { bootstrapInterval } from '../../../engine/statistics/bootstrap'
import {
  autocorrelation, dependenceOf, dependentInterval, indicator, intervalsOfRows,
} from '../../../engine/statistics/dependence'
import { shareInterval } from '../../../engine/statistics/interval'
import { Random } from '../../../engine/machine/random'
import { holds, markov, partOfSeeds, periodic, uniformOf, type Uniform } from './sequences'

const generator = (seed: number) => {
  const random = new Random(seed, 3)
  return () => random.next()
}

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string

describe('autocorrelation', () => {
  it('is what its definition says', () => {
    const hit = markov(uniformOf(5), 400, 0.3, 0.6)
    const mean = hit.reduce((sum, x) => sum + x, 0) / hit.length
    const at = (lag: number) => {
      let sum = 0
      for (let i = 0; i + lag < hit.length; i++) sum += (hit[i] - mean) * (hit[i + lag] - mean)
      return sum / (hit.length * mean * (1 - mean))
    }
    const found = autocorrelation(hit, mean * hit.length)
    for (const lag of [0, 1, 2, 7, 150, 399]) expect(found(lag)).toBeCloseTo(at(lag), 12)
  })
})

describe('the effective number of samples', () => {
  it('finds the design effect of a Markov chain: (1 + r) / (1 - r)', () => {
    for (const [correlation, designEffect] of [[0.8, 9], [0.5, 3]]) {
      let sum = 0
      for (let seed = 1; seed <= 10; seed++) {
        const found = dependenceOf(markov(uniformOf(seed), 100_000, 0.3, correlation))
        if (!found.known) throw new Error(found.why)
        expect(Math.abs(found.lag1! - correlation)).toBeLessThan(0.02)
        expect(found.slow).toBe(false)
        sum += found.designEffect / designEffect
      }
      // the larger of two estimates, and Student's factor: somewhat above, on the whole
      expect(sum / 10).toBeGreaterThan(0.98)
      expect(sum / 10).toBeLessThan(1.25)
    }
  })
  it('leaves independent samples nearly all their weight and never gives more than n', () => {
    let sum = 0
    for (let seed = 1; seed <= 40; seed++) {
      const found = dependenceOf(markov(uniformOf(seed), 20_000, 0.1, 0))
      if (!found.known) throw new Error(found.why)
      expect(found.effectiveN).toBeLessThanOrEqual(20_000)
      sum += found.effectiveN / 20_000
    }
    expect(sum / 40).toBeGreaterThan(0.75)
    const alternating = Uint8Array.from({ length: 1000 }, (_, i) => i % 2)
    expect(dependenceOf(alternating)).toMatchObject({ designEffect: 1, method: 'none found' })
  })
  it('says that a run is too short for a memory as long as itself', () => {
    const once = Uint8Array.from({ length: 2000 }, (_, i) => (i < 1200 ? 1 : 0))
    expect(dependenceOf(once)).toMatchObject({ slow: true, words: text(/too short to tell/) })
    const found = dependenceOf(once)
    expect(found.known && found.effectiveN).toBeLessThan(10)
  })
  it('takes ids of worlds as well as 0 and 1', () => {
    const bits = markov(uniformOf(3), 3000, 0.3, 0.7)
    const ids = Int32Array.from(bits, (bit) => (bit === 1 ? 42 : -7))
    expect(dependenceOf(ids, 42)).toEqual(dependenceOf(bits, 1))
    expect(indicator(ids, -7).reduce((sum, x) => sum + x, 0)).toBe(3000 - bits.reduce((sum, x) => sum + x, 0))
  })
  it('explains what shows no dependence', () => {
    expect(dependenceOf([])).toMatchObject({ known: false, why: text(/no samples/) })
    expect(dependenceOf([1])).toMatchObject({ known: false, why: text(/too few/) })
    expect(dependenceOf(new Uint8Array(100))).toMatchObject({ known: false, why: text(/none of the 100/) })
    expect(dependenceOf(new Uint8Array(100).fill(1))).toMatchObject({ known: false, why: text(/all 100/) })
    expect(dependenceOf(Float64Array.from({ length: 50 }, (_, i) => (i === 7 ? Number.NaN : 1)))).toMatchObject({
      known: false, why: 'sample 8 is not a number',
    })
  })
})

describe('intervals of the rows of one sequence', () => {
  const rows = (sequence: Uint8Array) => intervalsOfRows(sequence, [0, 1, 2, 9])
  it('lends rows without hits the dependence of the others', () => {
    const sequence = markov(uniformOf(8), 5000, 0.4, 0.8)
    sequence[77] = 2
    const [zero, one, two, nine] = rows(sequence)
    expect(zero.known && one.known && zero.effectiveN / one.effectiveN).toBeCloseTo(1, 1)
    for (const row of [two, nine]) {
      expect(row.known && row.dependence.known && row.dependence.method).toBe('borrowed')
      expect(row.known && row.effectiveN).toBeLessThan(1000)
      expect(row.known && row.hi).toBeGreaterThan(3.7 / 1000)
    }
  })
  it('falls back to independent samples, and says so', () => {
    const [zero, , , nine] = rows(new Uint8Array(100))
    expect(zero).toMatchObject({ known: true, effectiveN: 100, words: text(/samples taken as independent: all 100/) })
    expect(nine).toMatchObject({ known: true, lo: 0, effectiveN: 100, dependence: { known: false } })
    expect(dependentInterval([1, 0, 1])).toMatchObject({ known: true, n: 3, words: text(/3 samples are too few/) })
    expect(dependentInterval([])).toMatchObject({ known: false, why: text(/no samples/) })
    expect(dependentInterval([Number.NaN, 1])).toMatchObject({ known: false, why: 'sample 1 is not a number' })
  })
})

describe('coverage over 2000 seeded runs of dependent samples', () => {
  const coverage = (share: number, make: (uniform: Uniform) => Uint8Array) => {
    let effectiveHits = 0
    let naive = 0
    const corrected = partOfSeeds(2000, (uniform) => {
      const sequence = make(uniform)
      const found = dependentInterval(sequence)
      if (!found.known) return false
      effectiveHits += (found.share * found.effectiveN) / 2000
      if (holds(shareInterval(found.hits, found.n), share)) naive += 1 / 2000
      return holds(found, share)
    })
    return { naive, corrected, effectiveHits }
  }
  it.each([[0.4, 900], [0.1, 3500], [0.02, 16_000]])(
    'two states, lag-1 correlation 0.8, a share of %f, n = %d', (share, n) => {
      const { naive, corrected, effectiveHits } = coverage(share, (uniform) => markov(uniform, n, share, 0.8))
      expect(effectiveHits).toBeGreaterThan(30)
      expect(corrected).toBeGreaterThanOrEqual(0.93)
      expect(naive).toBeLessThan(0.85)
    },
  )
  // A sampler that slips slowly past a jittering period, and one at three samples a period.
  it.each([[0.3, 6000, 0.003, 0.1], [0.3, 8000, 1 / 3, 0.03]])(
    'periodic with jitter, a share of %f, n = %d, slipping by %f +- %f / 2 of a period', (share, n, step, jitter) => {
      const { naive, corrected, effectiveHits } =
        coverage(share, (uniform) => periodic(uniform, n, share, step, jitter))
      expect(effectiveHits).toBeGreaterThan(30)
      expect(corrected).toBeGreaterThanOrEqual(0.93)
      expect(naive).toBeLessThan(0.85)
    },
  )
  it('does not spoil independent samples', () => {
    const { corrected } = coverage(0.1, (uniform) => markov(uniform, 3000, 0.1, 0))
    expect(corrected).toBeGreaterThanOrEqual(0.94)
    expect(corrected).toBeLessThan(0.98)
  })
})

describe('the stationary bootstrap', () => {
  it('agrees with the corrected interval on a long chain and is the same for the same seed', () => {
    const sequence = markov(uniformOf(21), 30_000, 0.3, 0.8)
    const found = bootstrapInterval(sequence, 1, generator(1))
    const corrected = dependentInterval(sequence)
    if (!found.known || !corrected.known) throw new Error('both must answer')
    expect((found.hi - found.lo) / (corrected.hi - corrected.lo)).toBeGreaterThan(0.8)
    expect((found.hi - found.lo) / (corrected.hi - corrected.lo)).toBeLessThan(1.2)
    expect(found.meanBlock).toBeGreaterThan(10)
    expect(bootstrapInterval(sequence, 1, generator(1))).toEqual(found)
    expect(bootstrapInterval(sequence, 1, generator(2))).not.toEqual(found)
  })
  it('with stretches of one sample is the plain bootstrap', () => {
    const sequence = markov(uniformOf(22), 5000, 0.2, 0)
    const found = bootstrapInterval(sequence, 1, generator(1), { meanBlock: 1, resamples: 2000 })
    const hits = sequence.reduce((sum, x) => sum + x, 0)
    const wilson = shareInterval(hits, 5000)
    if (!found.known || !wilson.known) throw new Error('both must answer')
    expect((found.hi - found.lo) / (wilson.hi - wilson.lo)).toBeGreaterThan(0.93)
    expect((found.hi - found.lo) / (wilson.hi - wilson.lo)).toBeLessThan(1.07)
  })
  it('covers where the naive interval does not', () => {
    const part = partOfSeeds(300, (uniform) => {
      const sequence = markov(uniform, 4000, 0.3, 0.8)
      return holds(bootstrapInterval(sequence, 1, () => Math.floor(uniform() * 4294967296), { resamples: 300 }), 0.3)
    })
    // Monte Carlo error of 300 trials: 1.5 points; the percentile interval itself falls a little short of 95 %
    expect(part).toBeGreaterThan(0.9)
  })
  it('explains what cannot be resampled', () => {
    expect(bootstrapInterval([], 1, generator(1))).toMatchObject({ known: false })
    expect(bootstrapInterval(new Uint8Array(50), 1, generator(1))).toMatchObject({ known: false })
    const sequence = markov(uniformOf(1), 100, 0.5, 0)
    const tooLong = bootstrapInterval(sequence, 1, generator(1), { meanBlock: 500 })
    expect(tooLong).toMatchObject({ known: false, why: text(/stretches of 500/) })
    expect(() => bootstrapInterval(sequence, 1, generator(1), { resamples: 5 })).toThrow(RangeError)
  })
})
