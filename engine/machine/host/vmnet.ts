import type { Clock } from '../clock'
import type { Features } from '../config'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { MachineEvent, Probe } from '../observer'
import { PacketRing } from '../packets'
import type { Probes } from '../probes'
import type { HostNic } from './nic'
import { zeroCycles } from '../one-shape'

const fullFrame = 1514

/**
 * VMNet, the driver that bridges the virtual card to the host's: write() copies a frame into a kernel buffer and
 * hands it to the host NIC driver, read() copies a received one out. One code path for every version: what
 * differs is only which interrupts land inside the call, and with it the call's time from start to finish.
 */
export class Vmnet {
  /** Full frames timed with the cycles of nested interrupts taken off: the call "timed alone" (paper 3.5). */
  isolatedCalls = 0
  isolatedCycles = zeroCycles
  nestedInterrupts = 0

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly features: Features,
    private readonly counts: Counts, private readonly probes: Probes, private readonly nic: HostNic,
    private readonly outbound: PacketRing,
  ) {}

  /** write(): one frame of `bytes` to the wire. */
  transmit(bytes: number): void {
    const { clock } = this
    this.probes.begin()
    clock.recorder?.happened(MachineEvent.VmnetTransmitBegins, this.nic.nextToTransmit)
    const countBefore = this.counts.hostIrqsInHost
    this.counts.vmnetTransmits++
    const from = clock.enter(Fn.VmnetTransmit)
    clock.run(Fn.SysWrite, this.cost.systemCall)
    clock.runHere(this.cost.vmnetTransmit)
    if (!this.features.noSkbCopy) clock.run(Fn.VmnetCopy, Math.round(bytes * this.cost.copyPerByte))
    clock.run(Fn.NicStartTransmit, this.cost.nicStartTransmit)
    const packet = this.nic.transmit()
    this.probes.record(Probe.PacketPath, this.outbound.takenAt[PacketRing.slot(packet)]!)
    clock.leave(from)
    const alone = this.probes.end(Probe.VmnetTransmit)
    this.nestedInterrupts += this.counts.hostIrqsInHost - countBefore
    if (bytes === fullFrame) {
      this.isolatedCalls++
      this.isolatedCycles += alone
    }
  }

  /** Frames that read() would give. */
  available(): number {
    return this.nic.inVmnet
  }

  /** read(): one frame of `bytes` into the guest's memory. */
  receive(bytes: number): void {
    const { clock } = this
    this.probes.begin()
    this.counts.vmnetReceives++
    const packet = this.nic.bridged - this.nic.inVmnet
    this.nic.inVmnet--
    clock.recorder?.happened(MachineEvent.VmnetReceiveBegins, packet)
    const from = clock.enter(Fn.VmnetReceive)
    clock.run(Fn.SysRead, this.cost.systemCall)
    clock.runHere(this.cost.vmnetReceive)
    clock.run(Fn.VmnetCopy, Math.round(bytes * this.cost.copyPerByte))
    clock.recorder?.happened(MachineEvent.VmnetReceiveEnds, packet)
    clock.leave(from)
    this.probes.end(Probe.VmnetReceive)
  }
}
