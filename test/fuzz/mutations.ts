import { gzip, joined } from '../../engine/formats/gzip'
import { Random } from '../../engine/machine/random'
import type { Seed } from './corpus'

/** Pieces that readers have tripped over, here or elsewhere: numbers at their ends, brackets, names, line ends, bytes. */
const pieces = [
  '-1', '0', '1e308', '1e-320', 'NaN', 'Infinity', '9007199254740993', '99999999999999999999999999', '-9223372036854775808', '4294967295',
  '0.0000001', '""', '[', ']', '{', '}', ',', ':', '\\u0000', '\\ud800', 'null', 'true', '\n', '\r\n', '\r', '\t', '\0', ';', '  ', '(', ')',
  '__proto__', 'constructor', 'hasOwnProperty', '\u202e', '<img src=x onerror=alert(1)>', '\xff\xfe', '../../etc/passwd', '%s%n', '#', '+0x',
].map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff))

const join = (...parts: readonly Uint8Array[]) => joined(parts)

type Mutation = (bytes: Uint8Array, random: Random, seeds: readonly Seed[]) => Uint8Array

const place = (bytes: Uint8Array, random: Random) => random.between(0, bytes.length)
const cutAt = (bytes: Uint8Array, from: number, to: number, ...between: Uint8Array[]) => join(bytes.subarray(0, from), ...between, bytes.subarray(to))

/** From a line's start to the next one's. */
function lineAround(bytes: Uint8Array, at: number): [number, number] {
  const end = bytes.indexOf(10, at)
  return [bytes.lastIndexOf(10, Math.max(0, at - 1)) + 1, end < 0 ? bytes.length : end + 1]
}

/** A number or word around a place, or nothing. */
function tokenAround(bytes: Uint8Array, at: number): [number, number] {
  const inToken = (byte: number | undefined) => byte !== undefined && ((byte >= 48 && byte <= 57) || byte === 46 || byte === 45 || (byte | 32) >= 97 && (byte | 32) <= 122)
  let [from, to] = [at, at]
  while (from > 0 && inToken(bytes[from - 1])) from--
  while (to < bytes.length && inToken(bytes[to])) to++
  return [from, to]
}

const mutations: readonly Mutation[] = [
  function flipsABit(bytes, random) {
    const copy = bytes.slice()
    if (copy.length > 0) copy[random.between(0, copy.length - 1)]! ^= 1 << random.between(0, 7)
    return copy
  },
  function setsAByte(bytes, random) {
    const copy = bytes.slice()
    if (copy.length > 0) copy[random.between(0, copy.length - 1)] = random.between(0, 255)
    return copy
  },
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => bytes.subarray(place(bytes, random)),
  function cutsOut(bytes, random) {
    const from = place(bytes, random)
    return cutAt(bytes, from, Math.min(bytes.length, from + random.between(1, 400)))
  },
  function repeats(bytes, random) {
    const from = place(bytes, random)
    const part = bytes.subarray(from, from + random.between(1, 200))
    return cutAt(bytes, from, from, ...Array.from({ length: random.between(1, 60) }, () => part))
  },
  function putsIn(bytes, random) {
    const at = place(bytes, random)
    return cutAt(bytes, at, at, pieces[random.between(0, pieces.length - 1)]!)
  },
  function replacesAToken(bytes, random) {
    const [from, to] = tokenAround(bytes, place(bytes, random))
    return cutAt(bytes, from, to, pieces[random.between(0, pieces.length - 1)]!)
  },
  function dropsALine(bytes, random) {
    return cutAt(bytes, ...lineAround(bytes, place(bytes, random)))
  },
  function movesALine(bytes, random) {
    const [from, to] = lineAround(bytes, place(bytes, random))
    const without = cutAt(bytes, from, to)
    const [at] = lineAround(without, place(without, random))
    return cutAt(without, at, at, bytes.subarray(from, to))
  },
  function splices(bytes, random, seeds) {
    const other = seeds[random.between(0, seeds.length - 1)]!.bytes
    return join(bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random)))
  },
  function makesALongLine(bytes, random) {
    const at = place(bytes, random)
    return cutAt(bytes, at, at, new Uint8Array(random.between(1000, 100_000)).fill(random.between(32, 126)))
  },
  function nestsDeeply(bytes, random) {
    const at = place(bytes, random)
    return cutAt(bytes, at, at, new Uint8Array(random.between(100, 20_000)).fill([91, 123, 40, 59][random.between(0, 3)]!))
  },
  (bytes) => gzip(bytes),
  function hasOtherLineEnds(bytes) {
    return Uint8Array.from(Array.from(bytes).flatMap((byte) => (byte === 10 ? [13, 10] : [byte])))
  },
]

/** Case number `index`: a seed and one to four mutations of it, one after another. */
export function caseOf(index: number, seeds: readonly Seed[]): { name: string; bytes: Uint8Array } {
  const random = new Random(index, 77)
  const seed = seeds[index % seeds.length]!
  let { bytes } = seed
  const changes = random.between(1, 4)
  for (let i = 0; i < changes; i++) bytes = mutations[random.between(0, mutations.length - 1)]!(bytes, random, seeds)
  return { name: `case ${index}, of ${seed.name}`, bytes }
}
