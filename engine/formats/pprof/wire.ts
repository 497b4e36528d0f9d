/** The bytes are not what their format says; `at`: where in them. */
export class WireFault extends Error {
  constructor(readonly at: number, problem: string) {
    super(problem)
    this.name = 'WireFault'
  }
}

/** How a field's content is told from what follows it (protobuf.dev/programming-guides/encoding). */
export const varintType = 0
export const lengthType = 2

const bits32 = 2 ** 32

/**
 * Protobuf's wire format straight from bytes: the caller asks for fields one after another and for their content as what it
 * has to be, so that no objects are made of messages. Faults are WireFaults.
 */
export class Wire {
  at = 0
  /** Of the field that `next` found. */
  field = 0
  wireType = 0
  /** The two halves of what `halves` read. */
  low = 0
  high = 0
  bytes: Uint8Array = new Uint8Array(0)
  private end = 0

  /** From here on bytes[start..end) are read. */
  over(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes
    this.at = start
    this.end = end
  }

  /** Goes to the next field, whose content must be read or skipped; false at the end of the message. */
  next(): boolean {
    if (this.at >= this.end) return false
    const tag = this.varint()
    this.field = Math.floor(tag / 8)
    this.wireType = tag % 8
    if (this.field === 0) throw new WireFault(this.at, 'a field without a number')
    return true
  }

  /** Whether it is this field, in this form. A known field in another form is as good as unknown. */
  is(field: number, wireType: number): boolean {
    return this.field === field && this.wireType === wireType
  }

  /** Without sign; above 2^53 the nearest number. */
  varint(): number {
    const { bytes, at, end } = this
    if (at + 4 <= end) {
      const a = bytes[at]!
      if (a < 128) {
        this.at = at + 1
        return a
      }
      const b = bytes[at + 1]!
      if (b < 128) {
        this.at = at + 2
        return (a & 127) | (b << 7)
      }
      const c = bytes[at + 2]!
      if (c < 128) {
        this.at = at + 3
        return (a & 127) | ((b & 127) << 7) | (c << 14)
      }
      const d = bytes[at + 3]!
      if (d < 128) {
        this.at = at + 4
        return (a & 127) | ((b & 127) << 7) | ((c & 127) << 14) | (d << 21)
      }
    }
    this.halves()
    return (this.high >>> 0) * bits32 + (this.low >>> 0)
  }

  /** The place of something in a table. */
  index(): number {
    const value = this.varint()
    if (value >= 2 ** 31) throw new WireFault(this.at, `${value} is no place in any table`)
    return value
  }

  /** An int64: negative ones are two's complement. Beyond 2^53 the nearest number. */
  signed(): number {
    const value = this.varint()
    return value < 2 ** 53 ? value : this.high * bits32 + (this.low >>> 0)
  }

  /** A varint into `low` and `high`, all 64 bits of it. */
  halves(): void {
    const { bytes, end } = this
    let [low, high] = [0, 0]
    for (let i = 0; i < 10; i++) {
      if (this.at >= end) throw new WireFault(this.at, 'a number breaks off')
      const byte = bytes[this.at++]!
      const bits = byte & 127
      if (i < 5) low |= bits << (7 * i)
      if (i === 4) high = bits >>> 4
      else if (i > 4) high |= bits << (7 * i - 32)
      if (i === 9 && bits > 1) break
      if (byte < 128) {
        this.low = low
        this.high = high
        return
      }
    }
    throw new WireFault(this.at, 'a number has more than 64 bits')
  }

  /** Where the field's content ends: it begins at `at`. */
  contentEnd(): number {
    const length = this.varint()
    if (length > this.end - this.at) throw new WireFault(this.at, `${length} bytes are announced where ${this.end - this.at} are left`)
    return this.at + length
  }

  /** Goes into the field's message; its result is for `leave`, which goes behind it. */
  enter(): number {
    const outer = this.end
    this.end = this.contentEnd()
    return outer
  }

  leave(outer: number): void {
    this.at = this.end
    this.end = outer
  }

  /** Whether the message that was gone into goes on: for numbers that are packed into one field. */
  more(): boolean {
    return this.at < this.end
  }

  /** Behind the field's content, whatever it is. */
  skip(): void {
    if (this.wireType === varintType) this.halves()
    else if (this.wireType === lengthType) this.at = this.contentEnd()
    else if (this.wireType === 1 || this.wireType === 5) {
      this.at += this.wireType === 1 ? 8 : 4
      if (this.at > this.end) throw new WireFault(this.end, 'a number breaks off')
    } else throw new WireFault(this.at, `field ${this.field} has the wire type ${this.wireType}, which pprof does not use`)
  }
}
