import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcile } from '../../../engine/profilers/reconcile'

const names = { bucket: 'idle with IRQs', part: 'guest idle', rest: 'host IRQ while idle', scope: 'VMM time' }

describe('the paper\'s reconciliation', () => {
  it('gives the paper\'s two figures from the paper\'s three', () => {
    // 41.1 % of VMM time sampled, VMM time 71.5 % of total, 21.7 % of total measured
    const split = reconcile(names, 293_865, 715_000, 1_000_000, 21.7)!
    expect(split.measuredPart.percent).toBeCloseTo(30.35, 2)
    expect(split.rest!.percent).toBeCloseTo(10.75, 2)
    expect(split.steps.join(' ')).toContain('21.7 % / 71.5 % = 30.3 %')
  })

  it('has nothing to say without samples', () => {
    expect(reconcile(names, 0, 0, 0, 20)).toBeNull()
    expect(reconcile(names, 0, 0, 50, 20)).toBeNull()
  })

  it('says that the instruments contradict each other, in place of a figure, when more was measured than sampled', () => {
    const split = reconcile(names, 300, 1000, 1500, 50)! // 30 % sampled, 75 % measured
    expect(split.rest).toBeNull()
    expect(split.steps.at(-1)).toMatch(/30\.0 % - 75\.0 % = -45\.0 % of VMM time: more was measured than sampled/)
    const nearly = reconcile(names, 300, 1000, 1500, 20.2)! // 30.3 % measured: within what sampling can say
    expect(nearly.rest!.percent).toBe(0)
    expect(nearly.steps.at(-1)).toMatch(/-0\.3 % of VMM time, which is 0 within its interval/)
  })

  it('stays within 0..100, holds its point in its interval, and shares sum to the bucket where possible', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }), (n, a, b, direct) => {
        const scopeHits = Math.max(1, Math.floor(n * a))
        const bucketHits = Math.floor(scopeHits * b)
        const split = reconcile(names, bucketHits, scopeHits, n, direct)!
        for (const { percent, ci95 } of [split.measuredPart, ...(split.rest ? [split.rest] : [])]) {
          expect(ci95[0]).toBeLessThanOrEqual(percent + 1e-9)
          expect(ci95[1]).toBeGreaterThanOrEqual(percent - 1e-9)
          expect(Math.min(percent, ci95[0])).toBeGreaterThanOrEqual(0)
          expect(Math.max(percent, ci95[1])).toBeLessThanOrEqual(100)
        }
        const sum = (100 * bucketHits) / scopeHits
        if (split.rest && split.rest.percent > 0 && split.measuredPart.percent < 100) {
          expect(split.rest.percent + split.measuredPart.percent).toBeCloseTo(sum, 6)
        }
      }))
  })
})
