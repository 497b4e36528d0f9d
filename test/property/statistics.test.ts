import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareDifference } from '../../engine/statistics/difference'
import { benjaminiHochberg } from '../../engine/statistics/multiple'
import { dependentInterval } from '../../engine/statistics/dependence'
import { shareInterval } from '../../engine/statistics/interval'

const counts = fc.integer({ min: 1, max: 1_000_000 }).chain((n) => fc.record({
  n: fc.constant(n),
  hits: fc.integer({ min: 0, max: n }),
  effective: fc.option(fc.double({ min: 1e-3, max: 2e6, noNaN: true }), { nil: undefined }),
}))

describe('intervals', () => {
  it('hold their share, stay within 0..1, grow with confidence and with dependence', () => {
    fc.assert(fc.property(counts, ({ hits, n, effective }) => {
      const at95 = shareInterval(hits, n, 0.95, effective)
      const at99 = shareInterval(hits, n, 0.99, effective)
      if (!at95.known || !at99.known) throw new Error('counts have an interval')
      expect(at95.lo).toBeGreaterThanOrEqual(0)
      expect(at95.lo).toBeLessThanOrEqual(hits / n)
      expect(at95.hi).toBeGreaterThanOrEqual(hits / n)
      expect(at95.hi).toBeLessThanOrEqual(1)
      expect(at95.hi).toBeGreaterThan(at95.lo)
      expect(at99.hi - at99.lo).toBeGreaterThanOrEqual(at95.hi - at95.lo)
      expect(at95.effectiveN).toBeLessThanOrEqual(n)
    }))
  })
  it('any sequence has an interval or a reason, and no NaN anywhere', () => {
    const sample = fc.oneof({ weight: 60, arbitrary: fc.constantFrom(0, 1, 1, 2, Infinity) }, fc.constant(Number.NaN))
    const samples = fc.array(sample, { maxLength: 200 })
    fc.assert(fc.property(samples, (sequence) => {
      const found = dependentInterval(sequence)
      if (found.known) expect(Object.values(found).some((x) => Number.isNaN(x))).toBe(false)
      else expect(found.why.length).toBeGreaterThan(10)
    }))
  })
})

describe('differences', () => {
  it('of a side with itself are 0 and hold 0', () => {
    fc.assert(fc.property(counts, (a) => {
      const same = shareDifference(a, a)
      if (!same.known) throw new Error('counts have a difference')
      expect(same.difference).toBe(0)
      expect(same.lo).toBeLessThanOrEqual(0)
      expect(same.hi).toBe(-same.lo)
      expect(same.p).toBe(1)
    }))
  })
  it('turn round exactly when the sides are exchanged', () => {
    fc.assert(fc.property(counts, counts, (a, b) => {
      const ab = shareDifference(a, b)
      const ba = shareDifference(b, a)
      if (!ab.known || !ba.known) throw new Error('counts have a difference')
      expect(ab.difference + ba.difference).toBe(0)
      expect(ab.lo + ba.hi).toBe(0)
      expect(ab.hi + ba.lo).toBe(0)
      expect(ab.p).toBe(ba.p)
      expect(ab.p).toBeGreaterThanOrEqual(0)
      expect(ab.p).toBeLessThanOrEqual(1)
    }))
  })
})

describe('Benjamini and Hochberg', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 })
  it('adjusts upwards, keeps the order, and rejects more with a larger q', () => {
    fc.assert(fc.property(pValues, (ps) => {
      const { adjusted, rejected } = benjaminiHochberg(ps, 0.05)
      const more = benjaminiHochberg(ps, 0.2).rejected
      ps.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p)
        expect(adjusted[i]).toBeLessThanOrEqual(1)
        ps.forEach((other, j) => { if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!) })
        if (rejected[i]) expect(more[i]).toBe(true)
      })
    }))
  })
})
