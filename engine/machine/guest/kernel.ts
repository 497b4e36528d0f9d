import type { Clock } from '../clock'
import type { CostValues } from '../costs/sheet'
import { Fn } from '../functions'
import { Probe } from '../observer'
import type { Probes } from '../probes'
import type { Counts } from '../counts'
import type { Platform } from './platform'

/**
 * The guest's kernel around TCP: bottom halves, the sleep of the one process, the scheduler and the idle task.
 * Privileged instructions are counted per path from Linux 2.2.17's spinlocks and save_flags/cli/restore_flags
 * (estimated, +-30 %); their cost is the monitor's affair.
 */
export class Kernel {
  platform!: Platform
  /** Protocol work of the network bottom half: true while there was something to do. */
  bottomHalfWork: () => boolean = () => false
  private bottomHalfMarked = false
  private inBottomHalf = false
  private interruptDepth = 0
  private awake = true
  private sleeping = false

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues,
    private readonly counts: Counts, private readonly probes: Probes,
    /** Stack of the idle task. */
    private readonly idleTask: number,
  ) {}

  /** do_IRQ's bookkeeping, on the stack that the platform has set for it: entry code, then `handler`, then bottom halves on the way out of the outermost level. */
  interrupt(handler: () => void): void {
    this.interruptDepth++
    this.platform.transition(1)
    this.clock.runHere(this.cost.guestIrqEntry)
    handler()
    this.interruptDepth--
    if (this.interruptDepth === 0) this.runBottomHalves()
    this.platform.privileged(1) // iret
    this.platform.transition(1)
  }

  markBottomHalf(): void {
    this.bottomHalfMarked = true
  }

  /** Bottom halves are not re-entrant: an interrupt that lands in one leaves its work to the loop already running. */
  runBottomHalves(): void {
    if (this.inBottomHalf || !this.bottomHalfMarked) return
    this.inBottomHalf = true
    while (this.bottomHalfMarked) {
      this.bottomHalfMarked = false
      while (this.bottomHalfWork()) { /* until the backlog is empty */ }
    }
    this.inBottomHalf = false
  }

  timerTick(): void {
    this.clock.run(Fn.GuestTimer, this.cost.guestTimer)
    this.platform.privileged(4)
  }

  /** wake_up_interruptible on the socket's wait queue. */
  wakeUp(): void {
    this.clock.run(Fn.WakeUp, this.cost.guestWakeUp)
    this.platform.privileged(2)
    this.awake = true
  }

  /** The process sleeps: the idle task runs until somebody wakes it. One sleep is two context switches. */
  sleep(): void {
    this.awake = false
    this.sleeping = true
    const from = this.clock.context
    this.contextSwitch()
    this.clock.context = this.idleTask
    while (!this.awake) this.platform.halt()
    this.contextSwitch()
    this.sleeping = false
    this.clock.leave(from)
  }

  get asleep(): boolean {
    return this.sleeping
  }

  private contextSwitch(): void {
    this.probes.begin()
    this.counts.guestContextSwitches++
    this.clock.run(Fn.Schedule, this.cost.guestScheduler)
    this.platform.privileged(3)
    this.platform.switchPageTable()
    this.probes.end(Probe.GuestContextSwitch)
  }
}
