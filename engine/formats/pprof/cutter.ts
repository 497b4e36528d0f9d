import { lengthType, varintType, WireFault } from './wire'

/** Longer than anything that a profile holds: who announces more has been damaged. */
const longestField = 64 << 20

/**
 * One field of the outermost message: its content is bytes[start..end), valid during the call only, or where it is a number
 * `value`.
 */
export type FieldSink = (field: number, bytes: Uint8Array, start: number, end: number, value: number) => void

/** Cuts chunks of bytes into the fields of their outermost message: of what came before, only the begun field is kept. */
export class FieldCutter {
  /** Bytes of the content before the field that is being read. */
  position = 0
  private rest = new Uint8Array(1 << 16)
  private restLength = 0
  /** Of the field that `endOf` found whole. */
  private field = 0
  private start = 0
  private value = 0

  constructor(private readonly sink: FieldSink) {}

  push(chunk: Uint8Array): void {
    let at = this.completeRest(chunk)
    while (at < chunk.length) {
      const end = this.endOf(chunk, at, chunk.length)
      if (end < 0 || end > chunk.length) break
      this.sink(this.field, chunk, this.start, end, this.value)
      this.position += end - at
      at = end
    }
    if (at < chunk.length) this.keep(chunk.subarray(at))
  }

  /** After the last chunk. */
  end(): void {
    if (this.restLength > 0) throw new WireFault(this.position, 'the file ends inside the field that begins here')
  }

  /** How many bytes of the chunk belonged to the field that had begun before it. */
  private completeRest(chunk: Uint8Array): number {
    let at = 0
    while (this.restLength > 0 && at < chunk.length) {
      const end = this.endOf(this.rest, 0, this.restLength)
      // a number that is not whole yet does not say more than that a byte is missing
      const taken = Math.min(chunk.length - at, (end < 0 ? this.restLength + 1 : end) - this.restLength)
      this.keep(chunk.subarray(at, at + taken))
      at += taken
      const length = this.restLength
      if (this.endOf(this.rest, 0, length) !== length) continue
      this.restLength = 0
      this.sink(this.field, this.rest, this.start, length, this.value)
      this.position += length
    }
    return at
  }

  private keep(bytes: Uint8Array): void {
    const length = this.restLength + bytes.length
    if (length > this.rest.length) {
      const larger = new Uint8Array(length * 2)
      larger.set(this.rest.subarray(0, this.restLength))
      this.rest = larger
    }
    this.rest.set(bytes, this.restLength)
    this.restLength = length
  }

  /** Where the field that begins at `at` ends, which may be behind `end`; -1 when it cannot be said yet. */
  private endOf(bytes: Uint8Array, at: number, end: number): number {
    const tag = bytes[at]!
    this.field = tag >> 3
    const wireType = tag & 7
    if (this.field < 1 || this.field > 15 || (wireType !== varintType && wireType !== lengthType)) {
      throw new WireFault(this.position, 'no field of a profile begins here')
    }
    let value = 0
    for (let i = 1; i <= 10; i++) {
      if (at + i >= end) return -1
      const byte = bytes[at + i]!
      value += (byte & 127) * 2 ** (7 * (i - 1))
      if (byte >= 128) continue
      this.value = value
      this.start = at + i + 1
      if (wireType === varintType) return this.start
      if (value > longestField) throw new WireFault(this.position, `a field of ${value} bytes begins here: more than any profile has`)
      return this.start + value
    }
    throw new WireFault(this.position, 'a number has more than 64 bits')
  }
}
