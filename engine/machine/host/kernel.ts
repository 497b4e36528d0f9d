import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { MachineEvent, Probe } from '../observer'
import type { Probes } from '../probes'
import { HostLine } from './lines'
import type { HostNic } from './nic'

/** The host's kernel: its interrupt handlers, run with interrupts off. */
export class HostKernel {
  /** Lines handled while the CPU was in the host's world, which the VMApp has not looked after yet. */
  private unseen = 0

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly counts: Counts,
    private readonly probes: Probes, private readonly nic: HostNic,
  ) {}

  /** An interrupt taken in the host's world, on top of whatever runs there. */
  interrupt(): void {
    const { clock } = this
    clock.interruptible = false
    const start = clock.now
    const before = clock.interruptCycles
    this.counts.hostIrqsInHost++
    this.unseen |= this.handlePending()
    clock.interruptCycles = before + clock.now - start
    clock.interruptible = true
  }

  /** Which of `lines` have been handled in the host's world since the last call for them. */
  takeUnseen(lines: number): number {
    const unseen = this.unseen & lines
    this.unseen &= ~lines
    return unseen
  }

  /** Handles every asserted line, those that rise meanwhile too. Returns the lines handled. */
  handlePending(): number {
    const { clock } = this
    this.probes.begin()
    let handled = 0
    while (clock.pending !== 0) {
      const lines = clock.pending
      clock.pending = 0
      handled |= lines
      if (lines & HostLine.Timer) {
        clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Timer)
        this.counts.hostTimerIrqs++
        clock.run(Fn.HostTimer, this.cost.hostTimer)
      }
      if (lines & HostLine.Nic) this.nicInterrupt()
      if (lines & HostLine.Profiler) {
        clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Profiler)
        clock.run(Fn.SamplerInterrupt, this.cost.samplerInterrupt)
        clock.sampleTaken()
      }
    }
    this.probes.end(Probe.HostIrq)
    return handled
  }

  private nicInterrupt(): void {
    this.clock.recorder?.happened(MachineEvent.HostIrq, HostLine.Nic)
    this.counts.hostNicIrqs++
    this.clock.run(Fn.NicInterrupt, this.cost.nicHandler + this.nic.reap() * this.cost.nicReap)
    const frames = this.nic.takeReceived()
    this.clock.recorder?.happened(MachineEvent.NicHandled, this.nic.bridged + frames)
    for (let i = 0; i < frames; i++) {
      this.clock.run(Fn.NicReceive, this.cost.nicReceive)
      this.nic.bridge(1) // queues the frame for the VMApp; the shared bitvector says so
    }
  }
}
