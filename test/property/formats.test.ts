import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gunzip } from '../../engine/formats/gzip'
import { importProfile } from '../../engine/formats/open-profile'
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
