import { describe, expect, it } from 'vitest'
import { bytesText, digitsFor, fixed, intervalText, progressText, secondsText, signed, significant, whole } from '../../../renderer/state/numbers'

describe('figures as text', () => {
  it('shows no digit that the interval does not support', () => {
    expect(digitsFor([29.6, 30.8])).toBe(1)
    expect(digitsFor([26, 34])).toBe(0)
    expect(digitsFor([30.35, 30.45])).toBe(2)
    expect(digitsFor([0, 100])).toBe(0)
    expect(digitsFor([5, 5])).toBe(2)
    expect(digitsFor(null)).toBe(1)
  })

  it('shows an interval that leaves zero out as one that does', () => {
    expect(intervalText([0.4, 3.2], digitsFor([0.4, 3.2]))).toBe('[0.4, 3.2]')
    expect(intervalText([-3.2, -0.03], digitsFor([-3.2, -0.03]))).toBe('[−3.20, −0.03]')
    expect(digitsFor([-0.4, 3.2])).toBe(0)
  })

  it('says how far a job is in its own unit', () => {
    expect(progressText({ done: 61_200_000, total: 100_000_000, unit: 'bytes' })).toBe('61.2 MB of 100 MB')
    expect(progressText({ done: 95, total: 1160, unit: 'runs' })).toBe('95 of 1,160 runs')
  })

  it('has a real minus sign and no negative zero', () => {
    expect(fixed(-1.25, 1)).toBe('−1.3')
    expect(fixed(-0.04, 1)).toBe('0.0')
    expect(signed(0.04, 1)).toBe('0.0')
    expect(signed(2, 1)).toBe('+2.0')
    expect(intervalText([-1, 2], 1)).toBe('[−1.0, 2.0]')
  })

  it('names sizes, times and counts', () => {
    expect(bytesText(10_000_000)).toBe('10 MB')
    expect(bytesText(61_200_000)).toBe('61.2 MB')
    expect(bytesText(12)).toBe('12 bytes')
    expect(secondsText(0.0124)).toBe('12.4 ms')
    expect(secondsText(8.5)).toBe('8.50 s')
    expect(significant(22.74)).toBe('22.7')
    expect(significant(0.779)).toBe('0.779')
    expect(significant(0)).toBe('0')
    expect(whole(1234567)).toBe('1,234,567')
  })
})
