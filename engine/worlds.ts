/**
 * The worlds that time is spent in: the one classification shared by the simulated machine,
 * imported profiles, colours and the rows of Table 2. A world is a small integer in columns.
 */
export const World = {
  /** Guest code run directly on the CPU. */
  Guest: 0,
  /** The guest is halted and waits for an interrupt. */
  GuestIdle: 1,
  /** The virtual machine monitor: traps, emulation, virtual interrupts. */
  Vmm: 2,
  /** Saving and restoring the CPU between the VMM's and the host's world. */
  WorldSwitch: 3,
  /** The host's user process that does I/O for the virtual machine. */
  VmApp: 4,
  /** VMNet and the host's network stack, called by the VMApp. */
  VmNet: 5,
  /** Other host kernel code: system calls, scheduling, timers. */
  HostKernel: 6,
  /** Interrupt handlers of the host. */
  HostIrq: 7,
  Unclassified: 8,
} as const
export type World = (typeof World)[keyof typeof World]

export const worldNames: readonly string[] = [
  'Guest', 'Guest idle', 'VMM', 'World switch', 'VMApp', 'VMNet', 'Host kernel', 'Host IRQ', 'Unclassified',
]

/** Stable identifiers for files and labels: the n-th belongs to world n. */
export const worldIds: readonly string[] = [
  'guest', 'guest-idle', 'vmm', 'world-switch', 'vmapp', 'vmnet', 'host-kernel', 'host-irq', 'unclassified',
]
