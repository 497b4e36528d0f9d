import { describe, expect, it, vi } from 'vitest'
import { GrowingFloats, GrowingInts } from '../../../engine/growing'
import { gzip } from '../../../engine/formats/gzip'
import { importProfile } from '../../../engine/formats/open-profile'
import { PlainErrorException } from '../../../engine/plain-error'
import { StackBuilder } from '../../../engine/profile/columns'
import { profileLimits } from '../../../engine/profile/limits'
import { World } from '../../../engine/worlds'

// the real ones are 2000 and 500 MB
vi.mock('../../../engine/formats/limits', () => ({ largestContent: 3e6, largestWhole: 1e6 }))

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PlainErrorException)
    const { what, where, todo } = (thrown as PlainErrorException).plain
    expect(todo).toMatch(/part|shorter|cut/)
    return `${where ?? 'nowhere'}: ${what}`
  }
  return 'was read'
}

const text = (bytes: number) => new TextEncoder().encode('main;work 1\n'.repeat(Math.ceil(bytes / 12)))
const json = (bytes: number) => new TextEncoder().encode(`{"$schema":"https://www.speedscope.app/file-format-schema.json","x":"${'y'.repeat(bytes)}"}`)

describe('limits', () => {
  it('of a file and of what it unpacks to, with both figures, whatever it is a bomb of', () => {
    expect(refusal(() => importProfile('a.folded', text(2.9e6)))).toBe('was read')
    expect(refusal(() => importProfile('a.folded', text(3.1e6)))).toBe('a.folded: The file has 4 MB; the limit is 3 MB.')
    // some 9 kB
    const bomb = gzip(text(9e6))
    expect(bomb.length).toBeLessThan(100_000)
    expect(refusal(() => importProfile('a.gz', bomb))).toBe('a.gz: The file unpacks to more than 3 MB, which is the most that Worldswitch reads.')
    expect(refusal(() => importProfile('b.gz', gzip(new Uint8Array(9e6))))).toMatch(/^b\.gz: .*(1|3) MB/)
  })

  it('of content that has to be there as a whole', () => {
    expect(refusal(() => importProfile('a.json', json(1.5e6)))).toContain('has to be read as a whole')
    expect(refusal(() => importProfile('a.json.gz', gzip(json(1.5e6))))).toContain('1 MB')
  })

  it('of a line, whose rest is left out, and that is said', () => {
    const sample = (name: string) => `qemu 11/12 1.000001: 250000 cycles:\n\t    1000 ${name} ([kernel.kallsyms])\n\n`
    const { profile, report } = importProfile('a.txt', new TextEncoder().encode(sample('short') + sample('f'.repeat(70_000)) + sample('short')))
    expect(report.samplesKept).toBe(3)
    expect(Math.max(...profile.frames.name.map(({ length }) => length))).toBeLessThanOrEqual(10_000)
    expect(report.notes.join()).toContain('1 line was longer than 65536 bytes: the rest of each was left out')
  })

  it('of functions, call stacks and samples', () => {
    const builder = new StackBuilder(1024, { frames: 3, stacks: 1024 })
    for (const name of ['a', 'b', 'c', 'a']) builder.frameId(name, '')
    expect(refusal(() => builder.frameId('d', ''))).toContain('more than 3 different functions')
    expect(refusal(() => { for (let i = 0; i < 3000; i++) builder.stackId(i - 1, 0, World.Unclassified) })).toContain('more than 1,024 different call stacks')
    for (const column of [new GrowingInts(4096), new GrowingFloats(4096)]) {
      for (let i = 0; i < 4096; i++) column.push(i)
      expect(refusal(() => column.push(0))).toContain('more than 4,096 samples')
    }
    expect(profileLimits).toEqual({ frames: 2_097_152, stacks: 33_554_432, samples: 134_217_728 })
  })
})
