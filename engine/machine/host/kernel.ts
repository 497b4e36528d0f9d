import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import { Probe, type ProbeBook } from '../observer'
import { HostLine } from './lines'
import type { HostNic } from './nic'

/** The host's kernel: its interrupt handlers, run with interrupts off. */
export class HostKernel {
  /** Cycles spent in handlers since the start: what a nested interrupt adds to a call is a difference of this. */
  interruptCycles = 0
  /** The card interrupted while the CPU was in the host's world: the VMApp has not looked what came. */
  private nicUnseen = false

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly counts: Counts,
    private readonly probes: ProbeBook, private readonly nic: HostNic,
  ) {}

  /** An interrupt taken in the host's world, on top of whatever runs there. */
  interrupt(): void {
    this.clock.interruptible = false
    this.counts.hostIrqsInHost++
    if (this.handlePending() & HostLine.Nic) this.nicUnseen = true
    this.clock.interruptible = true
  }

  /** Whether the card has interrupted in the host's world since the last call. */
  takeNicUnseen(): boolean {
    const unseen = this.nicUnseen
    this.nicUnseen = false
    return unseen
  }

  /** Handles every asserted line, those that rise meanwhile too. Returns the lines handled. */
  handlePending(): number {
    const { clock } = this
    const start = clock.now
    let handled = 0
    while (clock.pending !== 0) {
      const lines = clock.pending
      clock.pending = 0
      handled |= lines
      if (lines & HostLine.Timer) {
        this.counts.hostTimerIrqs++
        clock.run(Fn.HostTimer, this.cost.hostTimer)
      }
      if (lines & HostLine.Nic) this.nicInterrupt()
    }
    this.interruptCycles += clock.now - start
    this.probes.add(Probe.HostIrq, clock.now - start)
    return handled
  }

  private nicInterrupt(): void {
    this.counts.hostNicIrqs++
    this.clock.run(Fn.NicInterrupt, this.cost.nicHandler + this.nic.reap() * this.cost.nicReap)
    for (let frames = this.nic.takeReceived(); frames > 0; frames--) {
      this.clock.run(Fn.NicReceive, this.cost.nicReceive)
      this.nic.inVmnet++ // the bridge queues the frame for the VMApp; the shared bitvector says so
    }
  }
}
