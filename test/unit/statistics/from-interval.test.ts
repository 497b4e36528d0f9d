import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pOfInterval } from '../../../engine/statistics/from-interval'
import { normalQuantile, normalTail } from '../../../engine/statistics/normal'

describe('the p-value of an interval', () => {
  it('is the normal one for a symmetric interval', () => {
    expect(pOfInterval(1.959964, 0, 3.919928)).toBeCloseTo(0.05, 5)
    expect(pOfInterval(-2.575829, -2.575829 - 1.959964, -2.575829 + 1.959964)).toBeCloseTo(0.01, 5)
    expect(pOfInterval(0, -1, 1)).toBe(1)
  })

  it('is below 5 % exactly when the interval leaves zero out', () => {
    fc.assert(fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0.01, max: 20, noNaN: true }),
      fc.double({ min: 0.01, max: 20, noNaN: true }), (difference, below, above) => {
        const [lo, hi] = [difference - below, difference + above]
        fc.pre(Math.min(Math.abs(lo), Math.abs(hi)) > 1e-9)
        expect(pOfInterval(difference, lo, hi) < 0.05).toBe(lo > 0 || hi < 0)
      }))
  })
})

describe('the tail of the normal distribution', () => {
  it('undoes the quantile', () => {
    for (const p of [0.4, 0.1, 0.025, 1e-4, 1e-8, 1e-12]) expect(normalTail(-normalQuantile(p)) / p).toBeCloseTo(1, 6)
    expect(normalTail(0)).toBeCloseTo(0.5, 12)
    expect(normalTail(40)).toBe(0)
  })
})
