import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../../engine/statistics/normal'
import { newcombe, wilson } from '../../../engine/statistics/share'

describe('the normal quantile', () => {
  it('gives the printed check values of AS 241', () => {
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 14)
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 13)
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798408, 12)
  })
  it('is odd about one half and knows 95 %', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect(normalQuantile(0.025)).toBeCloseTo(-normalQuantile(0.975), 14)
  })
  it('refuses what is no probability', () => {
    for (const p of [0, 1, -1, 2, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError)
  })
})

describe('wilson', () => {
  it('gives the score intervals of the examples in Newcombe 1998 (proportions, table I)', () => {
    const [lo, hi] = wilson(81, 263)!
    expect(lo).toBeCloseTo(0.2553, 4)
    expect(hi).toBeCloseTo(0.3662, 4)
    const [lo15, hi15] = wilson(15, 148)!
    expect(lo15).toBeCloseTo(0.0624, 4)
    expect(hi15).toBeCloseTo(0.1605, 4)
    const [lo0, hi0] = wilson(0, 20)!
    expect(lo0).toBe(0)
    expect(hi0).toBeCloseTo(0.1611, 4)
    const [lo1, hi1] = wilson(1, 29)!
    expect(lo1).toBeCloseTo(0.0061, 4)
    expect(hi1).toBeCloseTo(0.1718, 4)
  })
  it('has no answer without samples and refuses impossible counts', () => {
    expect(wilson(0, 0)).toBeNull()
    expect(() => wilson(5, 4)).toThrow(RangeError)
    expect(() => wilson(-1, 4)).toThrow(RangeError)
  })
  it('is wider at a higher confidence', () => {
    const at95 = wilson(30, 100)!
    const at99 = wilson(30, 100, 0.99)!
    expect(at99[0]).toBeLessThan(at95[0])
    expect(at99[1]).toBeGreaterThan(at95[1])
  })
})

describe('newcombe', () => {
  it('gives method 10 of the examples in Newcombe 1998 (differences, table II)', () => {
    const a = newcombe(56, 70, 48, 80)!
    expect(a.difference).toBeCloseTo(0.2, 12)
    expect(a.lo).toBeCloseTo(0.0524, 4)
    expect(a.hi).toBeCloseTo(0.3339, 4)
    const b = newcombe(9, 10, 3, 10)!
    expect(b.lo).toBeCloseTo(0.1705, 4)
    expect(b.hi).toBeCloseTo(0.8090, 4)
    const c = newcombe(10, 10, 0, 10)!
    expect(c.lo).toBeCloseTo(0.6075, 4)
    expect(c.hi).toBeCloseTo(1, 4)
  })
  it('turns round when A and B are exchanged and has no answer without samples', () => {
    const ab = newcombe(12, 100, 30, 90)!
    const ba = newcombe(30, 90, 12, 100)!
    expect(ab.difference).toBeCloseTo(-ba.difference, 15)
    expect(ab.lo).toBeCloseTo(-ba.hi, 15)
    expect(newcombe(0, 0, 1, 2)).toBeNull()
    expect(newcombe(1, 2, 0, 0)).toBeNull()
  })
})
