import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Profile } from '../../engine/profile/columns'
import { binSamples, extentOfTimes, laneNames, profileInRange, samplesByLane } from '../../engine/profile/range'
import { anyProfile } from '../fixtures/profiles'

const timed: fc.Arbitrary<Profile> = anyProfile.filter(({ samples }) => samples.time !== undefined && samples.stack.length > 0)
  .map((profile) => ({
    ...profile,
    // weights small enough that every sum of them is exact
    samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((weight) => weight % 65536)) },
  }))
const sum = (column: Float64Array) => column.reduce((a, b) => a + b, 0)
const part = fc.double({ min: 0, max: 1, noNaN: true })

/** Samples without their order: what must be the same however a profile was split. */
function bag({ samples }: Profile): string[] {
  return Array.from(samples.stack, (stack, row) =>
    JSON.stringify([stack, samples.time![row], samples.thread?.[row] ?? null, samples.weights.map((column) => column[row])])).sort()
}

describe('a range of a recorded profile', () => {
  it('split anywhere has parts that together are the whole, sample by sample and in every weight', () => {
    fc.assert(fc.property(timed, part, part, (profile, x, y) => {
      const { from, to } = extentOfTimes(profile)!
      const [a, b] = [Math.min(x, y), Math.max(x, y)].map((at) => from + at * (to - from)) as [number, number]
      const parts = [[from, a], [a, b], [b, to]].map(([start, end]) => profileInRange(profile, { from: start!, to: end! }))
      expect(parts.flatMap(bag).sort()).toEqual(bag(profile))
      profile.weightTypes.forEach((_, weight) => {
        expect(parts.reduce((all, one) => all + sum(one.samples.weights[weight]!), 0)).toBe(sum(profile.samples.weights[weight]!))
      })
    }))
  })
  it('that is the whole extent is the whole profile', () => {
    fc.assert(fc.property(timed, (profile) => {
      expect(profileInRange(profile, extentOfTimes(profile)!).samples).toEqual(profile.samples)
    }))
  })
  it('holds only samples from its start up to but not at its end', () => {
    fc.assert(fc.property(timed, part, part, (profile, x, y) => {
      const { from, to } = extentOfTimes(profile)!
      const range = { from: from + x * (to - from), to: from + y * (to - from) }
      for (const at of profileInRange(profile, range).samples.time!) expect(at >= range.from && at < range.to).toBe(true)
    }))
  })
})

describe('bins and lists of samples', () => {
  it('hold every sample of the range exactly once, by lane and world', () => {
    fc.assert(fc.property(timed, part, fc.integer({ min: 1, max: 50 }), (profile, x, bins) => {
      const extent = extentOfTimes(profile)!
      const range = { from: extent.from + x * 0.9 * (extent.to - extent.from), to: extent.to }
      const inside = profileInRange(profile, range)
      const { counts } = binSamples(profile, range, bins, 0)
      expect(counts).toHaveLength(laneNames(profile).length)
      expect(counts.reduce((all, lane) => all + sum(lane), 0)).toBe(sum(inside.samples.weights[0]!))
      const lanes = samplesByLane(profile, range)
      expect(lanes.reduce((all, { at }) => all + at.length, 0)).toBe(inside.samples.stack.length)
      for (const { at } of lanes) expect([...at]).toEqual([...at].sort((a, b) => a - b))
      lanes.forEach(({ row }, lane) => {
        const weight = row.reduce((all, one) => all + profile.samples.weights[0]![one]!, 0)
        expect(sum(counts[lane]!)).toBe(weight)
      })
    }))
  })
})

describe('a profile without times', () => {
  it('has no extent, and refuses to be cut', () => {
    fc.assert(fc.property(anyProfile.filter(({ samples }) => !samples.time), (profile) => {
      expect(extentOfTimes(profile)).toBeNull()
      expect(() => profileInRange(profile, { from: 0, to: 1 })).toThrow(RangeError)
    }))
  })
})
