import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { Csr0, type GuestMemory, type Lance, descriptorWords } from '../lance'
import { MachineEvent } from '../observer'
import { PacketRing, frameBytes } from '../packets'
import type { Probes } from '../probes'
import type { Kernel } from './kernel'
import type { NetDriver } from './platform'
import type { Tcp } from './tcp'

/** The Lance's ports as the driver reaches them; what an access costs is the VMM's affair (vmm/ports.ts). */
export interface LancePorts {
  outRap(value: number): void
  inRap(): number
  outRdp(value: number): void
  inRdp(): number
}

export const transmitRingLength = 16
export const receiveRingLength = 32
/** Rings and init block in guest memory, word indices. */
const initBlock = 0
const receiveRing = 16
const transmitRing = receiveRing + receiveRingLength * descriptorWords
export const guestMemoryWords = transmitRing + transmitRingLength * descriptorWords
const own = 0x80000000

/**
 * The guest's driver, Linux 2.2.17 drivers/net/pcnet32.c (v1.25kf): its port accesses one by one, its rings in
 * guest memory. Accesses: start_xmit 2 (RAP, RDP); interrupt 10 (6 RAP with the save and restore, 4 RDP) and 4
 * for each further pass. The 8259A accesses around the handler are in kernel terms those of irq.c (see irq.ts).
 */
export class Pcnet32 implements NetDriver {
  private currentTransmit = 0
  private dirtyTransmit = 0
  private currentReceive = 0
  private full = false

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly counts: Counts,
    private readonly memory: GuestMemory, private readonly ports: LancePorts, private readonly kernel: Kernel,
    private readonly tcp: Tcp, private readonly probes: Probes, private readonly idealizedNic: boolean,
  ) {}

  /** pcnet32_open, without its cost: it is long over when nettest starts. `lance` is told as the driver would. */
  open(lance: Lance): void {
    const log = (n: number) => 31 - Math.clz32(n)
    this.memory[initBlock] = (log(transmitRingLength) << 28) | (log(receiveRingLength) << 20)
    this.memory[initBlock + 5] = receiveRing * 4
    this.memory[initBlock + 6] = transmitRing * 4
    for (let i = 0; i < receiveRingLength; i++) this.memory[receiveRing + i * descriptorWords + 1] = own
    const csr = (register: number, value: number) => { lance.writeRap(register); lance.writeRdp(value) }
    csr(1, initBlock & 0xffff)
    csr(2, initBlock >>> 16)
    csr(0, Csr0.Init)
    csr(0, Csr0.Idon | Csr0.Inea | Csr0.Strt)
  }

  startXmit(packet: number): boolean {
    if (this.idealizedNic) this.reap() // no transmit interrupt does it
    if (this.full) return false
    const from = this.clock.enter(Fn.StartXmit)
    this.clock.runHere(this.cost.guestDriverTransmit)
    this.kernel.platform.lockInterrupts()
    this.tcp.outbound.takenAt[PacketRing.slot(packet)] = this.probes.mark()
    this.clock.recorder?.happened(MachineEvent.DriverTakes, packet)
    const at = transmitRing + (this.currentTransmit % transmitRingLength) * descriptorWords
    const bytes = frameBytes(this.tcp.outbound.payload[PacketRing.slot(packet)]!) - 4 // the card appends the FCS
    this.memory[at] = packet
    this.memory[at + 2] = 0
    this.memory[at + 1] = 0x83000000 | ((0x10000 - bytes) & 0xffff)
    this.currentTransmit++
    if (this.currentTransmit - this.dirtyTransmit >= transmitRingLength) {
      this.full = true
      this.counts.ringFull++
    }
    if (!this.idealizedNic) this.ports.outRap(0) // section 4: one OUT a packet
    this.clock.recorder?.happened(MachineEvent.TransmitDemand, packet)
    this.ports.outRdp(Csr0.Inea | Csr0.Tdmd)
    this.kernel.platform.unlockInterrupts()
    this.clock.leave(from)
    return true
  }

  /** pcnet32_interrupt: passes until the card has nothing more to say. */
  interrupt(): void {
    const from = this.clock.enter(Fn.PcnetInterrupt)
    this.clock.runHere(this.cost.guestDriverInterrupt)
    this.kernel.platform.privileged(1)
    const savedRap = this.ports.inRap()
    this.ports.outRap(0)
    let csr0 = this.ports.inRdp()
    while (csr0 & (Csr0.Err | Csr0.Rint | Csr0.Tint)) {
      this.counts.handlerPasses++
      this.ports.outRap(0)
      this.ports.outRdp(csr0 & ~(Csr0.Inea | Csr0.Tdmd | Csr0.Stop | Csr0.Strt | Csr0.Init))
      if (csr0 & Csr0.Rint) this.receive()
      if (csr0 & Csr0.Tint) this.reap()
      this.ports.outRap(0)
      csr0 = this.ports.inRdp()
    }
    this.ports.outRap(0)
    this.ports.outRdp(Csr0.Inea | Csr0.Babl | Csr0.Cerr | Csr0.Miss | Csr0.Merr | Csr0.Idon)
    this.ports.outRap(savedRap)
    this.clock.leave(from)
  }

  private receive(): void {
    const from = this.clock.enter(Fn.PcnetRx)
    for (;;) {
      const at = receiveRing + (this.currentReceive % receiveRingLength) * descriptorWords
      if (this.memory[at + 1]! >= own) break
      const bytes = this.memory[at + 2]!
      this.clock.runHere(this.cost.guestDriverReceive + Math.round(bytes * this.cost.guestCopyPerByte))
      this.kernel.platform.privileged(6) // two slab allocations, netif_rx
      this.memory[at + 1] = own
      this.currentReceive++
      this.clock.recorder?.happened(MachineEvent.DriverReceives, this.tcp.received)
      this.tcp.received++
      this.kernel.markBottomHalf()
    }
    this.clock.leave(from)
  }

  private reap(): void {
    while (this.dirtyTransmit < this.currentTransmit) {
      const at = transmitRing + (this.dirtyTransmit % transmitRingLength) * descriptorWords
      if (this.memory[at + 1]! >= own) break
      this.clock.runHere(this.cost.guestDriverReap)
      this.kernel.platform.privileged(2) // dev_kfree_skb
      this.dirtyTransmit++
    }
    if (this.full && this.currentTransmit - this.dirtyTransmit < transmitRingLength - 2) {
      this.full = false
      this.tcp.ringFreed()
    }
  }
}
