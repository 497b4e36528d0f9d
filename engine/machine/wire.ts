import { type Clock, Slot } from './clock'
import type { MachineConfig } from './config'
import { MachineEvent } from './observer'
import { zeroCycles } from './one-shape'
import { PacketRing, frameBytes, wireOverheadBytes } from './packets'
import type { Random } from './random'

/**
 * The link: one frame at a time in each direction, or in both together when it is half duplex. Stations defer
 * to a frame on the wire; when both wait for its end, chance decides, as the back-off after their collision does.
 * The time that the collision itself takes (a few microseconds) is not modelled.
 */
export class Wire {
  /** The card's FIFO has a place again. */
  frameLeft: () => void = () => {}
  /** A whole frame has reached the peer, or the host's card. */
  atPeer: (packet: number) => void = () => {}
  atHost: () => void = () => {}
  private readonly cyclesPerByte: number
  private outQueued = 0
  private inQueued = 0
  private outPacket = 0
  private inPacket = 0
  private sendingOut = false
  private sendingIn = false
  private outSince = zeroCycles
  private inSince = zeroCycles

  constructor(
    private readonly clock: Clock, private readonly config: MachineConfig,
    private readonly outbound: PacketRing, private readonly inbound: PacketRing, private readonly random: Random,
  ) {
    this.cyclesPerByte = (config.mhz * 8) / config.linkMbps
    clock.attach(Slot.WireOut, { fire: () => this.outDone() })
    clock.attach(Slot.WireIn, { fire: () => this.inDone() })
  }

  /** The card has its next outbound packet in the FIFO. */
  frameReady(): void {
    this.outQueued++
    this.start()
  }

  /** The peer has its next inbound packet ready. */
  peerReady(): void {
    this.inQueued++
    this.start()
  }

  /** The frame on its way to the peer, or to the host, and since which cycle; null: there is none. */
  get out(): { packet: number; since: number } | null {
    return this.sendingOut ? { packet: this.outPacket, since: this.outSince } : null
  }

  get in(): { packet: number; since: number } | null {
    return this.sendingIn ? { packet: this.inPacket, since: this.inSince } : null
  }

  private start(): void {
    if (this.config.duplex === 'full') {
      if (this.outQueued > 0 && !this.sendingOut) this.startOut()
      if (this.inQueued > 0 && !this.sendingIn) this.startIn()
      return
    }
    if (this.sendingOut || this.sendingIn) return
    if (this.outQueued > 0 && (this.inQueued === 0 || this.random.between(0, 1) === 0)) this.startOut()
    else if (this.inQueued > 0) this.startIn()
  }

  private startOut(): void {
    this.sendingOut = true
    this.outSince = this.clock.now
    this.clock.recorder?.happened(MachineEvent.WireOutBegins, this.outPacket)
    this.clock.schedule(Slot.WireOut, this.clock.now + this.frameCycles(this.outbound, this.outPacket))
  }

  private startIn(): void {
    this.sendingIn = true
    this.inSince = this.clock.now
    this.clock.recorder?.happened(MachineEvent.WireInBegins, this.inPacket)
    this.clock.schedule(Slot.WireIn, this.clock.now + this.frameCycles(this.inbound, this.inPacket))
  }

  private outDone(): void {
    this.sendingOut = false
    this.outQueued--
    const packet = this.outPacket++
    this.clock.recorder?.happened(MachineEvent.WireOutEnds, packet)
    this.frameLeft()
    this.atPeer(packet)
    this.start()
  }

  private inDone(): void {
    this.sendingIn = false
    this.inQueued--
    this.clock.recorder?.happened(MachineEvent.WireInEnds, this.inPacket)
    this.inPacket++
    this.atHost()
    this.start()
  }

  private frameCycles(ring: PacketRing, packet: number): number {
    const bytes = frameBytes(ring.payload[PacketRing.slot(packet)]!) + wireOverheadBytes
    return Math.round(bytes * this.cyclesPerByte)
  }
}
