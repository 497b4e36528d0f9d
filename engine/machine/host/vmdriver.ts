import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { MachineEvent, Probe } from '../observer'
import type { Probes } from '../probes'
import type { SendCombining } from '../vmm/send-combining'

/** VMDriver, the part in the host's kernel: saves and restores all CPU state between the two worlds. */
export class VmDriver {
  /** Whether the CPU is in the VMM's world now. */
  inVmm = true

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly counts: Counts,
    private readonly probes: Probes, private readonly combining: SendCombining,
  ) {}

  switchToHost(): void {
    this.clock.recorder?.happened(MachineEvent.SwitchToHost, 0)
    this.counts.worldSwitches++
    this.combining.worldSwitched(this.clock.now)
    this.probes.begin()
    this.clock.run(Fn.SwitchToHost, this.cost.worldSwitch)
    this.probes.end(Probe.WorldSwitchToHost)
    this.inVmm = false
  }

  switchToVmm(): void {
    this.clock.recorder?.happened(MachineEvent.SwitchToVmm, 0)
    this.counts.worldSwitches++
    this.probes.begin()
    this.clock.run(Fn.SwitchToVmm, this.cost.worldSwitch)
    this.probes.end(Probe.WorldSwitchToVmm)
    this.inVmm = true
  }
}
