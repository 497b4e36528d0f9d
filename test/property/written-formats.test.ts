import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChromeTrace } from '../../engine/formats/chrome-trace/read'
import { writeChromeTrace } from '../../engine/formats/chrome-trace/write'
import { readFirefox } from '../../engine/formats/firefox/read'
import { lossesOfGecko, writeGecko } from '../../engine/formats/firefox/write'
import { readFolded } from '../../engine/formats/folded/read'
import { lossesOfFolded, writeFolded } from '../../engine/formats/folded/write'
import { readPprof } from '../../engine/formats/pprof/read'
import { writePprof } from '../../engine/formats/pprof/write'
import { sampleCounts } from '../../engine/formats/single-samples'
import { readSpeedscope } from '../../engine/formats/speedscope/read'
import { lossesOfSpeedscope, writeSpeedscope } from '../../engine/formats/speedscope/write'
import type { Profile } from '../../engine/profile/columns'
import { anyProfile, meaning } from '../fixtures/profiles'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Weight of each stack by the names on it; stacks without weight say nothing. */
function byStack({ stacks, samples }: Profile, weight: number, name: (frame: number) => string): Map<string, number> {
  const found = new Map<string, number>()
  samples.stack.forEach((leaf, row) => {
    const names: string[] = []
    for (let at = leaf; at >= 0; at = stacks.parent[at]!) names.unshift(name(stacks.frame[at]!))
    const key = names.join('\u0000')
    const value = samples.weights[weight]![row]!
    if (value !== 0 && names.length > 0) found.set(key, (found.get(key) ?? 0) + value)
  })
  return found
}

/** Names that the text can carry as they are. */
const plainNames = anyProfile.filter(({ frames }) => frames.name.every((name) => name.trim() === name && name !== '' && !/[;\r\n]|_\[[kij]\]$|^#/.test(name)))
const small = (profile: Profile) => profile.samples.weights.every((weight) => weight.every((value) => value < 2 ** 40))

describe('folded stacks', () => {
  it('come back with every stack and its weight', () => {
    fc.assert(fc.property(plainNames.filter(small), (profile) => {
      const { profile: back, report } = readFolded('x', bytes(writeFolded(profile)), 'r', false)
      expect(report.notUnderstood).toBe(0)
      const modules: Record<string, string> = { '[kernel.kallsyms]': 'k' }
      const key = (of: Profile) => (frame: number) => `${of.frames.name[frame]!}|${modules[of.frames.module[frame]!] ?? ''}`
      expect(byStack(back, 0, key(back))).toEqual(byStack(profile, profile.defaultWeight, key(profile)))
    }), { numRuns: 200 })
  })

  it('say what they lose', () => {
    fc.assert(fc.property(anyProfile, (profile) => {
      const lost = lossesOfFolded(profile).join()
      expect(lost.includes('times')).toBe(profile.samples.time !== undefined)
      expect(lost.includes('threads')).toBe(profile.threads.length > 1)
    }), { numRuns: 50 })
  })
})

describe('speedscope', () => {
  it('comes back with every sample of every thread, in order, names as they were', () => {
    fc.assert(fc.property(anyProfile.filter(small), (profile) => {
      const { profile: back, report } = readSpeedscope('x', bytes(writeSpeedscope(profile)), 'r')
      expect(report.notUnderstood).toBe(0)
      expect(report.samplesKept).toBe(profile.samples.stack.length * profile.weightTypes.length)
      const name = (of: Profile) => (frame: number) => `${of.frames.name[frame] || '[unknown]'}|${of.frames.module[frame]}`
      const merged = new Map<string, number>()
      profile.weightTypes.forEach((_, k) => {
        for (const [key, value] of byStack(profile, k, name(profile))) merged.set(key, (merged.get(key) ?? 0) + value)
      })
      const found = new Map<string, number>()
      back.weightTypes.forEach((_, k) => {
        for (const [key, value] of byStack(back, k, name(back))) found.set(key, (found.get(key) ?? 0) + value)
      })
      expect(found).toEqual(merged)
    }), { numRuns: 150 })
  })

  it('says that worlds are not in it', () => {
    fc.assert(fc.property(anyProfile, (profile) => {
      expect(lossesOfSpeedscope(profile)).toContain('worlds')
    }), { numRuns: 5 })
  })
})

describe('pprof', () => {
  const odd = fc.tuple(anyProfile, fc.double({ min: 0, max: 1, noNaN: true })).map(([profile, part]): Profile => ({
    ...profile, samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((value) => (value % 1e6) + part)) },
  }))

  it('keeps parts of a unit, which the format has no place for, for us', () => {
    fc.assert(fc.property(odd, (profile) => {
      expect(meaning(readPprof('x', writePprof(profile)).profile)).toEqual(meaning(profile))
    }), { numRuns: 60 })
  })
})

describe('gecko', () => {
  const counted = anyProfile.map((profile): Profile => ({
    ...profile, defaultWeight: 0,
    samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((value) => value % 40)) },
  }))
  const named = counted.filter(({ frames }) => frames.name.every((name) => name !== '' && !/[()]/.test(name)) && frames.module.every((module) => !/[()]/.test(module)))

  it('comes back with every count of samples on its stack', () => {
    fc.assert(fc.property(named, (profile) => {
      fc.pre(profile.samples.weights[0]!.some((value) => value > 0))
      const { profile: back, report } = readFirefox('x', bytes(writeGecko(profile)), 'r')
      expect(report.notUnderstood).toBe(0)
      const key = (of: Profile) => (frame: number) => `${of.frames.name[frame]!}|${of.frames.module[frame]!}`
      expect(byStack(back, 0, key(back))).toEqual(byStack(profile, 0, key(profile)))
      expect(report.samplesKept).toBe(profile.samples.weights[0]!.reduce((sum, value) => sum + value, 0))
    }), { numRuns: 150 })
  })

  it('turns amounts into samples whose number is right, and says so', () => {
    fc.assert(fc.property(anyProfile, (profile) => {
      const { counts, each, weight } = sampleCounts(profile)
      const total = profile.samples.weights[weight]!.reduce((sum, value) => sum + value, 0)
      const given = counts.reduce((sum, count) => sum + count, 0)
      expect(Math.abs(given * each - total)).toBeLessThanOrEqual(each)
      expect(given).toBeLessThanOrEqual(2_000_000)
      const rounded = counts.some((count, row) => count * each !== profile.samples.weights[weight]![row])
      expect(lossesOfGecko(profile).join().includes('amounts')).toBe(rounded)
    }), { numRuns: 100 })
  })
})

describe('Chrome trace events', () => {
  /** Spans of one thread, one behind the other, each with its length as its weight. */
  const spans = fc.tuple(anyProfile, fc.array(fc.record({ length: fc.integer({ min: 1, max: 1e6 }), pause: fc.integer({ min: 0, max: 5e5 }) }), { minLength: 40, maxLength: 40 }))
    .map(([profile, lengths]): Profile => {
      const rows = profile.samples.stack.length
      let at = 0
      const time = Float64Array.from({ length: rows }, (_, row) => {
        const start = at
        at += lengths[row]!.length + lengths[row]!.pause
        return start / 1e6
      })
      return {
        ...profile, threads: [], defaultWeight: 0, weightTypes: [{ name: 'time', unit: 'nanoseconds', kind: 'true' }],
        samples: { stack: profile.samples.stack, time, weights: [Float64Array.from({ length: rows }, (_, row) => lengths[row]!.length * 1000)] },
      }
    })
    .filter(({ frames, samples }) => frames.name.every((name) => name !== '') && samples.stack.some((stack) => stack >= 0))

  it('come back with the time of every stack, and nest', () => {
    fc.assert(fc.property(spans, (profile) => {
      const { profile: back, report } = readChromeTrace('x', writeChromeTrace(profile), 'r')
      expect(report.samplesDropped).toEqual([])
      expect(report.notes).toEqual([])
      const key = (of: Profile) => (frame: number) => `${of.frames.name[frame]!}|${of.frames.module[frame]!}`
      const [found, asked] = [byStack(back, 0, key(back)), byStack(profile, 0, key(profile))]
      expect([...found.keys()].sort()).toEqual([...asked.keys()].sort())
      for (const [stack, time] of asked) expect(Math.abs(found.get(stack)! - time)).toBeLessThan(1)
    }), { numRuns: 150 })
  })
})
