import type { Clock } from '../clock'
import type { Features } from '../config'
import type { CostValues } from '../costs/sheet'
import type { Counts } from '../counts'
import { Fn } from '../functions'
import type { InterruptFlag } from '../guest/irq'
import type { Platform } from '../guest/platform'
import type { HostKernel } from '../host/kernel'
import type { VmApp } from '../host/vmapp'
import type { VmDriver } from '../host/vmdriver'
import { MachineEvent, Probe } from '../observer'
import type { Pic } from '../pic'
import type { Probes } from '../probes'

/**
 * The monitor: direct execution of the guest, its privileged instructions, virtual interrupts, and host
 * interrupts that arrive while the CPU is in the VMM's world (paper 2.2: switch to the host, reassert, let the
 * host handle it, let the VMApp look what came, switch back).
 * The monitor's own code runs with interrupts off and is short; direct execution and HLT run with them on.
 */
export class Monitor implements Platform, InterruptFlag {
  hostKernel!: HostKernel
  vmApp!: VmApp
  vmDriver!: VmDriver
  /** The guest's interrupt dispatch. */
  dispatch!: (irq: number) => void
  private guestInterruptsOn = true
  private halted = false
  private readonly idleStack: number
  /** Guest interrupts: their own root below VMM time, so that they do not hang below what they interrupt. */
  private readonly guestIrqContext: number
  private readonly irqWhileIdleStack: number
  private readonly irqWhileBusyStack: number

  constructor(
    private readonly clock: Clock, private readonly cost: CostValues, private readonly features: Features,
    private readonly counts: Counts, private readonly probes: Probes, private readonly pic: Pic,
    guestContext: number,
  ) {
    this.guestIrqContext = clock.books.call(guestContext, Fn.DoIrq)
    const vmm = clock.books.call(0, Fn.VmmTime)
    this.idleStack = clock.books.call(vmm, Fn.Halted)
    this.irqWhileIdleStack = clock.books.call(this.idleStack, Fn.HostIrqInVmm)
    this.irqWhileBusyStack = clock.books.call(vmm, Fn.HostIrqInVmm)
  }

  /** Monitor code: interrupts wait until it is done. */
  emulate(fn: number, cycles: number): void {
    this.clock.interruptible = false
    this.clock.run(fn, cycles)
    this.clock.allowInterrupts()
  }

  privileged(times: number): void {
    this.counts.privilegedInstructions += times
    this.emulate(Fn.Privileged, times * this.cost.privilegedInstruction)
  }

  lockInterrupts(): void {
    this.guestInterruptsOn = false
    this.privileged(2) // pushf, cli
  }

  unlockInterrupts(): void {
    this.privileged(1) // popf
    this.set(true)
  }

  transition(times: number): void {
    this.counts.transitions += times
    this.emulate(Fn.Transition, times * this.cost.transition)
  }

  switchPageTable(): void {
    if (this.features.idleKeepsPageTable) return // the idle task borrows the last user's page table (section 4)
    this.emulate(Fn.PageTableSwitch, this.cost.pageTableSwitch)
  }

  halt(): void {
    this.counts.halts++
    const taken = this.counts.guestIrqs
    this.emulate(Fn.HaltEmulation, this.cost.haltEmulation)
    this.deliver()
    if (this.counts.guestIrqs !== taken) return
    const from = this.clock.context
    this.clock.interruptible = false
    this.probes.begin()
    this.halted = true
    this.clock.context = this.idleStack
    this.clock.allowInterrupts()
    while (this.counts.guestIrqs === taken) this.clock.runUntilDue(this.idleStack)
    this.clock.context = from
    this.halted = false
  }

  /** The guest's interrupt flag. Turning it on takes what has been pending. */
  set(on: boolean): void {
    this.guestInterruptsOn = on
    if (on) this.deliver()
  }

  /** A host interrupt while the CPU is in the VMM's world. */
  hostInterrupt(): void {
    const { clock } = this
    clock.interruptible = false
    const from = clock.context
    const idle = this.halted
    const start = clock.now
    const before = clock.interruptCycles
    if (idle) this.probes.end(Probe.GuestIdle)
    while (clock.pending !== 0) {
      this.counts.hostIrqsInVmm++
      clock.context = idle ? this.irqWhileIdleStack : this.irqWhileBusyStack
      clock.runHere(this.cost.vmmInterruptEntry)
      if (this.features.vmmDrivesNic && this.vmApp.handleInVmm()) continue
      this.vmDriver.switchToHost()
      const handled = this.hostKernel.handlePending()
      this.vmApp.afterHostInterrupt(handled)
      clock.interruptible = false
      clock.context = idle ? this.irqWhileIdleStack : this.irqWhileBusyStack
      this.vmDriver.switchToVmm()
    }
    clock.context = from
    clock.interruptCycles = before + clock.now - start
    clock.interruptible = true
    this.deliver()
    if (!idle || !this.halted) return
    clock.interruptible = false
    this.probes.begin() // still halted: up to the next hardware interrupt
    clock.allowInterrupts()
  }

  /** Give the guest its pending virtual interrupts, as far as it takes them. */
  deliver(): void {
    while (this.guestInterruptsOn) {
      const irq = this.pic.pendingIrq()
      if (irq < 0) return
      this.pic.acknowledge(irq)
      this.guestInterruptsOn = false
      this.halted = false
      this.counts.guestIrqs++
      const { clock } = this
      clock.recorder?.happened(MachineEvent.GuestIrq, irq)
      const start = clock.now
      const before = clock.interruptCycles
      this.probes.begin()
      const from = clock.context
      clock.context = this.guestIrqContext
      this.emulate(Fn.VirtualIrq, this.cost.virtualIrqDelivery)
      this.dispatch(irq)
      clock.context = from
      this.guestInterruptsOn = true
      this.probes.end(Probe.GuestIrq)
      clock.interruptCycles = before + clock.now - start
    }
  }
}
