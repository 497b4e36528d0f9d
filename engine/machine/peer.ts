import { type Clock, Slot } from './clock'
import type { MachineConfig } from './config'
import { cyclesOfMicroseconds } from '../units'
import { mss } from './guest/tcp'
import { MachineEvent } from './observer'
import { PacketFlag, PacketRing } from './packets'
import type { Random } from './random'
import type { Wire } from './wire'

const initialWindowSegments = 2

/**
 * The other PC at the end of the wire: it answers after a time of its own, dithered by the seed (without the
 * dither idle time jumps by points when a latency changes by 5 us). It never runs out of CPU.
 * As a receiver it acknowledges every second full segment and anything else after the delayed ACK timer; as a
 * sender it fills the guest's window.
 */
export class Peer {
  private readonly readyAt = new Float64Array(1024)
  private announced = 0
  private received = 0
  private unacknowledged = 0
  private delayedAckAt = Infinity
  private sent = 0
  private guestAcknowledged = 0
  private inFlight = 0
  private congestionWindow = initialWindowSegments
  private readonly latencyLow: number
  private readonly latencyHigh: number
  private readonly delayedAckCycles: number

  constructor(
    private readonly clock: Clock, private readonly config: MachineConfig, private readonly wire: Wire,
    private readonly outbound: PacketRing, private readonly inbound: PacketRing, private readonly random: Random,
    private readonly bytesToSend: number,
  ) {
    const { peerLatency, peerDither, peerDelayedAck } = config.costs
    this.latencyLow = cyclesOfMicroseconds(Math.max(0, peerLatency - peerDither), config.mhz)
    this.latencyHigh = cyclesOfMicroseconds(peerLatency + peerDither, config.mhz)
    this.delayedAckCycles = cyclesOfMicroseconds(peerDelayedAck, config.mhz)
    clock.attach(Slot.Peer, { fire: () => this.due() })
    wire.atPeer = (packet) => this.frame(packet)
  }

  /** Data segments on their way to the guest, not acknowledged. */
  get segmentsInFlight(): number {
    return this.inFlight
  }

  /** Packets that it has wanted to send so far, its SYN among them. */
  get packetsReady(): number {
    return this.announced
  }

  get windowSegments(): number {
    return Math.min(this.congestionWindow, this.config.windowSegments)
  }

  private frame(packet: number): void {
    const slot = PacketRing.slot(packet)
    const flags = this.outbound.flags[slot]!
    const payload = this.outbound.payload[slot]!
    if (flags & PacketFlag.Syn) this.answer(0, PacketFlag.Syn | PacketFlag.Ack)
    else if (flags & PacketFlag.Fin) this.answer(0, PacketFlag.Fin | PacketFlag.Ack)
    else if (payload > 0) this.data(payload)
    else this.acknowledged(this.outbound.acknowledges[slot]!)
    this.reschedule()
  }

  private data(payload: number): void {
    this.received += payload
    this.unacknowledged++
    if (this.unacknowledged >= 2) this.answer(0, PacketFlag.Ack)
    else this.delayedAckAt = this.clock.now + this.delayedAckCycles
  }

  private acknowledged(upTo: number): void {
    while (this.guestAcknowledged < upTo) {
      this.guestAcknowledged += Math.min(mss, this.bytesToSend - this.guestAcknowledged)
      this.inFlight--
    }
    this.congestionWindow++
    const window = Math.min(this.congestionWindow, this.config.windowSegments)
    while (this.sent < this.bytesToSend && this.inFlight < window) {
      const payload = Math.min(mss, this.bytesToSend - this.sent)
      this.sent += payload
      this.inFlight++
      this.answer(payload, PacketFlag.Ack)
    }
  }

  private answer(payload: number, flags: number): void {
    this.unacknowledged = 0
    this.delayedAckAt = Infinity
    const packet = this.inbound.add(payload, flags, this.received)
    const before = packet > this.announced ? this.readyAt[PacketRing.slot(packet - 1)]! : 0
    const ready = this.clock.now + this.random.between(this.latencyLow, this.latencyHigh)
    this.readyAt[PacketRing.slot(packet)] = Math.max(ready, before) // packets stay in order
  }

  private due(): void {
    const { now } = this.clock
    if (this.delayedAckAt <= now) this.answer(0, PacketFlag.Ack)
    while (this.announced < this.inbound.built && this.readyAt[PacketRing.slot(this.announced)]! <= now) {
      this.clock.recorder?.happened(MachineEvent.PeerReady, this.announced)
      this.announced++
      this.wire.peerReady()
    }
    this.reschedule()
  }

  private reschedule(): void {
    const next = this.announced < this.inbound.built ? this.readyAt[PacketRing.slot(this.announced)]! : Infinity
    this.clock.schedule(Slot.Peer, Math.min(next, this.delayedAckAt))
  }
}
