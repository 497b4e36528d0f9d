import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Probe } from '../../../engine/machine/observer'
import { ProbeHistograms } from '../../../engine/profilers/probe-histograms'

/** The smallest reading that at least so many percent of all are not above. */
function rank(sorted: readonly number[], percentile: number): number {
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)]!
}

const readings = fc.array(fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 30_000, max: 40_000 }), fc.integer({ min: 1, max: 5_000_000 })), { minLength: 1, maxLength: 300 })

describe('the percentiles of a probe\'s readings', () => {
  it('are those of the sorted readings to three digits, wherever readings fall and whenever they are asked for', () => {
    fc.assert(fc.property(readings, fc.nat(), (all, at) => {
      const histograms = new ProbeHistograms()
      const asked = at % all.length
      all.forEach((cycles, i) => {
        histograms.record(Probe.GuestIdle, cycles)
        if (i === asked) histograms.percentiles(Probe.GuestIdle)
      })
      const sorted = [...all].sort((a, b) => a - b)
      const found = histograms.percentiles(Probe.GuestIdle)!
      expect(found.max).toBe(sorted.at(-1))
      for (const [percentile, value] of [[5, found.p5], [50, found.p50], [95, found.p95], [99, found.p99]] as const) {
        const exact = rank(sorted, percentile)
        expect(Math.abs(value - exact), `p${percentile} of ${sorted.join()}`).toBeLessThanOrEqual(exact / 1000 + 1)
      }
    }))
  })

  it('keep probes apart, take fractions of a cycle to the next whole one, and are none without readings', () => {
    const histograms = new ProbeHistograms()
    for (let i = 0; i < 10; i++) histograms.record(Probe.GuestIdle, 99.6)
    histograms.record(Probe.VmnetTransmit, 7)
    expect(histograms.percentiles(Probe.GuestIdle)).toEqual({ p5: 99.6, p50: 99.6, p95: 99.6, p99: 99.6, max: 99.6 })
    expect(histograms.percentiles(Probe.VmnetTransmit)).toMatchObject({ p50: 7, max: 7 })
    expect(new ProbeHistograms().percentiles(Probe.GuestIdle)).toBeNull()
  })
})
