import * as fc from 'fast-check'
import { Profile as Pprof, StringTable } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { looksLikePprof } from '../../engine/formats/pprof/detect'
import { PprofReader, readPprof } from '../../engine/formats/pprof/read'
import { encodePprof } from '../../engine/formats/pprof/write'
import { PlainErrorException } from '../../engine/plain-error'
import type { Profile } from '../../engine/profile/columns'
import { visibleName } from '../../engine/visible-name'
import { anyProfile } from '../fixtures/profiles'

/** 64-bit numbers as the library wants them. */
const anyInt64 = fc.oneof(fc.nat(300), fc.nat(2 ** 31 - 1), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => BigInt.asUintN(64, value)))
/** Ids are any numbers but 0; large ones stay below 2^53, where the library's and ours are exact. */
const anyId = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 53 - 1 }))
const anyText = fc.oneof(fc.constantFrom('', 'f', 'main', '/lib/x.so', 'nanoseconds', 'ü 7'), fc.string({ unit: 'grapheme', maxLength: 12 }))

/** Profiles as the library can write them: any ids in any order, inlined lines, locations without any, labels, odd references. */
const anyPprof = fc.record({
  types: fc.array(fc.record({ type: anyText, unit: fc.constantFrom('count', 'nanoseconds', 'milliseconds', 'bytes', 'toString', 'cycles') }), { minLength: 1, maxLength: 3 }),
  functions: fc.uniqueArray(fc.record({ id: anyId, name: anyText, filename: anyText }), { maxLength: 6, selector: ({ id }) => id }),
  mappings: fc.uniqueArray(fc.record({ id: anyId, filename: anyText }), { maxLength: 3, selector: ({ id }) => id }),
  locations: fc.uniqueArray(
    fc.record({ id: anyId, address: anyInt64, mapping: fc.nat(4), lines: fc.array(fc.nat(7), { maxLength: 3 }) }), { maxLength: 8, selector: ({ id }) => id }),
  samples: fc.array(fc.record({
    places: fc.array(fc.nat(9), { maxLength: 12 }), values: fc.array(anyInt64, { minLength: 3, maxLength: 3 }),
    labels: fc.uniqueArray(fc.record({ key: fc.constantFrom('thread', 'time', 'cpu', 'world', 'span'), str: anyText, num: fc.nat(2 ** 31 - 1) }), { maxLength: 4, selector: ({ key }) => key }),
  }), { maxLength: 15 }),
}).map(({ types, functions, mappings, locations, samples }) => {
  const strings = new StringTable()
  const s = (text: string) => strings.dedup(text)
  return new Pprof({
    stringTable: strings, sampleType: types.map(({ type, unit }) => ({ type: s(type), unit: s(unit) })),
    function: functions.map(({ id, name, filename }) => ({ id, name: s(name), filename: s(filename) })),
    mapping: mappings.map(({ id, filename }) => ({ id, filename: s(filename) })),
    // one beyond the last: a reference to nothing
    location: locations.map(({ id, address, mapping, lines }) => ({
      id, address, mappingId: mappings[mapping]?.id ?? 0, line: lines.map((line) => ({ functionId: functions[line]?.id ?? 999_999 })),
    })),
    sample: samples.map(({ places, values, labels }) => ({
      locationId: places.map((place) => locations[place]?.id ?? 2 ** 40 + place), value: values.slice(0, types.length),
      label: labels.map(({ key, str, num }) => (key === 'time' || key === 'cpu'
        ? { key: s(key), num, numUnit: s(key === 'time' ? 'nanoseconds' : '') } : { key: s(key), str: s(str) })),
    })),
  })
})

/** What the library's own decoding says, put together in the simplest way. */
function expected(bytes: Uint8Array): unknown[] {
  const { stringTable: { strings }, sampleType, sample, location, function: functions, mapping } = Pprof.decode(bytes)
  const text = (index: number | bigint) => strings[Number(index)]!
  const visible = (index: number | bigint) => visibleName(text(index))
  const factors = sampleType.map(({ unit }) => (text(unit) === 'milliseconds' ? 1e6 : 1))
  const framesOf = (id: number | bigint) => {
    const found = location.find((one) => Number(one.id) === Number(id))
    if (!found) return ['[unknown] ()']
    const file = visible(mapping.find((one) => Number(one.id) === Number(found.mappingId))?.filename ?? 0)
    if (found.line.length === 0) return [`0x${BigInt(found.address).toString(16)} (${file})`]
    return found.line.map(({ functionId }) => {
      const named = functions.find((one) => Number(one.id) === Number(functionId))
      return `${named ? visible(named.name) : ''} (${(named ? visible(named.filename) : '') || file})`
    }).reverse()
  }
  const labelled = sample.some(({ label }) => label.some(({ key, num }) => text(key) === 'thread' && Number(num) === 0))
  const timed = sample.length > 0 && sample.every(({ label }) => label.some(({ key }) => text(key) === 'time'))
  const hasCpu = sample.some(({ label }) => label.some(({ key }) => text(key) === 'cpu'))
  return sample.map(({ locationId, value, label }) => ({
    path: [...locationId].reverse().flatMap(framesOf),
    weights: value.map((one, k) => Number(BigInt.asIntN(64, BigInt(one))) * factors[k]!),
    thread: labelled ? text(label.find(({ key }) => text(key) === 'thread')?.str ?? 0) : undefined,
    time: timed ? Number(label.find(({ key }) => text(key) === 'time')!.num) / 1e9 : undefined,
    cpu: hasCpu ? Number(label.find(({ key }) => text(key) === 'cpu')?.num ?? -1) : undefined,
  }))
}

function rowsOf({ stacks, frames, samples, threads }: Profile): unknown[] {
  return Array.from(samples.stack, (leaf, row) => {
    const path: string[] = []
    for (let at = leaf; at >= 0; at = stacks.parent[at]!) path.unshift(`${frames.name[stacks.frame[at]!]} (${frames.module[stacks.frame[at]!]})`)
    return {
      path, weights: samples.weights.map((column) => column[row]!), time: samples.time?.[row], cpu: samples.cpu?.[row],
      thread: samples.thread ? threads[samples.thread[row]!] : undefined,
    }
  })
}

function inPieces(bytes: Uint8Array, size: number) {
  const reader = new PprofReader('x', 'asked for')
  // each piece in the same memory, as files come
  const buffer = new Uint8Array(size)
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    buffer.set(piece)
    reader.push(buffer.subarray(0, piece.length))
  }
  for (const _ of reader.closing()) { /* to its end */ }
  return reader.finish()
}

describe('pprof', () => {
  it('is read as pprof-format decodes it, whatever another program writes', () => {
    fc.assert(fc.property(anyPprof, (pprof) => {
      const bytes = pprof.encode()
      expect(rowsOf(readPprof('x', bytes).profile)).toEqual(expected(bytes))
    }), { numRuns: 400 })
  })

  it('gives the same wherever its pieces end', () => {
    fc.assert(fc.property(anyPprof, anyProfile, fc.integer({ min: 1, max: 40 }), (pprof, own, size) => {
      for (const bytes of [pprof.encode(), encodePprof(own)]) expect(inPieces(bytes, size)).toEqual(readPprof('x', bytes))
    }), { numRuns: 150 })
  })

  it('that is cut anywhere is refused in plain words that say where', () => {
    const bytes = encodePprof(fc.sample(anyProfile, { seed: 3, numRuns: 20 }).sort((a, b) => b.samples.stack.length - a.samples.stack.length)[0]!)
    let refused = 0
    for (let length = 1; length < bytes.length; length++) {
      try {
        inPieces(bytes.subarray(0, length), 1000)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(PlainErrorException)
        refused++
      }
    }
    // cut between two fields it may be a whole profile of less, and is never where texts are missing that are named
    expect(refused).toBeGreaterThan(bytes.length * 0.9)
  })

  it('is told from other bytes: what does not begin as one is none, whole or not', () => {
    fc.assert(fc.property(anyPprof, fc.nat(), (pprof, at) => {
      const bytes = pprof.encode()
      expect(looksLikePprof(bytes)).toBe(true)
      const changed = bytes.slice()
      changed[0] = (changed[0]! & ~7) | [1, 3, 4, 5, 6, 7][at % 6]!
      expect(looksLikePprof(changed)).toBe(false)
      expect(looksLikePprof(changed, false)).toBe(false)
    }), { numRuns: 100 })
  })
})
