import { ByteInterner } from './intern'

/** The text ends or breaks at this byte: what was read until then is whole. */
export class JsonFault extends Error {
  constructor(readonly at: number, problem: string) {
    super(problem)
    this.name = 'JsonFault'
  }
}

/** Work in steps of some milliseconds; each yields how many bytes have been gone over in all. */
export type JsonSteps = Generator<number, void, void>

/** Some milliseconds of reading, and of skipping less. */
const stepBytes = 1 << 18

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

const quote = 34
const backslash = 92
const comma = 44
const colon = 58
const openBracket = 91
const closeBracket = 93
const openBrace = 123
const closeBrace = 125
const minus = 45
const dot = 46

/** Powers of ten that are exact in a double: up to there a decimal of 15 digits divides exactly rounded. */
const tens = Array.from({ length: 23 }, (_, i) => 10 ** i)
const decoder = new TextDecoder()

/**
 * Reads JSON straight from its bytes, value by value in the order of the file, and makes strings and objects only of
 * what is asked for: neither the text nor a tree of it is ever in memory, and texts beyond the engine's longest string
 * can be read. Whoever reads knows what may come; `skip` leaves out the rest. Faults are JsonFaults.
 */
export class JsonBytes {
  at = 0
  /** Bytes gone over until the last step; those read twice count twice. */
  passed = 0
  private lastStep = 0
  /** Strings read by `text`: the same name appears thousands of times. */
  readonly strings = new ByteInterner()

  constructor(readonly bytes: Uint8Array) {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3
  }

  /** What comes next. */
  kind(): JsonKind {
    switch (this.next()) {
      case openBrace: return 'object'
      case openBracket: return 'array'
      case quote: return 'string'
      case 116: case 102: return 'boolean'
      case 110: return 'null'
      default: return 'number'
    }
  }

  /** Calls `visit` for each member; it must read or skip the member's value. */
  object(visit: (key: string) => void): void {
    this.beginObject()
    for (let key = this.nextMember(true); key !== null; key = this.nextMember(false)) visit(key)
  }

  /** Calls `visit` for each element; it must read or skip it. A comma before the end is let pass: some writers leave it. */
  array(visit: (index: number) => void): void {
    this.beginArray()
    for (let index = 0; this.nextElement(index === 0); index++) visit(index)
  }

  /** The same in steps; where a value of its own takes long, `visit` returns its steps. */
  *objectSteps(visit: (key: string) => JsonSteps | void): JsonSteps {
    this.beginObject()
    for (let key = this.nextMember(true); key !== null; key = this.nextMember(false)) {
      const steps = visit(key)
      if (steps) yield* steps
      if (this.isStep()) yield this.passed
    }
  }

  *arraySteps(visit: (index: number) => JsonSteps | void): JsonSteps {
    this.beginArray()
    for (let index = 0; this.nextElement(index === 0); index++) {
      const steps = visit(index)
      if (steps) yield* steps
      if (this.isStep()) yield this.passed
    }
  }

  /** Whether enough has been read since the last step for whoever waits to be let in. */
  isStep(): boolean {
    const moved = this.at - this.lastStep
    if (moved >= 0 && moved < stepBytes) return false
    this.lastStep = this.at
    // back to what has been skipped before: the bytes from there on are gone over again
    if (moved < 0) return false
    this.passed += moved
    return true
  }

  /** For trees whose depth is the file's: instead of `object`, whose calls would go as deep. */
  beginObject(): void {
    this.expect(openBrace, 'an object')
  }

  /** The next member's key, whose value must be read or skipped; null behind the last one. */
  nextMember(first: boolean): string | null {
    if (first ? this.closed(closeBrace) : this.ended(closeBrace)) return null
    const key = this.string()
    this.expect(colon, 'a colon')
    return key
  }

  beginArray(): void {
    this.expect(openBracket, 'a list')
  }

  /** Whether another element comes, which must be read or skipped. */
  nextElement(first: boolean): boolean {
    return !(first ? this.closed(closeBracket) : this.ended(closeBracket))
  }

  /** Null is NaN: some programs write it where they know no number. */
  number(): number {
    const first = this.next()
    const { bytes } = this
    let at = this.at
    const negative = first === minus
    if (negative) at++
    let value = 0
    let digits = 0
    let scale = -1
    for (; at < bytes.length; at++) {
      const digit = bytes[at]! - 48
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit
        digits++
        if (scale >= 0) scale++
      } else if (bytes[at] === dot && scale < 0) scale = 0
      else break
    }
    const more = bytes[at]! | 32
    if (digits === 0 || digits > 15 || scale > 22 || more === 101) return this.slowNumber()
    this.at = at
    if (scale > 0) value /= tens[scale]!
    return negative ? -value : value
  }

  string(): string {
    return this.strings.text[this.text()]!
  }

  /** The string's number in `strings`: equal texts have equal numbers. Null and other values are their source text. */
  text(): number {
    if (this.next() !== quote) {
      const start = this.at
      this.skip()
      return this.strings.id(this.bytes, start, this.at)
    }
    const start = this.at + 1
    const end = this.stringEnd(start)
    this.at = end + 1
    for (let i = start; i < end; i++) if (this.bytes[i] === backslash) return this.escaped(start, end)
    return this.strings.id(this.bytes, start, end)
  }

  boolean(): boolean {
    const value = this.next() === 116
    this.skip()
    return value
  }

  /** Reads over the next value, however deep: no recursion. */
  skip(): void {
    this.skipSome(0, Infinity)
  }

  *skipSteps(): JsonSteps {
    for (let depth = this.skipSome(0, stepBytes); depth > 0; depth = this.skipSome(depth, stepBytes)) {
      if (this.isStep()) yield this.passed
    }
  }

  /** Goes on over the value, in which `depth` brackets are open, for about so many bytes; how many are open then: 0 behind it. */
  private skipSome(open: number, most: number): number {
    const { bytes } = this
    const until = this.at + most
    let depth = open
    do {
      const byte = this.next()
      if (byte === openBrace || byte === openBracket) depth++
      else if (byte === closeBrace || byte === closeBracket) depth--
      else if (byte === quote) {
        this.at = this.stringEnd(this.at + 1) + 1
        continue
      } else if (byte !== comma && byte !== colon) {
        const start = this.at
        while (this.at < bytes.length && !isEnd(bytes[this.at]!)) this.at++
        if (this.at === start) throw new JsonFault(start, 'a control character where a value belongs')
        continue
      }
      this.at++
    } while (depth > 0 && this.at < until)
    return depth
  }

  private slowNumber(): number {
    const start = this.at
    while (this.at < this.bytes.length && !isEnd(this.bytes[this.at]!)) this.at++
    const text = decoder.decode(this.bytes.subarray(start, this.at))
    if (text === 'null') return Number.NaN
    const value = Number(text)
    if (text === '' || (Number.isNaN(value) && text !== 'NaN')) throw new JsonFault(start, `no number: ${text.slice(0, 40)}`)
    return value
  }

  private escaped(start: number, end: number): number {
    let text: unknown
    try {
      text = JSON.parse(decoder.decode(this.bytes.subarray(start - 1, end + 1)))
    } catch {
      throw new JsonFault(start, 'a string with a bad escape')
    }
    const encoded = encoder.encode(String(text))
    return this.strings.id(encoded, 0, encoded.length)
  }

  private stringEnd(start: number): number {
    const { bytes } = this
    for (let at = bytes.indexOf(quote, start); at >= 0; at = bytes.indexOf(quote, at + 1)) {
      let before = at - 1
      while (before >= start && bytes[before] === backslash) before--
      if ((at - before) % 2 === 1) return at
    }
    throw new JsonFault(start, 'the text ends inside a string')
  }

  private closed(close: number): boolean {
    if (this.next() !== close) return false
    this.at++
    return true
  }

  private ended(close: number): boolean {
    const byte = this.next()
    this.at++
    if (byte === close) return true
    if (byte !== comma) throw new JsonFault(this.at - 1, `"${String.fromCharCode(byte)}" where a comma or an end belongs`)
    return this.closed(close)
  }

  private expect(byte: number, what: string): void {
    if (this.next() !== byte) throw new JsonFault(this.at, `${what} is missing`)
    this.at++
  }

  private next(): number {
    const { bytes } = this
    while (this.at < bytes.length) {
      const byte = bytes[this.at]!
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte
      this.at++
    }
    throw new JsonFault(this.at, 'the text ends too early')
  }
}

const encoder = new TextEncoder()

function isEnd(byte: number): boolean {
  return byte === comma || byte === closeBrace || byte === closeBracket || byte <= 32 || byte === colon
}
