import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importProfile } from '../../../engine/formats/open-profile'
import { partName, partsOf, profileOfPart, weightOfPart } from '../../../engine/profile/parts'
import { callTree } from '../../../engine/profile/tree'
import { anyProfile } from '../../fixtures/profiles'
import { bytesOf, fixture } from '../formats/readers'

const named = (text: string) => {
  const { profile } = importProfile('x', bytesOf(text))
  return { profile, names: partsOf(profile).map(({ part }) => partName(profile, part)) }
}
const sample = (who: string, cpu: number, at: number) => `${who} [00${cpu}] ${at}.000001: 5 cycles:\n\t1234 f+0x1 (/bin/x)\n\n`

describe('parts of a profile', () => {
  it('of perf are threads, processes by their number, named after their first thread, and processors', () => {
    const { profile, names } = named([sample('CPU 0/KVM 5/6', 1, 1), sample('qemu 5/5', 0, 2), sample('sh 9/9', 0, 3), sample('CPU 1/KVM 5/7', 3, 4)].join(''))
    expect(names).toEqual([
      'thread CPU 0/KVM 5/6', 'thread qemu 5/5', 'thread sh 9/9', 'thread CPU 1/KVM 5/7', 'process qemu 5', 'process sh 9', 'CPU 0', 'CPU 1', 'CPU 3',
    ])
    const weights = partsOf(profile).map(({ part }) => weightOfPart(profile, 0, part))
    expect(weights).toEqual([1, 1, 1, 1, 3, 1, 2, 1, 1])
  })
  it('that would only say the whole once more are none', () => {
    expect(named(sample('x 1', 0, 1)).names).toEqual([])
    expect(named(sample('x 1/1', 0, 1) + sample('y 1/2', 0, 2)).names).toEqual(['thread x 1/1', 'thread y 1/2'])
    expect(named(sample('x 1', 0, 1) + sample('x 1', 1, 2)).names).toEqual(['CPU 0', 'CPU 1'])
  })
  it('of traces are processes by name', () => {
    const event = (pid: number, tid: number, ts: number) => ({ ph: 'X', name: 'f', ts, dur: 5, pid, tid })
    expect(named(JSON.stringify([event(1, 1, 0), event(1, 2, 3), event(2, 3, 5)])).names).toEqual([
      'thread process 1 / thread 1', 'thread process 1 / thread 2', 'thread process 2 / thread 3', 'process process 1', 'process process 2',
    ])
  })
  it('of a system-wide capture: both processors have their samples, together all', () => {
    const { profile } = importProfile('x', fixture('perf-sym-system2-pcnet.txt'))
    const processors = partsOf(profile).filter(({ kind }) => kind === 'processor')
    expect(processors.map(({ name, part }) => [name, weightOfPart(profile, 0, part)])).toEqual([['CPU 0', 424], ['CPU 1', 422]])
  })
  it('keep their numbers whatever is left of the profile, and are what trees of them count', () => {
    fc.assert(fc.property(anyProfile, (profile) => {
      for (const { part, kind } of partsOf(profile)) {
        const own = profileOfPart(profile, part)
        expect(partName(own, part)).toBe(partName(profile, part))
        expect(callTree(own, { weight: 0, scope: 'total' }).total[0]).toBe(callTree(profile, { weight: 0, scope: 'total', thread: part }).total[0])
        if (kind !== 'processor') expect(own.threads).toBe(profile.threads)
      }
      const threads = partsOf(profile).filter(({ kind }) => kind === 'thread')
      if (threads.length > 0) expect(threads.reduce((rows, { part }) => rows + profileOfPart(profile, part).samples.stack.length, 0)).toBe(profile.samples.stack.length)
    }), { numRuns: 100 })
  })
})
