import { StackBuilder, type StackTable } from '../../profile/columns'
import { World } from '../../worlds'
import { GrowingFloats, GrowingInts, larger } from '../../growing'
import { LabelColumns } from './labels'
import { notRecent, RecentStacks } from './recent-stacks'
import type { Ids } from './tables'
import { lengthType, varintType, WireFault, type Wire } from './wire'

/**
 * Samples as columns, while what their locations are is not known yet: locations mostly stand behind the samples. Stacks
 * are interned by location, so that a file's memory is that of its different stacks.
 */
export class SampleColumns {
  private builder = new StackBuilder()
  /** The stack of each sample, -1 without locations. */
  private stack = new GrowingInts()
  /** Values of one sample behind another's, `width` of each. */
  private values = new GrowingFloats()
  private labels = new LabelColumns()
  width = -1
  /** The first sample with another number of values than the first one; -1 without. */
  odd = { row: -1, values: 0 }
  /** Values that are larger than 2^53. */
  inexact = 0
  /** The open sample's locations, leaf first. */
  private path = new Int32Array(256)
  private depth = 0
  /** The sample before, root first, and its stacks: what the next one shares with it needs no look-up. */
  private before = new Int32Array(256)
  private stacksBefore = new Int32Array(256)
  private depthBefore = 0
  private recent = new RecentStacks()

  constructor(private readonly ids: Ids) {}

  get count(): number {
    return this.stack.length
  }

  /**
   * A column a value, times its factor. After the last sample each column is taken once and not kept: what becomes of it is
   * as large again.
   */
  takeWeights(count: number, factors: readonly number[]): Float64Array[] {
    const { values } = this
    this.values = new GrowingFloats()
    return factors.map((factor, k) => {
      const column = new Float64Array(count)
      for (let row = 0, at = k; row < count; row++, at += factors.length) column[row] = values.at(at) * factor
      return column
    })
  }

  takeLabels(): LabelColumns {
    const { labels } = this
    this.labels = new LabelColumns()
    return labels
  }

  /** The stack of each sample. Stacks have locations' numbers (`Ids`) in place of frames, and are numbered as samples first had them. */
  takeStacks(): { stack: Int32Array; stacks: StackTable } {
    const stack = this.stack.column()
    const { stacks } = this.builder.tables()
    this.stack = new GrowingInts()
    this.builder = new StackBuilder()
    this.recent = new RecentStacks()
    return { stack, stacks }
  }

  /** Reads one sample. */
  read(wire: Wire): void {
    const row = this.stack.length
    const firstValue = this.values.length
    let labels = 0
    this.depth = 0
    // writers put all locations of a sample into one field; into several they may
    let [packed, packedEnd] = [-1, -1]
    while (wire.next()) {
      if (wire.is(1, lengthType) && packed < 0 && this.depth === 0) {
        packedEnd = wire.contentEnd()
        packed = wire.at
        wire.at = packedEnd
      } else if (wire.is(1, lengthType) || wire.is(1, varintType)) {
        if (packed >= 0) this.addLocations(wire, packed, packedEnd)
        packed = -1
        this.readLocations(wire)
      } else if (wire.is(2, lengthType) || wire.is(2, varintType)) this.readValues(wire)
      else if (wire.is(3, lengthType)) this.labels.read(wire, row, labels++)
      else wire.skip()
    }
    this.checkWidth(row, this.values.length - firstValue)
    this.stack.push(packed >= 0 ? this.stackOfPacked(wire, packed, packedEnd) : this.internStack())
  }

  private stackOfPacked(wire: Wire, start: number, end: number): number {
    const { bytes } = wire
    const known = this.recent.find(bytes, start, end)
    if (known !== notRecent) return known
    this.addLocations(wire, start, end)
    const stack = this.internStack()
    this.recent.keep(bytes, start, end, stack)
    return stack
  }

  private readValues(wire: Wire): void {
    if (wire.wireType === varintType) return this.addValue(wire.signed())
    const outer = wire.enter()
    while (wire.more()) this.addValue(wire.signed())
    wire.leave(outer)
  }

  private addValue(value: number): void {
    if (!Number.isSafeInteger(value)) this.inexact++
    this.values.push(value)
  }

  private checkWidth(row: number, values: number): void {
    if (this.width < 0) this.width = values
    if (values === this.width || this.odd.row >= 0) return
    this.odd = { row, values }
  }

  /** Those in bytes[start..end), which the wire has gone over. */
  private addLocations(wire: Wire, start: number, end: number): void {
    const behind = wire.at
    this.reserve(end - start)
    const { path } = this
    let { depth } = this
    wire.at = start
    while (wire.at < end) {
      const id = wire.varint()
      path[depth++] = id < 2 ** 31 ? id : this.ids.numberOf(id)
    }
    if (wire.at > end) throw new WireFault(end, 'a number breaks off')
    this.depth = depth
    wire.at = behind
  }

  private readLocations(wire: Wire): void {
    const end = wire.wireType === lengthType ? wire.contentEnd() : -1
    if (end >= 0) {
      this.addLocations(wire, wire.at, end)
      wire.at = end
    } else {
      this.reserve(1)
      this.path[this.depth++] = this.ids.numberOf(wire.varint())
    }
  }

  private reserve(more: number): void {
    while (this.depth + more > this.path.length) {
      this.path = larger(this.path)
      this.before = larger(this.before)
      this.stacksBefore = larger(this.stacksBefore)
    }
  }

  private internStack(): number {
    const { path, depth, before, stacksBefore, builder } = this
    const most = Math.min(depth, this.depthBefore)
    let shared = 0
    while (shared < most && before[shared] === path[depth - 1 - shared]) shared++
    let stack = shared > 0 ? stacksBefore[shared - 1]! : -1
    for (let i = shared; i < depth; i++) {
      const location = path[depth - 1 - i]!
      before[i] = location
      stacksBefore[i] = stack = builder.stackId(stack, location, World.Unclassified)
    }
    this.depthBefore = depth
    return stack
  }
}
