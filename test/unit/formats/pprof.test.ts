import { readFileSync } from 'node:fs'
import { Profile as Pprof, StringTable } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { gunzip, gzip } from '../../../engine/formats/gzip'
import { readPprof } from '../../../engine/formats/pprof/read'
import { encodePprof, writePprof } from '../../../engine/formats/pprof/write'
import { PlainErrorException } from '../../../engine/plain-error'
import { functionTable, callTree } from '../../../engine/profile/tree'
import { folded } from '../profile/build'
import { meaning } from '../../fixtures/profiles'

const go = new Uint8Array(readFileSync(new URL('../../fixtures/go-encoding-json.pb.gz', import.meta.url)))

describe('pprof of another program', () => {
  it('reads a Go benchmark: its sample types, samples and functions', () => {
    const { profile, report } = readPprof('go.pb.gz', go)
    expect(profile.weightTypes).toEqual([
      { name: 'samples', unit: 'count', kind: 'sampled' }, { name: 'cpu', unit: 'nanoseconds', kind: 'sampled' },
    ])
    const tree = callTree(profile, { weight: 1, scope: 'total' })
    // period 10 ms: 132 samples are the 1.32 s that the capture's notes give
    expect(tree.total[0]).toBe(1.32e9)
    expect(callTree(profile, { weight: 0, scope: 'total' }).total[0]).toBe(132)
    expect(report.samplesWithoutFrames).toBe(0)
    const table = functionTable(tree)
    expect(table.frame.length).toBeGreaterThan(20)
    expect(profile.frames.name.some((name) => name.startsWith('encoding/json.'))).toBe(true)
  })
  it('expands inlined lines, names by address what has no symbol, and takes units to ours', () => {
    const strings = new StringTable()
    const s = (text: string) => strings.dedup(text)
    const bytes = new Pprof({
      stringTable: strings, sampleType: [{ type: s('wall'), unit: s('milliseconds') }],
      sample: [{ locationId: [1, 2], value: [3] }, { locationId: [9], value: [0] }, { locationId: [], value: [2n ** 64n - 5n] }],
      location: [
        { id: 1, line: [{ functionId: 1 }, { functionId: 2 }] }, { id: 2, mappingId: 1, address: 255 },
      ],
      function: [{ id: 1, name: s('inner'), filename: s('a.c') }, { id: 2, name: s('outer'), filename: s('a.c') }],
      mapping: [{ id: 1, filename: s('/lib/x.so') }],
    }).encode()
    const { profile, report } = readPprof('x', bytes)
    expect((meaning(profile) as { rows: unknown[] }).rows).toEqual([
      { path: ['["0xff","/lib/x.so",8]', '["outer","a.c",8]', '["inner","a.c",8]'], weights: [3e6] },
      { path: ['["[unknown]","",8]'], weights: [0] },
      { path: [], weights: [-5e6] },
    ].map((row) => ({ ...row, time: undefined, thread: undefined, cpu: -1 })))
    expect(profile.weightTypes[0]!.unit).toBe('nanoseconds')
    expect(report).toMatchObject({ samplesKept: 3, samplesWithoutFrames: 1, unknownSymbols: 1 })
    expect(report.notes.join()).toContain('1 frames name a location')
  })
})

describe('our own pprof', () => {
  it('is standard gzip with the same bytes every time', () => {
    const profile = folded('a;b 1', 'a 2')
    const bytes = writePprof(profile)
    expect(bytes).toEqual(writePprof(folded('a;b 1', 'a 2')))
    // no time stamp, no name, no extra fields
    expect([...bytes.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
  })
  it('says the leaf world in a label that pprof tools can filter by', () => {
    const decoded = Pprof.decode(encodePprof(folded('a;b 7')))
    const label = decoded.sample[0]!.label[0]!
    expect([label.key, label.str].map((i) => decoded.stringTable.strings[Number(i)])).toEqual(['world', 'vmm'])
    expect(decoded.sample[0]!.locationId).toHaveLength(2)
  })
  it('has weights that pprof cannot hold rounded, and as they are in a label: a session with them can be saved', () => {
    const { samples, ...profile } = folded('a 1', 'b 2', 'c 3')
    const odd = { ...profile, samples: { ...samples, weights: [Float64Array.of(1.5, 1e20, -0.25)] } }
    const decoded = Pprof.decode(encodePprof(odd))
    expect(decoded.sample.map(({ value }) => BigInt.asIntN(64, BigInt(value[0]!)))).toEqual([2n, BigInt(Number.MAX_SAFE_INTEGER), 0n])
    expect([...readPprof('x', writePprof(odd)).profile.samples.weights[0]!]).toEqual([1.5, 1e20, -0.25])
  })
  it('refuses what is no number', () => {
    const { samples, ...profile } = folded('a 1')
    expect(() => writePprof({ ...profile, samples: { ...samples, weights: [Float64Array.of(Number.NaN)] } })).toThrow(RangeError)
  })
})

describe('damaged pprof', () => {
  const message = (bytes: Uint8Array): string => {
    try {
      readPprof('x.pb.gz', bytes)
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(PlainErrorException)
      return (thrown as PlainErrorException).plain.what
    }
    return 'was read'
  }
  it('is told apart: cut off, changed, not pprof', () => {
    expect(message(go.subarray(0, 3000))).toContain('damaged or cut off')
    expect(message(go.map((byte, i) => i === 3000 ? byte ^ 1 : byte))).toContain('damaged or cut off')
    expect(message(gunzip('x', go).subarray(0, 9000))).toContain('outermost message')
    expect(message(gzip(new TextEncoder().encode('hello')))).toContain('outermost message')
  })
  it('says which message is damaged, where and how', () => {
    const field = (number: number, ...content: number[]) => [number * 8 + 2, content.length, ...content]
    const types = field(1, 8, 1, 16, 2)
    const texts = ['', 'samples', 'count'].flatMap((text) => field(6, ...Buffer.from(text)))
    const whole = (...fields: number[][]) => Uint8Array.from([...types, ...fields.flat(), ...texts])
    const elevenBytes = [8, ...Array.from({ length: 10 }, () => 255), 1]
    expect(message(whole(field(2, 10, 1, 1, 18, 1, 7)))).toBe('was read')
    expect(message(whole(field(2, ...elevenBytes)))).toContain('sample 1, at byte 6 of its content: a number has more than 64 bits')
    expect(message(whole(field(2, 18, 1, 7), field(2, 18, 9, 7)))).toContain('sample 2, at byte 11 of its content: 9 bytes are announced where 1 are left')
    expect(message(whole(field(2, 18, 1, 255)))).toContain('sample 1, at byte 6 of its content: a number breaks off')
    expect(message(whole(field(2, 10, 2, 1, 255, 18, 1, 7)))).toContain('a number breaks off')
    expect(message(whole(field(2, 18, 2, 7, 8)))).toContain('sample 1 has 2 values, not 1')
    expect(message(whole(field(2, 18, 1, 7, 26, 2, 8, 99)))).toContain('it refers to text 99, which it does not hold')
    expect(message(whole(field(4, 11)))).toContain('location 1, at byte 6 of its content: field 1 has the wire type 3')
    expect(message(whole(field(5, 16, 255, 255, 255, 255, 127)))).toContain('function 1, at byte 6 of its content: 34359738367 is no place in any table')
  })
  it('unpacks to no more than the bound', () => {
    const bomb = gzip(new Uint8Array(5_000_000))
    expect(() => gunzip('bomb.gz', bomb, 1_000_000)).toThrow('more than 1 MB')
    expect(gunzip('ok.gz', bomb)).toHaveLength(5_000_000)
  })
  it('reads gzip of several members', () => {
    const two = new Uint8Array([...gzip(new TextEncoder().encode('ab')), ...gzip(new TextEncoder().encode('cd'))])
    expect(new TextDecoder().decode(gunzip('x', two))).toBe('abcd')
  })
})
