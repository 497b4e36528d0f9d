import { functionTable } from '../../machine/functions'
import type { Machine } from '../../machine/machine'
import { MachineEvent, type Recorder } from '../../machine/observer'
import { worldNames } from '../../worlds'
import { counterCount, readCounters } from './gauges'
import { markKinds } from './types'

export const worldCount = worldNames.length
const markKindCount = markKinds.length
const mark = (kind: (typeof markKinds)[number]) => markKinds.indexOf(kind)
const hostIrqMark = mark('host-irq'), guestIrqMark = mark('guest-irq'), switchMark = mark('world-switch')

const worldOfFunction = Uint8Array.from(functionTable, ({ world }) => world)

/**
 * What each of a row of equally long bins of time held, by columns of `size` bins. A recorder: give it to the clock.
 * Without a known end (`end` Infinity) bins start short and are joined in pairs whenever all are full, so that any run
 * fits into the same memory.
 */
export class BinRecorder implements Recorder {
  /** Cycles of each world on the CPU, `cpu[bin * worldCount + world]`. */
  readonly cpu: Float64Array
  /** Cycles in which the card's DMA worked, and in which a frame was on the wire in any direction. */
  readonly nic: Float64Array
  readonly wire: Float64Array
  /** Stretches of CPU time: about how much there would be to draw. */
  readonly stretches: Float64Array
  /** Marks of each kind but samples, which the sampler has itself. */
  readonly marks: Int32Array[]
  readonly low: Float64Array[]
  readonly high: Float64Array[]
  private readonly current = new Float64Array(counterCount)
  private dmaSince: number
  private wireSince: number
  private onWire: number
  /** Cycle up to which time has been seen. */
  seenTo: number

  /** `width` in whole cycles. The machine is where recording begins, at `from` or before it. */
  constructor(
    private readonly machine: Machine, readonly from: number, private readonly end: number,
    public width: number, readonly size: number,
  ) {
    this.seenTo = from
    const { out, in: inbound } = machine.wire
    this.dmaSince = machine.nic.dma?.since ?? 0
    this.onWire = (out ? 1 : 0) + (inbound ? 1 : 0)
    this.wireSince = Math.min(out?.since ?? Infinity, inbound?.since ?? Infinity)
    this.cpu = new Float64Array(size * worldCount)
    this.nic = new Float64Array(size)
    this.wire = new Float64Array(size)
    this.stretches = new Float64Array(size)
    this.marks = Array.from({ length: markKindCount }, () => new Int32Array(size))
    this.low = Array.from({ length: counterCount }, () => new Float64Array(size).fill(Infinity))
    this.high = Array.from({ length: counterCount }, () => new Float64Array(size).fill(-Infinity))
  }

  spent(stack: number, start: number, end: number): void {
    if (end <= this.from || start >= this.end || end === start) return
    const world = worldOfFunction[this.machine.books.functionOf[stack]!]!
    readCounters(this.machine, this.current)
    const from = Math.max(start, this.from)
    const to = Math.min(end, this.end)
    if (this.end === Infinity) while (to >= this.from + this.width * this.size) this.join()
    this.seenTo = to
    let bin = this.binOf(from)
    this.stretches[bin]!++
    for (let at = from; at < to; bin++) {
      const next = Math.min(to, this.endOf(bin))
      this.cpu[bin * worldCount + world]! += next - at
      this.count(bin)
      at = next
    }
  }

  happened(event: MachineEvent): void {
    const { now } = this.machine.clock
    switch (event) {
      case MachineEvent.HostIrq: return this.mark(hostIrqMark, now)
      case MachineEvent.GuestIrq: return this.mark(guestIrqMark, now)
      case MachineEvent.SwitchToHost: case MachineEvent.SwitchToVmm: return this.mark(switchMark, now)
      case MachineEvent.DmaBegins: this.dmaSince = now; return
      case MachineEvent.DmaEnds:
        this.busy(this.nic, this.dmaSince, now)
        return
      case MachineEvent.WireOutBegins: case MachineEvent.WireInBegins:
        if (this.onWire++ === 0) this.wireSince = now
        return
      case MachineEvent.WireOutEnds: case MachineEvent.WireInEnds:
        if (--this.onWire === 0) this.busy(this.wire, this.wireSince, now)
    }
  }

  /** What is still under way at the end counts up to there. */
  finish(): void {
    if (this.machine.nic.dma) this.busy(this.nic, this.dmaSince, this.seenTo)
    if (this.onWire > 0) this.busy(this.wire, this.wireSince, this.seenTo)
  }

  private mark(kind: number, at: number): void {
    if (at >= this.from && at < this.end) this.marks[kind]![this.binOf(at)]!++
  }

  private busy(column: Float64Array, since: number, until: number): void {
    const to = Math.min(until, this.end)
    for (let at = Math.max(since, this.from), bin = this.binOf(at); at < to && bin < this.size; bin++) {
      const next = Math.min(to, this.endOf(bin))
      column[bin]! += next - at
      at = next
    }
  }

  private count(bin: number): void {
    for (let i = 0; i < counterCount; i++) {
      const value = this.current[i]!
      if (value < this.low[i]![bin]!) this.low[i]![bin] = value
      if (value > this.high[i]![bin]!) this.high[i]![bin] = value
    }
  }

  private binOf(at: number): number {
    return Math.min(this.size - 1, Math.floor((at - this.from) / this.width))
  }

  private endOf(bin: number): number {
    return this.from + (bin + 1) * this.width
  }

  private join(): void {
    const half = this.size / 2
    const sum = (column: Float64Array | Int32Array) => {
      for (let i = 0; i < half; i++) column[i] = column[2 * i]! + column[2 * i + 1]!
      column.fill(0, half)
    }
    for (let i = 0; i < half; i++) {
      for (let w = 0; w < worldCount; w++) {
        this.cpu[i * worldCount + w] = this.cpu[2 * i * worldCount + w]! + this.cpu[(2 * i + 1) * worldCount + w]!
      }
    }
    this.cpu.fill(0, half * worldCount)
    for (const column of [this.nic, this.wire, this.stretches, ...this.marks]) sum(column)
    const extreme = (column: Float64Array, of: (a: number, b: number) => number, empty: number) => {
      for (let i = 0; i < half; i++) column[i] = of(column[2 * i]!, column[2 * i + 1]!)
      column.fill(empty, half)
    }
    for (const column of this.low) extreme(column, Math.min, Infinity)
    for (const column of this.high) extreme(column, Math.max, -Infinity)
    this.width *= 2
  }
}
