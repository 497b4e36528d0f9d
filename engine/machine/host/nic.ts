import { type Clock, Slot } from '../clock'
import type { MachineConfig } from '../config'
import { cyclesOfMicroseconds } from '../../units'
import { MachineEvent } from '../observer'
import { PacketRing, frameBytes } from '../packets'
import type { Random } from '../random'
import type { Wire } from '../wire'
import { HostLine } from './lines'
import { zeroCycles } from '../one-shape'

const fullFrameBytes = 1518

/**
 * The host's network card (an EtherExpress and its eepro100 driver's view of it): a ring of frames in memory, a
 * DMA engine that fetches one at a time into a small FIFO, and the wire behind it. When it interrupts for
 * transmits is a choice (MachineConfig.nic): the least supported one of the model.
 */
export class HostNic {
  /** Outbound packets: handed to the card; fetched into the FIFO; reaped by the driver. */
  private handed = 0
  private fetched = 0
  private reaped = 0
  private fetching = false
  private fetchingSince = zeroCycles
  private inFifo = 0
  /** Inbound frames in memory, not yet seen by the driver. */
  private arrived = 0
  /** Inbound frames in VMNet's queue for the VMApp. */
  inVmnet = 0
  /** Inbound frames that VMNet's queue has seen so far. */
  bridged = 0
  private readonly dmaCycles: number
  private readonly latencyCycles: number

  constructor(
    private readonly clock: Clock, private readonly config: MachineConfig, private readonly wire: Wire,
    private readonly outbound: PacketRing, private readonly random: Random,
  ) {
    this.dmaCycles = cyclesOfMicroseconds(config.costs.nicDma, config.mhz)
    this.latencyCycles = cyclesOfMicroseconds(2 * config.costs.interruptLatency, config.mhz)
    clock.attach(Slot.NicDma, { fire: () => this.dmaDone() })
    clock.attach(Slot.NicInterrupt, { fire: () => { clock.pending |= HostLine.Nic } })
    wire.frameLeft = () => {
      this.inFifo--
      this.startDma()
    }
  }

  /** The outbound packet that the card gets next. */
  get nextToTransmit(): number {
    return this.handed
  }

  /** The driver gives the card the next outbound packet; returns its number. */
  transmit(): number {
    const packet = this.handed++
    this.clock.recorder?.happened(MachineEvent.NicHas, packet)
    this.startDma()
    return packet
  }

  /** The packet that the DMA engine fetches, and since which cycle; null: there is none. */
  get dma(): { packet: number; since: number } | null {
    return this.fetching ? { packet: this.fetched, since: this.fetchingSince } : null
  }

  /** The driver frees what has been fetched; how many frames. */
  reap(): number {
    const frames = this.fetched - this.reaped
    this.reaped = this.fetched
    return frames
  }

  /** The driver takes the received frames; how many. */
  takeReceived(): number {
    const frames = this.arrived
    this.arrived = 0
    return frames
  }

  /** The driver passes `frames` received ones on to VMNet's queue. */
  bridge(frames: number): void {
    for (let i = 0; i < frames; i++) {
      this.clock.recorder?.happened(MachineEvent.Bridged, this.bridged)
      this.bridged++
    }
    this.inVmnet += frames
  }

  /** A frame from the wire is in memory. */
  received(): void {
    this.arrived++
    this.raise()
  }

  private startDma(): void {
    if (this.fetching || this.fetched === this.handed || this.inFifo === this.config.nic.fifoFrames) return
    this.fetching = true
    this.fetchingSince = this.clock.now
    this.clock.recorder?.happened(MachineEvent.DmaBegins, this.fetched)
    const bytes = frameBytes(this.outbound.payload[PacketRing.slot(this.fetched)]!)
    this.clock.schedule(Slot.NicDma, this.clock.now + Math.max(1, Math.round((this.dmaCycles * bytes) / fullFrameBytes)))
  }

  private dmaDone(): void {
    this.fetching = false
    this.clock.recorder?.happened(MachineEvent.DmaEnds, this.fetched)
    this.fetched++
    this.inFifo++
    this.wire.frameReady()
    const { transmitInterruptEvery: every, transmitInterruptOnIdle: onIdle } = this.config.nic
    const idle = this.fetched === this.handed
    if ((onIdle && idle) || (every > 0 && this.fetched % every === 0)) this.raise()
    this.startDma()
  }

  private raise(): void {
    if (this.clock.isScheduled(Slot.NicInterrupt) || this.clock.pending & HostLine.Nic) return
    this.clock.schedule(Slot.NicInterrupt, this.clock.now + this.random.between(0, this.latencyCycles))
  }
}
