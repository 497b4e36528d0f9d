import { GrowingFloats, GrowingInts } from '../../growing'
import { lengthType, varintType, WireFault, type Wire } from './wire'

/** More than all names of a file take. */
const mostTextBytes = 500 * 1e6

const decoder = new TextDecoder()

/** The string table: bytes, of which only what is asked for becomes a string. */
export class Texts {
  private bytes = new Uint8Array(1 << 16)
  private readonly ends = new GrowingInts()
  private length = 0

  get count(): number {
    return this.ends.length
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start
    if (length > mostTextBytes) throw new WireFault(start, `it has more than ${mostTextBytes / 1e6} MB of names`)
    if (length > this.bytes.length) {
      const larger = new Uint8Array(length * 2)
      larger.set(this.bytes.subarray(0, this.length))
      this.bytes = larger
    }
    this.bytes.set(bytes.subarray(start, end), this.length)
    this.length = length
    this.ends.push(length)
  }

  /** Undefined: the file holds no such text. */
  at(index: number): string | undefined {
    if (index >= this.ends.length) return undefined
    return decoder.decode(this.bytes.subarray(index > 0 ? this.ends.at(index - 1) : 0, this.ends.at(index)))
  }
}

/**
 * Numbers for ids: those below 2^31 are their own, larger ones, which nobody numbers things with but may, are -2, -3 ...
 */
export class Ids {
  private readonly large = new Map<number, number>()

  numberOf(id: number): number {
    if (id < 2 ** 31) return id
    let number = this.large.get(id)
    if (number === undefined) this.large.set(id, number = -2 - this.large.size)
    return number
  }
}

/** Locations, and the lines of code that each is: several where functions were inlined, the innermost first. */
export class Locations {
  /** Numbers by `Ids`. */
  readonly id = new GrowingInts()
  readonly mappingId = new GrowingFloats()
  readonly addressHigh = new GrowingInts()
  readonly addressLow = new GrowingInts()
  /** Where the lines of each begin in `functionId`; those of the last go to its end. */
  readonly firstLine = new GrowingInts()
  readonly functionId = new GrowingFloats()

  read(wire: Wire, ids: Ids): void {
    let [id, mappingId, high, low] = [0, 0, 0, 0]
    this.firstLine.push(this.functionId.length)
    while (wire.next()) {
      if (wire.is(1, varintType)) id = wire.varint()
      else if (wire.is(2, varintType)) mappingId = wire.varint()
      else if (wire.is(3, varintType)) {
        wire.halves()
        ;({ high, low } = wire)
      } else if (wire.is(4, lengthType)) this.readLine(wire)
      else wire.skip()
    }
    this.id.push(ids.numberOf(id))
    this.mappingId.push(mappingId)
    this.addressHigh.push(high)
    this.addressLow.push(low)
  }

  private readLine(wire: Wire): void {
    let functionId = 0
    const outer = wire.enter()
    while (wire.next()) {
      if (wire.is(1, varintType)) functionId = wire.varint()
      else wire.skip()
    }
    wire.leave(outer)
    this.functionId.push(functionId)
  }

  /** As hexadecimal digits; all 64 bits. */
  address(index: number): string {
    const high = this.addressHigh.at(index) >>> 0
    const low = (this.addressLow.at(index) >>> 0).toString(16)
    return high === 0 ? low : high.toString(16) + low.padStart(8, '0')
  }
}

/** Functions or mappings: what both have for us, by their id. Texts by number. */
export class Named {
  readonly name = new GrowingInts()
  readonly file = new GrowingInts()
  /** The last one with an id is meant. */
  readonly byId = new Map<number, number>()

  /** Field numbers of the two texts; 0: the message has no such. */
  constructor(private readonly nameField: number, private readonly fileField: number) {}

  read(wire: Wire): void {
    let [id, name, file] = [0, 0, 0]
    while (wire.next()) {
      if (wire.wireType !== varintType) wire.skip()
      else if (wire.field === 1) id = wire.varint()
      else if (wire.field === this.nameField) name = wire.index()
      else if (wire.field === this.fileField) file = wire.index()
      else wire.skip()
    }
    this.byId.set(id, this.name.length)
    this.name.push(name)
    this.file.push(file)
  }
}

/** Types of values: pairs of texts by number. */
export interface ValueType {
  type: number
  unit: number
}

export function readValueType(wire: Wire): ValueType {
  const found = { type: 0, unit: 0 }
  while (wire.next()) {
    if (wire.is(1, varintType)) found.type = wire.index()
    else if (wire.is(2, varintType)) found.unit = wire.index()
    else wire.skip()
  }
  return found
}
