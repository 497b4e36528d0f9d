import { lanceIrq } from '../../machine/guest/irq'
import type { Machine } from '../../machine/machine'
import { MachineEvent, type Recorder } from '../../machine/observer'
import { bytesUpTo, dataPacket } from './data-packets'
import { type StationDefinition, receiveStations, sendStations } from './stations'

/** More inbound packets than can be between the peer and the guest's TCP: the window is far smaller. */
const inboundRing = 1024

/** When something was, and how many world switches there had been. */
interface Instant {
  at: number
  switches: number
}

/**
 * Notes when the data packets `first` to `first + count - 1` pass each station. A station at which a packet turns up only
 * after it has been seen further on, or which it never reaches, stays NaN: it did not pass by there.
 */
export class PacketRecorder implements Recorder {
  readonly stations: readonly StationDefinition[]
  readonly at: Float64Array[]
  readonly switches: Int32Array[]
  readonly nestedInterrupts: Int32Array
  readonly combinedWith: Int32Array
  /** Packets that have come to the end of their way: all before this one. */
  private ended: number
  private readonly stationOf = new Map<MachineEvent, number>()
  /** Stations of inbound packets in a sender's run, by ring place: they become those of the packets acknowledged. */
  private readonly inboundAt: Float64Array[]
  private readonly inboundSwitches: Int32Array[]
  private readonly last = new Map<MachineEvent, Instant>()
  private demanded = -1
  private handled: number
  private looked: number
  private interruptsBefore = 0
  /** Rows of the packets that the VMApp has found on this look through the ring. */
  private readonly visit: number[] = []
  private readonly sends: boolean

  constructor(private readonly machine: Machine, readonly first: number, readonly count: number) {
    this.sends = machine.scenario.direction === 'send'
    this.stations = this.sends ? sendStations : receiveStations
    this.stations.forEach(({ event }, station) => this.stationOf.set(event, station))
    const columns = (length: number) => this.stations.map(() => new Float64Array(length).fill(NaN))
    const counts = (length: number) => this.stations.map(() => new Int32Array(length))
    this.at = columns(count)
    this.switches = counts(count)
    this.inboundAt = this.sends ? columns(inboundRing) : []
    this.inboundSwitches = this.sends ? counts(inboundRing) : []
    this.nestedInterrupts = new Int32Array(count)
    this.combinedWith = new Int32Array(count).fill(1)
    this.ended = this.sends ? machine.tcp.segmentsAcknowledged : first
    this.handled = machine.nic.bridged
    this.looked = machine.nic.bridged
  }

  /** All packets wanted have come to the end of their way. */
  get done(): boolean {
    return this.ended >= this.first + this.count
  }

  spent(): void {}

  happened(event: MachineEvent, subject: number): void {
    switch (event) {
      case MachineEvent.Send: return this.remember(event)
      case MachineEvent.RingPolled:
        this.visit.length = 0
        return this.remember(event)
      case MachineEvent.GuestIrq: if (subject === lanceIrq) this.remember(event); return
      case MachineEvent.SegmentBuilt: return this.segmentBuilt(subject)
      case MachineEvent.SegmentSent: return this.pass(event, subject, this.now())
      case MachineEvent.TransmitDemand:
        this.demanded = subject
        return this.outbound(event, subject)
      case MachineEvent.Queued: case MachineEvent.InHost: return this.outbound(event, this.demanded)
      case MachineEvent.VmnetTransmitBegins: return this.vmnetBegins(subject)
      case MachineEvent.NicHas: return this.nicHas(subject)
      case MachineEvent.DriverTakes: case MachineEvent.DmaBegins: case MachineEvent.DmaEnds:
      case MachineEvent.WireOutBegins: case MachineEvent.WireOutEnds: return this.outbound(event, subject)
      case MachineEvent.NicHandled:
        for (; this.handled < subject; this.handled++) this.inbound(event, this.handled, this.now())
        return
      case MachineEvent.Looked:
        for (; this.looked < subject; this.looked++) this.inbound(event, this.looked, this.now())
        return
      case MachineEvent.DriverReceives:
        this.inboundSince(MachineEvent.GuestIrq, subject)
        return this.inbound(event, subject, this.now())
      case MachineEvent.TcpHas:
        this.inbound(event, subject, this.now())
        return this.acknowledged(subject)
      case MachineEvent.Received: return this.received(subject)
      case MachineEvent.PeerReady: case MachineEvent.WireInBegins: case MachineEvent.WireInEnds: case MachineEvent.Bridged:
      case MachineEvent.VmnetReceiveBegins: case MachineEvent.VmnetReceiveEnds: case MachineEvent.LanceHas:
        return this.inbound(event, subject, this.now())
    }
  }

  private now(): Instant {
    return { at: this.machine.clock.now, switches: this.machine.counts.worldSwitches }
  }

  private remember(event: MachineEvent): void {
    this.last.set(event, this.now())
  }

  private segmentBuilt(segment: number): void {
    const entered = this.last.get(MachineEvent.Send)
    if (entered) this.pass(MachineEvent.Send, segment, entered)
    this.pass(MachineEvent.SegmentBuilt, segment, this.now())
  }

  private vmnetBegins(packet: number): void {
    const polled = this.last.get(MachineEvent.RingPolled)
    this.interruptsBefore = this.machine.counts.hostIrqsInHost
    const row = this.rowOf(dataPacket(this.machine, 'out', packet))
    this.visit.push(row)
    for (const one of this.visit) if (one >= 0) this.combinedWith[one] = this.visit.length
    if (polled) this.pass(MachineEvent.RingPolled, dataPacket(this.machine, 'out', packet), polled)
    this.outbound(MachineEvent.VmnetTransmitBegins, packet)
  }

  private nicHas(packet: number): void {
    const row = this.rowOf(dataPacket(this.machine, 'out', packet))
    const vmnet = this.stationOf.get(MachineEvent.VmnetTransmitBegins)
    if (row >= 0 && vmnet !== undefined && !Number.isNaN(this.at[vmnet]![row])) {
      this.nestedInterrupts[row] = this.machine.counts.hostIrqsInHost - this.interruptsBefore
    }
    this.outbound(MachineEvent.NicHas, packet)
  }

  private outbound(event: MachineEvent, packet: number): void {
    if (this.sends) this.pass(event, dataPacket(this.machine, 'out', packet), this.now())
  }

  /** In a sender's run an inbound packet is an ACK: whose, is known when TCP has it. */
  private inbound(event: MachineEvent, packet: number, when: Instant): void {
    if (!this.sends) return this.pass(event, dataPacket(this.machine, 'in', packet), when)
    const slot = packet % inboundRing
    if (event === MachineEvent.PeerReady) for (const column of this.inboundAt) column[slot] = NaN
    const station = this.stationOf.get(event)!
    for (let later = station; later < this.stations.length; later++) if (!Number.isNaN(this.inboundAt[later]![slot])) return
    this.inboundAt[station]![slot] = when.at
    this.inboundSwitches[station]![slot] = when.switches
  }

  private inboundSince(event: MachineEvent, packet: number): void {
    const when = this.last.get(event)
    if (when) this.inbound(event, packet, when)
  }

  /** The ACK frees segments: its stations are theirs. */
  private acknowledged(ack: number): void {
    if (!this.sends) return
    const slot = ack % inboundRing
    for (const until = this.machine.tcp.segmentsAcknowledged; this.ended < until; this.ended++) {
      for (let station = this.stationOf.get(MachineEvent.PeerReady)!; station < this.stations.length; station++) {
        const at = this.inboundAt[station]![slot]!
        if (!Number.isNaN(at)) this.passAt(station, this.ended, { at, switches: this.inboundSwitches[station]![slot]! })
      }
    }
  }

  private received(bytes: number): void {
    for (; this.ended < this.first + this.count && bytesUpTo(this.machine, this.ended) <= bytes; this.ended++) {
      this.pass(MachineEvent.Received, this.ended, this.now())
    }
  }

  private pass(event: MachineEvent, packet: number, when: Instant): void {
    const station = this.stationOf.get(event)
    if (station !== undefined) this.passAt(station, packet, when)
  }

  private passAt(station: number, packet: number, { at, switches }: Instant): void {
    const row = this.rowOf(packet)
    if (row < 0 || !Number.isNaN(this.at[station]![row])) return
    for (let other = 0; other < this.stations.length; other++) {
      const there = this.at[other]![row]!
      if (other < station ? there > at : !Number.isNaN(there)) return
    }
    this.at[station]![row] = at
    this.switches[station]![row] = switches
  }

  private rowOf(packet: number): number {
    const row = packet - this.first
    return packet >= 0 && row >= 0 && row < this.count ? row : -1
  }
}
