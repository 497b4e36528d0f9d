import { describe, expect, it } from 'vitest'
import { quantile } from '../../../engine/statistics/quantile'

describe('quantiles', () => {
  it('lie between order statistics by definition 7: at (n - 1) p, counted from 0', () => {
    const column = [1, 2, 4, 8, 16]
    const wanted = [1 + 0.2 * 1, 4, 8 + 0.8 * 8]
    ;[0.05, 0.5, 0.95].forEach((p, i) => expect(quantile(column, p)).toBeCloseTo(wanted[i]!, 12))
    expect([0, 1].map((p) => quantile(column, p))).toEqual([1, 16])
  })
  it('are the one value of a column of one', () => {
    expect(quantile([7], 0.95)).toBe(7)
  })
  it('refuse what is no part, and an empty column', () => {
    expect(() => quantile([1], 1.5)).toThrow(RangeError)
    expect(() => quantile([], 0.5)).toThrow(RangeError)
  })
})
