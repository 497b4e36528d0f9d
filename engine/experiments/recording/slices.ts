import type { Machine } from '../../machine/machine'
import { functionTable } from '../../machine/functions'
import { MachineEvent, type Recorder } from '../../machine/observer'
import { World } from '../../worlds'
import { dataPacket } from './data-packets'
import { counterCount, readCounters } from './gauges'
import { type LanePath, LanePaths, Task } from './lanes'
import { frameName, guestIrqName, hostLineName, toHost, toVmm } from './names'
import { type Counter, type LaneId, type MarkKind, type Marks, type Slices, laneIds } from './types'

/** The slices of one lane as they come. */
class Lane {
  private readonly start: number[] = []
  private readonly end: number[] = []
  private readonly world: number[] = []
  private readonly frame: number[] = []
  private readonly depth: number[] = []
  private readonly packet: number[] = []

  /** Returns its index. */
  add(start: number, end: number, world: number, frame: number, depth: number, packet: number): number {
    this.start.push(start)
    this.world.push(world)
    this.frame.push(frame)
    this.depth.push(depth)
    this.packet.push(packet)
    return this.end.push(end) - 1
  }

  extend(slice: number, end: number): void {
    this.end[slice] = end
  }

  /** By their start; callers before what they call. */
  slices(): Slices {
    const order = this.start.map((_, i) => i).sort((a, b) => this.start[a]! - this.start[b]! || a - b)
    const by = (column: number[]) => order.map((i) => column[i]!)
    return {
      kind: 'slices', start: Float64Array.from(by(this.start)), end: Float64Array.from(by(this.end)),
      world: Uint8Array.from(by(this.world)), frame: Int32Array.from(by(this.frame)),
      depth: Uint8Array.from(by(this.depth)), packet: Int32Array.from(by(this.packet)),
    }
  }
}

class MarkLane {
  private readonly at: number[] = []
  private readonly what: number[] = []
  private readonly world: number[] = []

  add(at: number, what: number, world: number): void {
    this.at.push(at)
    this.what.push(what)
    this.world.push(world)
  }

  marks(): Marks {
    return {
      kind: 'marks', at: Float64Array.from(this.at), what: Int32Array.from(this.what), world: Uint8Array.from(this.world),
    }
  }
}

const nic = laneIds.indexOf('nic')
const wire = laneIds.indexOf('wire')

/** Every slice, mark and step of [from, to), as long as there are no more than `most` slices. */
export class SliceRecorder implements Recorder {
  /** There were more than `most`: what is here is of no use. */
  tooMany = false
  private readonly lanes = laneIds.map(() => new Lane())
  private readonly marks: Record<Exclude<MarkKind, 'sample'>, MarkLane> = {
    'host-irq': new MarkLane(), 'guest-irq': new MarkLane(), 'world-switch': new MarkLane(),
  }
  private readonly steps = Array.from({ length: counterCount }, () => ({ at: [] as number[], value: [] as number[] }))
  private readonly current = new Float64Array(counterCount)
  private readonly last = new Float64Array(counterCount).fill(NaN)
  private readonly paths: LanePaths
  private previous: LanePath | null = null
  private previousEnd = 0
  private previousSegment = 0
  /** Slice of each call of `previous`, the outermost first. */
  private readonly open: number[] = []
  private readonly openPacket: number[] = []
  private count = 0
  private onWire: { packet: number; since: number }[] = []
  private dma: { packet: number; since: number } | null
  private vmnetPacket = -1
  private sentPacket = -1

  /** The machine is where recording begins, at `from` or before it. */
  constructor(
    private readonly machine: Machine, private readonly from: number, private readonly to: number, private readonly most: number,
  ) {
    this.paths = new LanePaths(machine.books)
    this.dma = machine.nic.dma
    const none = { packet: -1, since: 0 }
    this.onWire = [machine.wire.out ?? none, machine.wire.in ?? none]
  }

  spent(stack: number, start: number, end: number): void {
    if (this.tooMany || end <= this.from || start >= this.to || end === start) return
    this.step(Math.max(start, this.from))
    const path = this.paths.of(stack)
    if (path.lane < 0) return
    const lane = this.lanes[path.lane]!
    let same = this.previous?.lane === path.lane && this.previousEnd === start ? commonCalls(this.previous, path) : 0
    // the same work once more is another slice; going on with it after a device has acted is not
    if (this.previous === path && this.machine.clock.segments !== this.previousSegment) same = Math.min(same, path.stacks.length - 1)
    // a caller goes on with the next packet; what works for the packet alone begins anew
    for (let depth = 0; depth < same; depth++) if (this.packetOf(path.stacks[depth]!) !== this.openPacket[depth]) same = depth
    for (let depth = 0; depth < same; depth++) lane.extend(this.open[depth]!, end)
    for (let depth = same; depth < path.stacks.length; depth++) {
      const stack = path.stacks[depth]!
      const fn = this.machine.books.functionOf[stack]!
      this.openPacket[depth] = this.packetOf(stack)
      this.open[depth] = lane.add(start, end, functionTable[fn]!.world, fn, depth, this.openPacket[depth]!)
      this.counted()
    }
    this.previous = path
    this.previousEnd = end
    this.previousSegment = this.machine.clock.segments
  }

  happened(event: MachineEvent, subject: number): void {
    if (this.tooMany) return
    const { machine } = this
    const { now } = machine.clock
    switch (event) {
      case MachineEvent.HostIrq: return this.mark('host-irq', hostLineName(subject), machine.clock.interrupted)
      case MachineEvent.GuestIrq: return this.mark('guest-irq', guestIrqName(subject), machine.clock.context)
      case MachineEvent.SwitchToHost: return this.markWorld('world-switch', toHost, World.Vmm)
      case MachineEvent.SwitchToVmm: return this.markWorld('world-switch', toVmm, World.VmApp)
      case MachineEvent.SegmentSent: this.sentPacket = subject; return
      case MachineEvent.VmnetTransmitBegins: return this.vmnetCall(dataPacket(machine, 'out', subject))
      case MachineEvent.VmnetReceiveBegins: return this.vmnetCall(dataPacket(machine, 'in', subject))
      case MachineEvent.NicHas: case MachineEvent.VmnetReceiveEnds: this.vmnetPacket = -1; return
      case MachineEvent.DmaBegins: this.dma = { packet: subject, since: now }; return
      case MachineEvent.DmaEnds: return this.fetched(now)
      case MachineEvent.WireOutBegins: this.onWire[0] = { packet: subject, since: now }; return
      case MachineEvent.WireInBegins: this.onWire[1] = { packet: subject, since: now }; return
      case MachineEvent.WireOutEnds: return this.crossed(0, now)
      case MachineEvent.WireInEnds: return this.crossed(1, now)
    }
  }

  /** Frames still under way reach to where the machine is. */
  finish(): void {
    const { now } = this.machine.clock
    if (this.dma) this.fetched(now)
    if (this.onWire[0]!.packet >= 0) this.crossed(0, now)
    if (this.onWire[1]!.packet >= 0) this.crossed(1, now)
  }

  slices(): Record<LaneId, Slices> {
    return Object.fromEntries(laneIds.map((id, i) => [id, this.lanes[i]!.slices()])) as Record<LaneId, Slices>
  }

  marksOf(kind: Exclude<MarkKind, 'sample'>): Marks {
    return this.marks[kind].marks()
  }

  counter(i: number): Counter {
    const { at, value } = this.steps[i]!
    return { kind: 'steps', at: Float64Array.from(at), value: Float64Array.from(value) }
  }

  private step(at: number): void {
    readCounters(this.machine, this.current)
    for (let i = 0; i < counterCount; i++) {
      if (this.current[i] === this.last[i]) continue
      this.last[i] = this.current[i]!
      this.steps[i]!.at.push(at)
      this.steps[i]!.value.push(this.current[i]!)
    }
  }

  private vmnetCall(packet: number): void {
    this.vmnetPacket = packet
    this.previous = null // one call right behind the other is another call
  }

  private fetched(now: number): void {
    const { packet, since } = this.dma!
    this.transfer(nic, since, now, frameName(this.machine.outbound, packet, 'to'), 0, dataPacket(this.machine, 'out', packet))
    this.dma = null
  }

  /** Direction 0: to the peer, 1: from it. */
  private crossed(direction: 0 | 1, now: number): void {
    const { packet, since } = this.onWire[direction]!
    const [ring, side, towards] = direction === 0
      ? [this.machine.outbound, 'out', 'to'] as const : [this.machine.inbound, 'in', 'from'] as const
    this.transfer(wire, since, now, frameName(ring, packet, towards), direction, dataPacket(this.machine, side, packet))
    this.onWire[direction] = { packet: -1, since: 0 }
  }

  private transfer(lane: number, since: number, now: number, name: number, depth: number, packet: number): void {
    if (now <= this.from || since >= this.to) return
    this.lanes[lane]!.add(since, now, World.Unclassified, name, depth, packet)
    this.counted()
  }

  private mark(kind: Exclude<MarkKind, 'sample'>, what: number, stack: number): void {
    const fn = this.machine.books.functionOf[stack]!
    this.markWorld(kind, what, fn < 0 ? World.Unclassified : functionTable[fn]!.world)
  }

  private markWorld(kind: Exclude<MarkKind, 'sample'>, what: number, world: World): void {
    const { now } = this.machine.clock
    if (now >= this.from && now < this.to) this.marks[kind].add(now, what, world)
  }

  private packetOf(stack: number): number {
    const task = this.paths.task(stack)
    if (task === Task.Transmit) return this.sentPacket
    return task === Task.Vmnet ? this.vmnetPacket : -1
  }

  private counted(): void {
    this.tooMany = ++this.count > this.most
  }
}

function commonCalls(a: LanePath, b: LanePath): number {
  const least = Math.min(a.stacks.length, b.stacks.length)
  let same = 0
  while (same < least && a.stacks[same] === b.stacks[same]) same++
  return same
}
