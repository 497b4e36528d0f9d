import type { Clock } from '../clock'
import type { Features } from '../config'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import type { PicPorts } from '../guest/irq'
import type { LancePorts } from '../guest/pcnet32'
import type { VmApp } from '../host/vmapp'
import type { VmDriver } from '../host/vmdriver'
import { Csr0, type Lance } from '../lance'
import { MachineEvent, Probe } from '../observer'
import type { Pic } from '../pic'
import type { Probes } from '../probes'
import type { Monitor } from './monitor'
import type { SendCombining } from './send-combining'

/**
 * Port accesses of the guest. Version 2.0 emulates the Lance's address register in the VMM and world switches
 * for every data register access; with the first optimization only the access that transmits leaves (paper 3.2).
 */
export class Ports implements LancePorts, PicPorts {
  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly features: Features,
    private readonly counts: Counts, private readonly probes: Probes,
    private readonly lance: Lance, private readonly pic: Pic, private readonly monitor: Monitor,
    private readonly vmDriver: VmDriver, private readonly vmApp: VmApp, private readonly combining: SendCombining,
  ) {}

  outRap(value: number): void {
    this.accessRap()
    this.lance.writeRap(value)
  }

  inRap(): number {
    this.accessRap()
    return this.lance.readRap()
  }

  outRdp(value: number): void {
    this.counts.rdpAccesses++
    if (value & Csr0.Tdmd && this.lance.readRap() === 0) this.transmitAccess(value)
    else if (this.features.ioInVmm) {
      this.statusAccess()
      this.lance.writeRdp(value)
      this.monitor.deliver()
    } else this.leave(() => this.lance.writeRdp(value))
  }

  inRdp(): number {
    this.counts.rdpAccesses++
    if (this.features.ioInVmm) {
      this.statusAccess()
      return this.lance.readRdp()
    }
    let value = 0
    this.leave(() => { value = this.lance.readRdp() })
    return value
  }

  outPic(port: number, value: number): void {
    this.accessPic(false)
    this.pic.write(port, value)
    this.monitor.deliver()
  }

  inPic(port: number): number {
    this.accessPic(true)
    return this.pic.read(port)
  }

  private transmitAccess(value: number): void {
    if (this.features.vmmDrivesNic) {
      this.monitor.emulate(Fn.VmmNicTransmit, this.cost.ioTrap)
      this.lance.writeRdp(value)
      this.vmApp.transmitInVmm()
      this.monitor.deliver()
      return
    }
    if (this.combining.mayWait(this.clock.now)) {
      this.counts.queuedTransmits++
      this.lance.writeRdp(value)
      this.clock.recorder?.happened(MachineEvent.Queued, 0)
      this.monitor.emulate(Fn.QueueTransmit, this.cost.ioTrap + this.cost.lanceQueueTransmit)
      return
    }
    if (this.features.sendCombining) this.counts.forcedSwitches++
    this.leave(() => {
      this.clock.recorder?.happened(MachineEvent.InHost, 0)
      this.lance.writeRdp(value)
      this.vmApp.pollTransmitRing()
    })
  }

  /** The access leaves for the host: trap, world switch, the VMApp does it, world switch back. */
  private leave(inVmApp: () => void): void {
    const { clock } = this
    this.counts.switchingAccesses++
    clock.interruptible = false
    this.probes.begin()
    const from = clock.enter(Fn.SwitchAccess)
    const inVmm = clock.context
    clock.runHere(this.cost.ioTrap)
    this.vmDriver.switchToHost()
    this.vmApp.emulateAccess(inVmApp)
    clock.interruptible = false
    clock.context = inVmm
    this.vmDriver.switchToVmm()
    clock.leave(from)
    this.probes.end(Probe.LanceSwitchAccess)
    clock.allowInterrupts()
    this.monitor.deliver()
  }

  private accessRap(): void {
    this.counts.rapAccesses++
    if (this.features.ioInVmm) {
      this.clock.run(Fn.RapMove, this.cost.rapMove)
      return
    }
    this.timed(Probe.LanceAddressAccess, Fn.RapAccess, this.cost.rapAccess)
  }

  private statusAccess(): void {
    this.timed(Probe.LanceStatusAccess, Fn.StatusAccess, this.cost.lanceStatusAccess)
  }

  /** Emulates an access in the VMM, between two reads of the counter. */
  private timed(probe: Probe, fn: number, cycles: number): void {
    this.clock.interruptible = false
    this.probes.begin()
    this.clock.run(fn, cycles)
    this.probes.end(probe)
    this.clock.allowInterrupts()
  }

  private accessPic(read: boolean): void {
    this.counts.picAccesses++
    if (this.features.picInlined && read) { // memory semantics: a plain move (section 4)
      this.clock.run(Fn.PicAccess, this.cost.rapMove)
      return
    }
    const cycles = this.features.picInlined ? this.cost.picSpecialisedAccess : this.cost.picAccess
    this.timed(Probe.PicAccess, Fn.PicAccess, cycles)
  }
}
