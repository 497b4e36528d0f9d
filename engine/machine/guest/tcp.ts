import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { MachineEvent } from '../observer'
import { PacketFlag, PacketRing } from '../packets'
import type { Kernel } from './kernel'
import type { NetDriver } from './platform'

/** Ethernet's 1500 less IP (20), TCP (20) and the timestamp option (12). */
export const mss = 1448
/** Linux 2.2: sk->sndbuf, 64 KB less one. */
export const socketBuffer = 65535
/** What one sk_buff takes of it: data area for a full segment with its headers, rounded, plus the struct. */
export const segmentTruesize = 1776
const initialWindowSegments = 2
const segmentRing = 256

/**
 * The guest's TCP: one connection, no loss. Slow start without end (nothing is ever lost, so ssthresh stays
 * infinite), the peer's window, ACK clocking, Nagle's rule for a short tail; as a receiver an ACK for every
 * second segment. An ACK that finds the socket locked by the process waits in the backlog.
 * Paths follow Linux 2.2.17 net/ipv4/tcp.c, tcp_output.c and tcp_input.c.
 */
export class Tcp {
  driver!: NetDriver
  /** Bytes of payload acknowledged by the peer. */
  acknowledged = 0
  /** Bytes of payload handed to recv(). */
  delivered = 0
  established = false
  finished = false
  /** Packets without payload that acknowledged data. */
  acksReceived = 0
  private readonly length = new Int32Array(segmentRing)
  private first = 0 // oldest segment that is not acknowledged
  private next = 0 // next segment to send
  private tail = 0 // next segment to build
  private sentBytes = 0
  private congestionWindow = initialWindowSegments
  private locked = false
  private closing = false
  private backlog = 0
  private waitingToTransmit = 0 // packets built and not yet taken by the driver
  private processed = 0
  private receivedBytes = 0
  private unacknowledgedSegments = 0
  private ticksSinceData = 0
  private readonly sendWindow: number

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly counts: Counts,
    private readonly kernel: Kernel, readonly outbound: PacketRing, readonly inbound: PacketRing,
    windowSegments: number,
  ) {
    this.sendWindow = windowSegments * mss
    kernel.bottomHalfWork = () => this.bottomHalf()
  }

  /** Packets that the driver has given to netif_rx and the bottom half has not seen yet are [processed, received). */
  received = 0

  connect(): void {
    this.control(PacketFlag.Syn)
    while (!this.established) this.kernel.sleep()
  }

  /** send(): copies `bytes` into segments, sends what the windows allow, sleeps while the buffer is full. */
  send(bytes: number): void {
    const from = this.clock.enter(Fn.TcpSendmsg)
    this.locked = true
    let left = bytes
    while (left > 0) {
      if (this.tail > this.next && this.lengthOf(this.tail - 1) < mss) left -= this.fill(this.tail - 1, left)
      else if (this.bufferUsed() >= socketBuffer) {
        this.waitForMemory()
        continue
      } else {
        this.clock.runHere(this.cost.guestSegmentBuild)
        this.kernel.platform.privileged(4) // two slab allocations, each save_flags/cli and restore_flags
        this.length[this.tail % segmentRing] = 0
        this.clock.recorder?.happened(MachineEvent.SegmentBuilt, this.tail)
        this.tail++
        left -= this.fill(this.tail - 1, left)
      }
      this.push()
    }
    this.releaseSocket()
    this.clock.leave(from)
  }

  /** recv(): waits until `bytes` (or the rest before FIN) are there, copies them out. Returns what it copied. */
  receive(bytes: number, last: number): number {
    const from = this.clock.enter(Fn.TcpRecvmsg)
    this.locked = true
    let copied = 0
    while (copied < bytes && this.delivered < last) {
      const there = Math.min(this.receivedBytes - this.delivered, bytes - copied)
      if (there === 0) {
        this.releaseSocket()
        if (this.receivedBytes === this.delivered) this.kernel.sleep()
        this.locked = true
        continue
      }
      this.clock.run(Fn.CopyToUser, Math.round(there * this.cost.guestCopyPerByte))
      this.delivered += there
      copied += there
    }
    this.releaseSocket()
    this.clock.leave(from)
    return copied
  }

  /** close(): a short tail goes out at once (tcp_send_fin turns Nagle's rule off), FIN behind it. */
  close(): void {
    this.closing = true
    this.push()
    while (this.next < this.tail) this.kernel.sleep()
    this.control(PacketFlag.Fin | PacketFlag.Ack)
    while (!this.finished) this.kernel.sleep()
  }

  segmentsInFlight(): number {
    return this.next - this.first
  }

  /** Data segments built so far, and those of them that have been acknowledged. A segment becomes one packet. */
  get segmentsBuilt(): number {
    return this.tail
  }

  get segmentsAcknowledged(): number {
    return this.first
  }

  /** Data segments that the congestion window and the peer's window let be in flight. */
  get windowSegments(): number {
    return Math.min(this.congestionWindow, Math.floor(this.sendWindow / mss))
  }

  /** The timer's bottom half: a delayed acknowledgement goes out after two ticks (Linux 2.2: HZ/50 at least). */
  tick(): void {
    if (this.unacknowledgedSegments > 0 && ++this.ticksSinceData >= 2) this.control(PacketFlag.Ack)
  }

  /** The driver has room again: net_bh lets the queue run. */
  ringFreed(): void {
    if (this.waitingToTransmit > 0) this.kernel.markBottomHalf()
  }

  private lengthOf(segment: number): number {
    return this.length[segment % segmentRing]!
  }

  private fill(segment: number, bytes: number): number {
    const n = Math.min(mss - this.lengthOf(segment), bytes)
    this.clock.run(Fn.CopyFromUser, Math.round(n * this.cost.guestCopyPerByte))
    this.length[segment % segmentRing]! += n
    return n
  }

  private bufferUsed(): number {
    return (this.tail - this.first) * segmentTruesize
  }

  /**
   * wait_for_tcp_memory: sleeps until tcp_memory_free, that is until any sk_buff has been freed. An ACK frees two,
   * so in the steady state the process runs for two segments an ACK: two context switches each time.
   */
  private waitForMemory(): void {
    this.releaseSocket()
    while (this.bufferUsed() >= socketBuffer) this.kernel.sleep()
    this.locked = true
  }

  private releaseSocket(): void {
    this.locked = false
    if (this.backlog === 0) return
    const from = this.clock.enter(Fn.ReleaseSock)
    while (this.backlog > 0) {
      this.backlog--
      this.deliver(this.processed++)
    }
    this.clock.leave(from)
  }

  private push(): void {
    while (this.next < this.tail && this.maySend(this.lengthOf(this.next))) {
      const bytes = this.lengthOf(this.next)
      this.next++
      this.sentBytes += bytes
      this.transmit(bytes, PacketFlag.Ack)
    }
  }

  private maySend(bytes: number): boolean {
    const inFlight = this.next - this.first
    if (inFlight >= this.congestionWindow) return false
    if (this.sentBytes - this.acknowledged + bytes > this.sendWindow) return false
    return bytes === mss || inFlight === 0 || this.closing // Nagle
  }

  private control(flags: number): void {
    this.transmit(0, flags)
  }

  private transmit(payload: number, flags: number): void {
    this.clock.recorder?.happened(MachineEvent.SegmentSent, payload > 0 ? this.next - 1 : -1)
    const from = this.clock.enter(Fn.TcpTransmit)
    this.clock.runHere(this.cost.guestTcpTransmit)
    this.kernel.platform.privileged(2) // skb_clone's slab allocation
    this.clock.run(Fn.IpTransmit, this.cost.guestIpTransmit)
    this.unacknowledgedSegments = 0 // every packet carries an ACK
    const packet = this.outbound.add(payload, flags, this.receivedBytes)
    if (this.waitingToTransmit > 0 || !this.driver.startXmit(packet)) this.waitingToTransmit++
    this.clock.leave(from)
  }

  /** net_bh: first the queue that waits for the card, then packets received. */
  private bottomHalf(): boolean {
    while (this.waitingToTransmit > 0) {
      if (!this.driver.startXmit(this.outbound.built - this.waitingToTransmit)) break
      this.waitingToTransmit--
    }
    if (this.processed + this.backlog >= this.received) return false
    const from = this.clock.enter(Fn.NetBh)
    this.clock.runHere(this.cost.guestProtocolReceive)
    this.kernel.platform.privileged(2)
    if (this.locked) this.backlog++
    else this.deliver(this.processed++)
    this.clock.leave(from)
    return true
  }

  private deliver(packet: number): void {
    const slot = PacketRing.slot(packet)
    const flags = this.inbound.flags[slot]!
    const payload = this.inbound.payload[slot]!
    const from = this.clock.enter(Fn.TcpRcv)
    this.counts.packetsReceived++
    if (payload > 0) this.data(payload, packet)
    else if (flags === PacketFlag.Ack) this.acksReceived++
    if (flags & PacketFlag.Ack) this.acknowledgement(this.inbound.acknowledges[slot]!, packet)
    if (flags & PacketFlag.Syn) {
      this.established = true
      this.control(PacketFlag.Ack)
      this.kernel.wakeUp()
    }
    if (flags & PacketFlag.Fin) {
      this.control(PacketFlag.Ack)
      this.finished = true
      this.kernel.wakeUp()
    }
    this.clock.leave(from)
  }

  private data(payload: number, packet: number): void {
    this.clock.runHere(this.cost.guestTcpData)
    this.kernel.platform.privileged(2)
    this.receivedBytes += payload
    this.clock.recorder?.happened(MachineEvent.TcpHas, packet)
    this.unacknowledgedSegments++
    this.ticksSinceData = 0
    if (this.unacknowledgedSegments >= 2) this.control(PacketFlag.Ack)
    if (this.kernel.asleep) this.kernel.wakeUp()
  }

  private acknowledgement(upTo: number, packet: number): void {
    this.clock.runHere(this.cost.guestTcpAck)
    let freed = 0
    while (this.first < this.next && this.acknowledged + this.lengthOf(this.first) <= upTo) {
      this.acknowledged += this.lengthOf(this.first)
      this.first++
      freed++
      this.clock.run(Fn.CleanRtx, this.cost.guestFreeSegment)
      this.kernel.platform.privileged(3) // kfree_skb of the clone's data and head
    }
    if (freed === 0) return
    this.clock.recorder?.happened(MachineEvent.TcpHas, packet)
    this.congestionWindow++
    this.push()
    if (this.kernel.asleep) this.kernel.wakeUp() // sock_wfree -> tcp_write_space
  }
}
