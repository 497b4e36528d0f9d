import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFolded } from '../../engine/formats/folded/read'
import { lossesOfFolded, writeFolded } from '../../engine/formats/folded/write'
import { readSpeedscope } from '../../engine/formats/speedscope/read'
import { lossesOfSpeedscope, writeSpeedscope } from '../../engine/formats/speedscope/write'
import type { Profile } from '../../engine/profile/columns'
import { anyProfile } from '../fixtures/profiles'

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
