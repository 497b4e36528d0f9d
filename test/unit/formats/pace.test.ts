import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importProfile } from '../../../engine/formats/open-profile'

const open = (name: string) => importProfile(name, readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)))

describe('the sampling rate of a recorded profile', () => {
  it.each([['perf-sym-pcnet.txt.gz', 997], ['perf-sym-system2-pcnet.txt.gz', 499]])('of %s was asked to be %i a second', (name, asked) => {
    const { pace } = open(name).report
    expect(pace!.askedPerSecond).toBe(asked)
    expect(pace!.foundPerSecond).toBeLessThan(asked)
    expect(pace!.thread).toContain('CPU 0/TCG')
    expect(pace!.words).toMatch(/samples were lost, or nothing ran/)
    expect(pace!.gaps!.reduce((a, b) => a + b, 0)).toBeGreaterThan(300)
  })

  it('is not made up where the file has no times', () => {
    expect(open('go-encoding-json.pb.gz').report.pace).toBeUndefined()
  })
})

describe('the worlds of a recorded profile', () => {
  it('have intervals for dependent samples, never narrower than for independent ones', () => {
    const { report, profile } = open('perf-sym-system2-pcnet.txt.gz')
    const worlds = report.worlds!
    expect(worlds.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    for (const { share, lo, hi, effectiveSamples } of worlds) {
      expect(lo).toBeLessThanOrEqual(share)
      expect(hi).toBeGreaterThanOrEqual(share)
      expect(effectiveSamples).toBeLessThanOrEqual(profile.samples.stack.length)
    }
    // runs of unclassified frames come together: the file itself shows that they are no independent draws
    expect(Math.min(...worlds.map(({ effectiveSamples }) => effectiveSamples))).toBeLessThan(profile.samples.stack.length / 2)
  })

  it('are left to the counts where single samples are not known', () => {
    expect(open('go-encoding-json.pb.gz').report.worlds).toBeUndefined()
  })
})
