import type { RowStatus } from '../run-report'

/** The rows of Table 2 and those that the model has besides: what each is and where it comes from. */
export interface RowDefinition {
  id: string
  label: string
  scope: 'total' | 'vmm'
  /** Two sentences: what the row counts, and the mechanism behind it. */
  meaning: string
  source: string
  status: RowStatus
  /** Printed in the paper's Table 2, or the model's own. */
  inPaper: boolean
}

const row = (
  id: string, label: string, scope: RowDefinition['scope'], status: RowStatus, source: string, meaning: string,
  inPaper = true,
): RowDefinition => ({ id, label, scope, status, source, meaning, inPaper })

const table2 = 'Table 2'

export const tableRows: readonly RowDefinition[] = [
  row('vmm', 'VMM time', 'total', 'calibrated', table2,
    'Everything between the VMApp\'s call into the VMM and its return: guest code, the monitor, the halted guest, world switches and the host interrupts that end it. The rows of the second scope are shares of this time.'),
  row('vmnet-transmit', 'Transmitting via the VMNet', 'total', 'calibrated', `${table2}, section 3.5`,
    'write() of a frame to VMNet: copy into a kernel buffer, bridge, hand to the host\'s NIC driver, from start to finish. Host interrupts that land inside the call are part of its time, which is why it looks longer with send combining than timed alone.'),
  row('vmnet-receive', 'Receiving via the VMNet', 'total', 'calibrated', table2,
    'read() of a received frame from VMNet into the guest\'s memory; in a sending run these are ACKs. The paper prints 22.7 us for it too, which its own share of time contradicts.'),
  row('lance-transmit-path', 'Emulating the Lance transmit path', 'total', 'counted', table2,
    'The VMApp looks through the virtual card\'s transmit ring. With send combining that happens at every interrupt-induced world switch, whether or not a frame waits.'),
  row('guest-idle', 'Guest idle', 'vmm', 'calibrated', `${table2}, section 3.5`,
    'The guest has executed HLT and waits inside the VMM for the next hardware interrupt. Sampling sees it only together with the interrupts taken while idle; a direct measurement splits the two.'),
  row('direct-execution', 'Instructions not requiring virtualization', 'vmm', 'calibrated', table2,
    'Guest code that the CPU runs directly: nettest, TCP, the pcnet32 driver. It costs more cycles than on a bare machine because caches and TLBs suffer from switching.'),
  row('guest-context-switch', 'Guest context switches', 'vmm', 'calibrated', table2,
    'The guest switches between nettest and its idle task; each switch reloads CR3, which the VMM has to emulate. The share grows as idle time does.'),
  row('host-irq-while-idle', 'Host IRQ processing while guest idle', 'vmm', 'calibrated', `${table2}, section 3.5`,
    'Host interrupts that arrive while the guest is halted: entry, world switch, the host\'s handlers, world switch back. Derived: the sampled sum less the directly measured idle time.'),
  row('privileged-instruction', 'Virtualizing privileged instructions', 'vmm', 'calibrated', table2,
    'cli, sti, pushf, popf, iret and the like, which the monitor emulates. Their number follows the guest kernel\'s locks and allocations a packet.'),
  row('pic-access', 'IN/OUTs to the PIC', 'vmm', 'counted', table2,
    'Accesses to the virtual interrupt controllers, emulated in the VMM: five for an interrupt of the slave, four for one of the master. Their number is five times the rate of network interrupts.'),
  row('guest-irq-overhead', 'Virtualization overheads of guest IRQs', 'vmm', 'calibrated', table2,
    'Raising a virtual interrupt in the guest and emulating its return. One for each batch of packets that share an interrupt.'),
  row('lance-status-access', 'IN/OUTs to the Lance status register', 'vmm', 'counted', table2,
    'Accesses to the card\'s data port that the VMM handles itself: four for an interrupt of one pass. In version 2.0 each of them was a world switch.'),
  row('virtualization-transition', 'Transitioning to/from virtualization code', 'vmm', 'calibrated', table2,
    'Passing between direct execution and virtualization code at system calls and interrupts. Two transitions each.'),
  row('lance-world-switch-access', 'IN/OUTs to the Lance that world switch', 'vmm', 'predicted', table2,
    'Trap and world switches of port accesses that leave for the host. In version 2.0 every data register access does; optimized, only a transmit that may not wait.'),
  row('lance-address-access', 'IN/OUTs to the Lance address register', 'vmm', 'calibrated', 'section 3.5 (Table 1)',
    'Accesses to the register that selects a register, emulated in the VMM in version 2.0. With the first optimization they are plain moves and vanish.', false),
  row('host-irq-while-busy', 'Host IRQ processing while guest runs', 'vmm', 'predicted', 'model',
    'The same as while idle, but the guest was running when the interrupt came. Table 2 does not list it.', false),
  row('lance-queued-transmit', 'Queueing transmits in the VMM', 'vmm', 'predicted', 'model',
    'The trap of a transmit that send combining lets wait in the ring. Table 2 does not list it.', false),
  row('halt-emulation', 'Emulating HLT', 'vmm', 'calibrated', 'model',
    'Entering and leaving the halted state inside the VMM. Table 2 does not list it; its cost closes the sum so that idle fits.', false),
  row('lance-receive-path', 'Emulating the Lance receive path', 'total', 'predicted', 'model',
    'The VMApp places a received frame in the virtual card\'s receive ring. Table 2 does not list it.', false),
  row('lance-emulation-vmapp', 'Emulating Lance registers in the VMApp', 'total', 'calibrated', 'model',
    'Version 2.0 emulates the card\'s data registers in the VMApp. With the first optimization the VMM does it.', false),
  row('vmapp-other', 'Other work of the VMApp', 'total', 'calibrated', 'model',
    'Return from the VMM and back, the event loop, select(), the bitvector, virtual timers, and host interrupts that land there. What is left of total time beside the rows above.', false),
]

export const rowById: ReadonlyMap<string, RowDefinition> = new Map(tableRows.map((r) => [r.id, r]))
