import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileSource } from '../../engine/formats/file-source'
import { gunzip, gzip } from '../../engine/formats/gzip'
import { importProfile, importSteps } from '../../engine/formats/open-profile'
import { parseHead } from '../../engine/formats/perf-script/head'
import { HeadBytes } from '../../engine/formats/perf-script/head-bytes'
import { readPerfScript } from '../../engine/formats/perf-script/read'
import { readPprof } from '../../engine/formats/pprof/read'
import { encodePprof, writePprof } from '../../engine/formats/pprof/write'
import { PlainErrorException } from '../../engine/plain-error'
import { decodeSession, encodeSession } from '../../engine/session/archive'
import type { Profile } from '../../engine/profile/columns'
import { anyProfile, meaning } from '../fixtures/profiles'
import { someSession } from '../fixtures/session'

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)))
const perfText = gunzip('x', fixture('perf-sym-pcnet.txt.gz')).subarray(0, 20_000)
const goProfile = gunzip('x', fixture('go-encoding-json.pb.gz'))

/** Whatever the bytes, either something is read or the user is told in plain words: never anything else. */
function readsOrRefuses(read: () => unknown): void {
  try {
    read()
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PlainErrorException)
  }
}

interface Damage { at: number; cut: boolean; byte: number; length: number }
const damage: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({ at: fc.nat(1e6), cut: fc.boolean(), byte: fc.nat(255), length: fc.nat(50) }), { minLength: 1, maxLength: 6 },
)
function damaged(bytes: Uint8Array, damages: readonly Damage[]): Uint8Array {
  let copy = bytes.slice()
  for (const { at, cut, byte, length } of damages) {
    const place = at % Math.max(1, copy.length)
    if (cut) copy = Uint8Array.from([...copy.subarray(0, place), ...copy.subarray(place + length)])
    else if (copy.length > 0) copy[place] = byte
  }
  return copy
}

/** What the profile's own count says, where it has one that can be one. */
function samplesOf({ samples, weightTypes }: Profile): number {
  const own = samples.weights[weightTypes.findIndex(({ name, unit, kind }) => name === 'samples' && unit === 'count' && kind === 'sampled')]
  const isCount = own?.some((count) => count > 0) && own.every((count) => Number.isSafeInteger(count) && count >= 0)
  return isCount ? own!.reduce((sum, count) => sum + count, 0) : samples.stack.length
}

describe('pprof', () => {
  it('brings every profile back, and the same bytes again', () => {
    fc.assert(fc.property(anyProfile, (profile) => {
      const bytes = writePprof(profile)
      const { profile: back, report } = readPprof('x', bytes)
      expect(meaning(back)).toEqual(meaning(profile))
      expect(report.samplesKept).toBe(samplesOf(profile))
      expect(writePprof(back)).toEqual(bytes)
    }), { numRuns: 300 })
  })
  it('that is damaged is read or refused', () => {
    fc.assert(fc.property(damage, (damages) => readsOrRefuses(() => readPprof('x', damaged(goProfile, damages)))), { numRuns: 150 })
    fc.assert(fc.property(anyProfile, damage, (profile, damages) =>
      readsOrRefuses(() => readPprof('x', damaged(encodePprof(profile), damages)))), { numRuns: 500 })
  })
})

describe('sessions', () => {
  it('bring every profile back, and the same bytes again', () => {
    fc.assert(fc.property(anyProfile, anyProfile, (a, b) => {
      const before = someSession(a, b)
      const bytes = encodeSession(before)
      const { session, warnings } = decodeSession('x', bytes)
      expect(warnings).toEqual([])
      expect(session.runs.map(({ profile }) => meaning(profile))).toEqual([meaning(a), meaning(b)])
      expect({ ...session, runs: session.runs.map(({ profile: _, ...run }) => run) })
        .toEqual({ ...before, runs: before.runs.map(({ profile: _, ...run }) => run) })
      expect(encodeSession(session)).toEqual(bytes)
    }), { numRuns: 60 })
  })
  it('that are damaged are read in part or refused', () => {
    fc.assert(fc.property(anyProfile, damage, (profile, damages) => {
      const bytes = encodeSession(someSession(profile, profile))
      readsOrRefuses(() => decodeSession('x', damaged(bytes, damages)))
    }), { numRuns: 300 })
  })
})

describe('perf script', () => {
  const whole = readPerfScript('x', perfText)
  it('gives the same whatever the size of the chunks', () => {
    for (const chunk of [1, 7, 64, 1000, 4096]) expect(readPerfScript('x', perfText, undefined, chunk)).toEqual(whole)
  })
  it('gives the same for made-up texts in chunks of 7 bytes, LF or CRLF', () => {
    const word = fc.stringMatching(/^[a-z/ ü()+[\]]{1,12}$/)
    const sample = fc.record({
      comm: word, tid: fc.nat(9999), event: fc.constantFrom('cycles:P', 'cpu-clock', 'sched:sched_switch'), period: fc.nat(1e6),
      frames: fc.array(fc.tuple(fc.nat(2 ** 31), word, fc.constantFrom('', ' (/lib/a b.so)', ' ([kernel.kallsyms])', ' (inlined)')), { maxLength: 5 }),
      odd: fc.constantFrom('', 'what is this\n', '# comment\n', '  file.c:12\n'),
    })
    fc.assert(fc.property(fc.array(sample, { maxLength: 8 }), (samples) => {
      const text = samples.map(({ comm, tid, event, period, frames, odd }, i) =>
        `${comm} ${tid} [000] ${i}.000001: ${period} ${event}:\n${odd}${frames.map(([ip, symbol, dso]) =>
          `\t${ip.toString(16)} ${symbol}+0x1${dso}\n`).join('')}\n`).join('')
      const bytes = new TextEncoder().encode(text)
      const atOnce = readPerfScript('x', bytes)
      expect(readPerfScript('x', bytes, undefined, 7)).toEqual(atOnce)
      const crlf = readPerfScript('x', new TextEncoder().encode(text.replaceAll('\n', '\r\n')), undefined, 5)
      expect(crlf.profile).toEqual(atOnce.profile)
      // nothing is lost without being counted: every line is a head, a frame, or accounted for
      expect(atOnce.report.samplesKept).toBe(atOnce.profile.samples.stack.length)
      expect(atOnce.report.lines).toBe(text.split('\n').length - 1)
    }))
  })
  it('has heads that mean the same from bytes as by expressions', () => {
    const comm = fc.constantFrom('a', 'CPU 0/KVM', 'FS Broker 5858', '      cc1', ':-1', 'VM: 5200 VCPU:001 CPU 1/KVM', 'kworker/1:2-events', '[x]', 'ü 7', 'Vim', '3')
    const ids = fc.constantFrom('12', '10/11', '  5791/5860 ', '-1', '1/-2', '99999999999', '')
    const cpu = fc.constantFrom('', ' [003]', ' [003] G', ' K ', '[1]', ' [x]')
    const stamp = fc.constantFrom('7.000001:', '4794564.109216789:', '7.0001:', '2026-11-22 12:00:00.123456 5.000001:', '', '1.000001: 2.000002:')
    const what = fc.constantFrom('  99 cycles:ppp:', ' cycles:', ' sched:sched_switch: a:b c=1.000001: x', ' 5 5: 4831f3 main+0x1 (/x)', '', ' 12', ' cycles', '\tcpu/event=1/:  ')
    const blanks = fc.constantFrom(' ', '  ', '\t', '')
    fc.assert(fc.property(fc.tuple(comm, ids, cpu, stamp, what), fc.tuple(blanks, blanks, blanks), ([a, b, c, d, e], [x, y, z]) => {
      const line = `${a}${x}${b}${c}${y}${d}${z}${e}`
      const bytes = new TextEncoder().encode(`before ${line} behind`)
      const found = new HeadBytes().parse(bytes, 7, bytes.length - 7)
      if (found) expect(found).toEqual(parseHead(line))
    }), { numRuns: 3000 })
    expect(new HeadBytes().parse(new TextEncoder().encode('a b 1/2 [000] 5.000001: 9 cycles:'), 0, 33)).not.toBeNull()
  })
  it('that is damaged is read or refused', () => {
    fc.assert(fc.property(damage, (damages) => readsOrRefuses(() => importProfile('x', damaged(perfText, damages)))), { numRuns: 100 })
  })
})

describe('any bytes', () => {
  it('are read or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      readsOrRefuses(() => importProfile('x', bytes))
      readsOrRefuses(() => decodeSession('x', bytes))
      readsOrRefuses(() => importProfile('x', Uint8Array.from([0x1f, 0x8b, 8, ...bytes])))
      readsOrRefuses(() => decodeSession('x', Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes])))
    }), { numRuns: 500 })
  })
})

describe('a reader that takes pieces', () => {
  /** Pieces of one size, each in memory of its own that is written over by the next. */
  function inPieces(bytes: Uint8Array, size: number): FileSource {
    const buffer = new Uint8Array(size)
    let at = 0
    return {
      size: bytes.length,
      next() {
        if (at >= bytes.length) return null
        const length = Math.min(size, bytes.length - at)
        buffer.set(bytes.subarray(at, at += length))
        return buffer.subarray(0, length)
      },
    }
  }
  function imported(source: FileSource) {
    const steps = importSteps('x', source)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  }
  const trace = Array.from({ length: 20 }, (_, i) => `qemu-7  [001] ${i}.000001: kvm_exit: reason HLT rip 0x1\nqemu-7  [001] ${i}.500000: kvm_entry: vcpu 0\n`).join('')
  const callgrind = 'version: 1\nevents: Ir Dr\nfl=a.c\nfn=main\n1 10 2\ncfn=f\ncalls=1 5\n1 20 4\n\nfn=f\n5 20 4\n'
  const contents: Record<string, Uint8Array> = {
    'perf-script': perfText, 'perf-script, CRLF': new TextEncoder().encode(new TextDecoder().decode(perfText.subarray(0, 6000)).replaceAll('\n', '\r\n')),
    folded: gunzip('x', fixture('perf-sym-e1000.folded.gz')).subarray(0, 12_000), 'qemu-trace': gunzip('x', fixture('pcnet-tx.log.gz')).subarray(0, 12_000),
    ftrace: new TextEncoder().encode(trace), callgrind: new TextEncoder().encode(callgrind), gzip: gzip(perfText),
  }
  for (const [name, bytes] of Object.entries(contents)) {
    it(`gives the same wherever the pieces end: ${name}`, () => {
      const whole = imported(inPieces(bytes, bytes.length))
      // one by one where lines begin and end, then in steps of growing size
      for (let size = 1; size < bytes.length; size += 1 + (size >> 2)) {
        const { profile, report } = imported(inPieces(bytes, size))
        expect(report).toEqual(whole.report)
        expect(profile).toEqual(whole.profile)
      }
    })
  }
})

describe('every other format', () => {
  const beginning = (name: string, bytes: number) => gunzip('x', fixture(`${name}.gz`)).subarray(0, bytes)
  const texts: Record<string, Uint8Array> = {
    folded: beginning('perf-sym-e1000.folded', 20_000),
    speedscope: beginning('speedscope-from-perf-script.speedscope.json', 60_000),
    cpuprofile: beginning('node-tsc.cpuprofile', 60_000),
    'chrome-trace': beginning('node-trace-events.json', 30_000),
  }
  for (const [format, bytes] of Object.entries(texts)) {
    it(`${format}, cut or damaged, is read or refused`, () => {
      fc.assert(fc.property(damage, (damages) => readsOrRefuses(() => importProfile('x', damaged(bytes, damages)))), { numRuns: 150 })
    })
  }
})
