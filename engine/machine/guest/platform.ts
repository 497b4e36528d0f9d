/**
 * What guest code stands on: a virtual machine (vmm/) or the bare PC (native.ts). The guest's own instructions
 * are run by the clock directly; these are the ones whose cost depends on what is underneath.
 */
export interface Platform {
  /** cli, sti, pushf, popf, iret ...: `times` of them in a row. */
  privileged(times: number): void
  /** spin_lock_irqsave: no virtual interrupt is taken until the lock is given back. */
  lockInterrupts(): void
  unlockInterrupts(): void
  /** Control passes between user and kernel code, `times` times. */
  transition(times: number): void
  /** A write of CR3. */
  switchPageTable(): void
  /** sti; hlt: returns after an interrupt has been handled. */
  halt(): void
}

/** The guest's network driver as the IP layer sees it. */
export interface NetDriver {
  /** Takes the next packet built; false when the transmit ring is full: then it calls `Kernel.ringFreed` later. */
  startXmit(packet: number): boolean
}
