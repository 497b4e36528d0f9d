import type { Clock } from '../clock'
import type { Features } from '../config'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { timerIrq } from '../guest/irq'
import type { Lance } from '../lance'
import { MachineEvent, Probe } from '../observer'
import { PacketRing, frameBytes } from '../packets'
import type { Pic } from '../pic'
import type { Probes } from '../probes'
import type { SendCombining } from '../vmm/send-combining'
import type { HostKernel } from './kernel'
import { HostLine } from './lines'
import type { HostNic } from './nic'
import type { Vmnet } from './vmnet'

/** The VMApp: the host's user process that does I/O for the virtual machine through system calls. */
export class VmApp {
  private readonly context: number
  /** Inbound packets given to the Lance so far. */
  private given = 0

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly features: Features,
    private readonly counts: Counts, private readonly probes: Probes,
    private readonly lance: Lance, private readonly pic: Pic, private readonly vmnet: Vmnet, private readonly nic: HostNic,
    private readonly hostKernel: HostKernel, private readonly outbound: PacketRing, private readonly inbound: PacketRing, private readonly combining: SendCombining,
  ) {
    this.context = clock.books.call(0, Fn.VmApp)
  }

  /** The VMM left because of host interrupts `lines`; the host has handled them. */
  afterHostInterrupt(lines: number): void {
    const { clock } = this
    clock.context = this.context
    clock.allowInterrupts()
    clock.runHere(this.cost.vmappReturn)
    clock.run(Fn.EventLoop, this.cost.vmappEventLoop)
    if (lines & HostLine.Timer) this.tick()
    if (lines & HostLine.Profiler) this.select() // no interrupt of a device that the VMApp knows
    if (lines & HostLine.Nic) this.lookAtNetwork()
    // Only a VMM that combines sends leaves anything in the ring for an interrupt's switch.
    if (this.features.sendCombining) this.pollTransmitRing()
    this.lookAtUnseen(HostLine.Timer | HostLine.Nic)
  }

  /** A Lance access left the VMM: `access` is its effect on the virtual card. */
  emulateAccess(access: () => void): void {
    const { clock } = this
    clock.context = this.context
    clock.allowInterrupts()
    clock.runHere(this.cost.vmappReturn)
    if (!this.features.ioInVmm) clock.run(Fn.DataEmulation, this.cost.lanceDataEmulation)
    access()
    // For the network version 2.0 would need a select(), which it makes after interrupts only.
    this.lookAtUnseen(this.features.irqNotification ? HostLine.Timer | HostLine.Nic : HostLine.Timer)
  }

  /** Emulates the Lance's transmit path: looks through the ring, sends what the driver has queued. */
  pollTransmitRing(): void {
    this.counts.transmitPolls++
    this.clock.recorder?.happened(MachineEvent.RingPolled, this.nic.nextToTransmit)
    this.probes.begin()
    const from = this.clock.enter(Fn.TransmitPath)
    this.clock.runHere(this.cost.lanceTransmitPath)
    this.clock.leave(from)
    this.probes.end(Probe.LanceTransmitPath)
    let sent = 0
    for (;;) {
      const bytes = this.lance.nextTransmitBytes()
      if (bytes < 0) break
      this.vmnet.transmit(bytes)
      this.lance.completeTransmit()
      this.counts.packetsSent++
      sent++
    }
    this.combining.flushed()
    if (sent > 0) this.reportSent()
  }

  /** What-if: the VMM sends the ring's frames to the card itself. No world switch, no VMNet. */
  transmitInVmm(): void {
    for (;;) {
      const bytes = this.lance.nextTransmitBytes()
      if (bytes < 0) break
      this.clock.interruptible = false
      this.clock.run(Fn.VmmNicTransmit, this.cost.nicStartTransmit + this.copyCycles(bytes))
      const packet = this.nic.transmit()
      this.probes.record(Probe.PacketPath, this.outbound.takenAt[PacketRing.slot(packet)]!)
      this.lance.completeTransmit() // before an interrupt can look at the ring again
      this.counts.packetsSent++
      this.clock.allowInterrupts()
    }
    this.reportSent()
  }

  /** What-if: the VMM handles the card's interrupt itself; false when the host has to be asked after all. */
  handleInVmm(): boolean {
    if (this.clock.pending !== HostLine.Nic) return false
    this.clock.pending = 0
    this.counts.hostNicIrqs++
    this.probes.begin()
    const frames = this.nic.takeReceived()
    this.clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Nic)
    this.clock.recorder?.happened(MachineEvent.NicHandled, this.nic.bridged + frames)
    this.clock.run(Fn.VmmNicInterrupt,
      this.cost.nicHandler + this.nic.reap() * this.cost.nicReap + frames * this.cost.nicReceive)
    this.nic.bridge(frames)
    while (this.nic.inVmnet > 0 && this.lance.canReceive()) {
      const bytes = this.nextInboundBytes()
      this.clock.run(Fn.VmmNicInterrupt, this.cost.lanceReceivePath + this.copyCycles(bytes))
      this.nic.inVmnet--
      this.give(bytes)
    }
    this.probes.end(Probe.HostIrq)
    return true
  }

  /** The transmit interrupt; an idealized NIC (section 4) has none. */
  private reportSent(): void {
    if (!this.features.idealizedNic) this.lance.endTransmit()
  }

  private copyCycles(bytes: number): number {
    return this.features.noSkbCopy ? 0 : Math.round(bytes * this.cost.copyPerByte)
  }

  /** Learn what has come and read it: select() on all devices, or the bitvector that VMNet sets (paper 3.4). */
  private lookAtNetwork(): void {
    this.hostKernel.takeUnseen(HostLine.Nic) // whatever has come by now, this look finds
    if (this.features.irqNotification) {
      this.counts.bitvectorChecks++
      this.clock.run(Fn.Bitvector, this.cost.bitvectorCheck)
    } else this.select()
    this.receiveAll()
  }

  /** The host's tick: read the time, run due virtual timers, the guest's tick among them. select() sees frames too. */
  private tick(): void {
    this.hostKernel.takeUnseen(HostLine.Nic)
    this.select()
    this.clock.run(Fn.TimerWork, this.cost.timerWork)
    this.pic.setLine(timerIrq, true)
    this.pic.setLine(timerIrq, false)
    this.receiveAll()
  }

  /**
   * Before it goes back the VMApp looks after interrupts that landed in its own system calls: nobody else will. A
   * tick is due, and no queued frame waits longer than one; a frame left in VMNet's queue would wait for the next
   * interrupt (assumed; the paper is silent).
   */
  private lookAtUnseen(lines: number): void {
    for (;;) {
      const unseen = this.hostKernel.takeUnseen(lines)
      if (unseen === 0) return
      if (unseen & HostLine.Timer) {
        this.tick()
        if (this.features.sendCombining) this.pollTransmitRing()
      } else this.lookAtNetwork()
    }
  }

  private select(): void {
    this.counts.selectCalls++
    this.probes.begin()
    this.clock.run(Fn.Select, this.cost.selectCall)
    this.probes.end(Probe.Select)
  }

  /** Frames that find the Lance's receive ring full stay in VMNet's queue for the next visit. */
  private receiveAll(): void {
    this.clock.recorder?.happened(MachineEvent.Looked, this.nic.bridged)
    while (this.vmnet.available() > 0 && this.lance.canReceive()) {
      const bytes = this.nextInboundBytes()
      this.vmnet.receive(bytes)
      this.clock.run(Fn.ReceivePath, this.cost.lanceReceivePath)
      this.give(bytes)
    }
  }

  private nextInboundBytes(): number {
    return frameBytes(this.inbound.payload[PacketRing.slot(this.given)]!) - 4
  }

  private give(bytes: number): void {
    this.given++
    this.clock.recorder?.happened(MachineEvent.LanceHas, this.given - 1)
    this.lance.receive(bytes)
  }
}
