import { describe, expect, it } from 'vitest'
import { meanOfRuns } from '../../../engine/statistics/mean'

describe('the mean over runs', () => {
  it('has Student\'s interval: the sleep data of his own paper, drug 2 less drug 1', () => {
    // Student 1908, table on p. 20: mean 1.58, sd 1.23, t(9) = 2.262 at 95 %
    const { n, mean, sd, ci95 } = meanOfRuns([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4])
    expect(n).toBe(10)
    expect(mean).toBeCloseTo(1.58, 10)
    expect(sd!).toBeCloseTo(1.23, 2)
    expect(ci95![0]).toBeCloseTo(0.70, 2)
    expect(ci95![1]).toBeCloseTo(2.46, 2)
  })
  it('has no interval where the runs show no spread, and says why', () => {
    expect(meanOfRuns([0.1])).toMatchObject({ n: 1, sd: null, ci95: null, evidence: expect.stringContaining('single run') as string })
    expect(meanOfRuns([0.1, 0.1, 0.1])).toMatchObject({ mean: 0.1, sd: 0, ci95: null, evidence: expect.stringContaining('exactly') as string })
  })
  it('ends where its figure does', () => {
    expect(meanOfRuns([0, 0, 1], [0, 100]).ci95![0]).toBe(0)
    expect(meanOfRuns([0, 0, 1]).ci95![0]).toBeLessThan(0)
  })
  it('is of finite numbers only', () => {
    expect(() => meanOfRuns([])).toThrow(RangeError)
    expect(() => meanOfRuns([1, Number.NaN])).toThrow(RangeError)
  })
})
