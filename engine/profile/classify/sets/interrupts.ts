import type { Rule } from '../rule'

/** Where x86 Linux takes an interrupt or finishes one, whatever it interrupts. */
export const interruptFrames = [
  'asm_sysvec_*', 'sysvec_*', 'common_interrupt*', 'asm_common_interrupt*', 'do_IRQ*', 'smp_apic_*', 'asm_smp_apic_*', 'apic_timer_interrupt*',
  'asm_apic_timer_interrupt*', 'irq_enter*', 'irq_exit*', '__irq_exit*', 'handle_irq*', '__handle_irq*', 'ret_from_intr*', 'asm_exc_nmi*', 'exc_nmi*', 'nmi_handle*', 'end_repeat_nmi*',
].join(' | ')

/** Where x86 Linux enters the kernel from a program: tells the kernel where a file has no modules, as folded stacks. */
export const kernelEntries = 'entry_SYSCALL_64* | do_syscall_64* | asm_exc_page_fault* | ret_from_fork*'

/** A softirq that a sender raises itself is the network's work; any other is an interrupt's. */
export const softirqFrames = 'do_softirq* | __do_softirq* | handle_softirqs* | run_ksoftirqd*'

/** Interrupts where they land outside of what the set has rows for: in the idle task, or anywhere. */
export const hostInterrupts: readonly Rule[] = [
  { idle: true, frame: interruptFrames, world: 'host-irq', row: 'host-irq-host-idle', note: 'interrupts that woke the idle task' },
  { idle: true, frame: softirqFrames, outside: ['host-irq'], world: 'host-irq', row: 'host-irq-host-idle' },
  { frame: interruptFrames, inside: ['vmnet'], world: 'host-irq', row: 'caller', note: 'inside of VMNet they are part of its time, as in the paper' },
  { thread: 'ksoftirqd/* | irq/*', world: 'host-irq', row: 'host-irq' },
  { frame: interruptFrames, outside: ['host-irq'], world: 'host-irq', row: 'host-irq' },
  { frame: softirqFrames, outside: ['host-irq', 'vmnet'], world: 'host-irq', row: 'host-irq' },
]

/** Interrupts in a virtual CPU's thread, by what they interrupt there. */
export function vcpuInterrupts(thread: string): Rule[] {
  const busy = { world: 'host-irq', row: 'host-irq-while-busy' }
  const idle = { world: 'host-irq', row: 'host-irq-while-idle' }
  return [
    { thread, frame: interruptFrames, inside: ['guest-idle'], ...idle },
    { thread, frame: softirqFrames, inside: ['guest-idle'], ...idle },
    { thread, frame: interruptFrames, outside: ['vmnet', 'host-irq'], ...busy },
    { thread, frame: softirqFrames, outside: ['vmnet', 'host-irq'], ...busy },
  ]
}
