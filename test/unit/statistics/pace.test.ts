import { describe, expect, it } from 'vitest'
import { GAP_CLASSES, paceOf } from '../../../engine/statistics/pace'

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string
const even = Float64Array.from({ length: 1001 }, (_, i) => i * 1000)

describe('the pace of samples', () => {
  it('is as asked where nothing is lost', () => {
    const found = paceOf(even, 1e6, 1000)
    if (!found.known) throw new Error(found.why)
    expect(found).toMatchObject({
      samples: 1001, spanSeconds: 1, foundPerSecond: 1000, partOfAsked: 1, periodIs: 'asked', longGaps: 0,
      inOrder: true,
      words: '1000 samples a second, 100 % of the 1000 asked for. No interval is longer than two periods.',
    })
    expect(found.gaps[GAP_CLASSES.indexOf(0.9)]).toBe(1000)
  })
  it('finds lost samples: 99 of every 200, in one stretch', () => {
    const lossy = even.filter((_, i) => i % 200 <= 100)
    const found = paceOf(lossy, 1e6, 1000)
    if (!found.known) throw new Error(found.why)
    expect(found.longGaps).toBe(5)
    expect(found.longGapShare).toBeCloseTo(5 / (lossy.length - 1), 12)
    expect(found.longGapTimeShare).toBeCloseTo(0.5, 9)
    expect(found.partOfAsked).toBeCloseTo((lossy.length - 1) / 1000, 12)
    expect(found.gaps[GAP_CLASSES.indexOf(100)]).toBe(5)
    expect(found.gaps.reduce((sum, count) => sum + count, 0)).toBe(lossy.length - 1)
    expect(found.longestGapSeconds).toBeCloseTo(0.1, 12)
    expect(found.words).toMatch(/hold 50 % of the time: samples were lost, or nothing ran/)
  })
  it('measures against the median where the rate asked for is not known', () => {
    const found = paceOf(even, 1e6)
    expect(found).toMatchObject({ askedPerSecond: null, partOfAsked: null, periodIs: 'median', periodSeconds: 0.001 })
    expect(found.known && found.words).toMatch(/what was asked for is not known/)
    expect(paceOf([0, 0, 0, 1], 1)).toMatchObject({ known: true, periodSeconds: 1 / 3, longGaps: 1 })
  })
  it('puts times in order and says so', () => {
    const found = paceOf([0, 3, 1, 2], 1, 1)
    expect(found).toMatchObject({ inOrder: false, foundPerSecond: 1, words: text(/were not in order/) })
  })
  it('explains what has no pace', () => {
    expect(paceOf([], 1)).toMatchObject({ known: false, why: text(/no samples/) })
    expect(paceOf([5], 1)).toMatchObject({ known: false, why: text(/single sample/) })
    expect(paceOf([5, 5], 1)).toMatchObject({ known: false, why: text(/same time/) })
    expect(paceOf([5, Number.NaN], 1)).toMatchObject({ known: false, why: 'sample 2 has no time' })
    expect(paceOf([5, 6], 0)).toMatchObject({ known: false, why: text(/no clock/) })
    expect(paceOf([5, 6], 1, 0)).toMatchObject({ known: false, why: text(/cannot be compared/) })
  })
})
