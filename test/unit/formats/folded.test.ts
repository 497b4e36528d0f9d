import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldedShape } from '../../../engine/formats/folded/detect'
import { FoldedReader, readFolded } from '../../../engine/formats/folded/read'
import { readPerfScript } from '../../../engine/formats/perf-script/read'
import { beginningOf, bytesOf, fixture, rowsOf, selfOf, totalOf } from './readers'

const read = (text: string, differential = false) => readFolded('x.folded', bytesOf(text), 'asked for', differential)

describe('folded stacks', () => {
  it('of a capture hold the same samples by function as the perf script text they were made of', () => {
    const folded = readFolded('f', fixture('perf-sym-pcnet.folded'), 'r', false)
    const script = readPerfScript('s', fixture('perf-sym-pcnet.txt'))
    expect(totalOf(folded.profile)).toBe(4385)
    expect(folded.report).toMatchObject({ lines: 744, notUnderstood: 0, samplesKept: 744 })
    const [a, b] = [selfOf(folded.profile), selfOf(script.profile)]
    for (const name of ['qht_lookup_custom', 'helper_lookup_tb_ptr', 'mmu_translate', 'pcnet_ioport_writew']) {
      expect(a.get(name) ?? 0, name).toBe(b.get(name) ?? 0)
    }
  })

  it('are read root first, with blanks in names, fractions and marks of modules', () => {
    const { profile, report } = read('CPU 0/TCG;main loop;tcp_sendmsg_[k] 3\nCPU 0/TCG;main loop 2.5\n\n# a comment\nno count here\n')
    expect(rowsOf(profile)).toEqual(['CPU 0/TCG;main loop;tcp_sendmsg 3', 'CPU 0/TCG;main loop 2.5'])
    expect(profile.frames.module[profile.frames.name.indexOf('tcp_sendmsg')]).toBe('[kernel.kallsyms]')
    expect(report.notUnderstood).toBe(1)
    expect(report.firstNotUnderstood).toEqual([{ line: 5, text: 'no count here' }])
    expect(report.notes.join()).toContain('1 counts are no whole numbers')
  })

  it('with two counts a line are before and after', () => {
    const text = 'a;b 3 5\na;c 0 7\n'
    expect(foldedShape(text, true)).toMatchObject({ differential: true })
    const { profile } = read(text, true)
    expect(rowsOf(profile)).toEqual(['a;b 3 5', 'a;c 0 7'])
    expect(profile.weightTypes.map(({ name }) => name)).toEqual(['samples before', 'samples after'])
    expect(profile.defaultWeight).toBe(1)
  })

  it('are recognised by their content, and prose is not', () => {
    expect(foldedShape(beginningOf(fixture('perf-sym-e1000.folded')), true)).toMatchObject({ differential: false })
    expect(foldedShape('It was the year 1999\nThere were; as always; 42\nNothing else\n', true)).toBeNull()
    expect(foldedShape('one 1\ntwo 2\n', true)).toBeNull()
  })

  it('give the same rows whatever chunks they come in, and whether or not a line begins like the one before', () => {
    const name = fc.constantFrom('a', 'ab', 'abc', 'b', 'über', 'a b')
    const line = fc.tuple(fc.array(name, { minLength: 1, maxLength: 5 }), fc.nat(1000))
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (lines, sizes) => {
      const bytes = bytesOf(lines.map(([frames, count]) => `${frames.join(';')} ${count}`).join('\r\n'))
      const reader = new FoldedReader('x', 'r', false)
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length]!
        reader.push(bytes.subarray(at, at + size))
        at += size
      }
      expect(rowsOf(reader.finish().profile)).toEqual(lines.map(([frames, count]) => `${frames.join(';')} ${count}`))
    }), { numRuns: 200 })
  })
})
