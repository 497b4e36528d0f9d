import { rowById, type RowDefinition } from '../../paper/rows'

/**
 * Rows of the Table 2 of a machine that exists: those of the paper that a profile can tell apart, and what the paper's
 * machine did not have. VMM time is the sum of the rows of its scope; of the rest every row stands by itself, so that
 * VMM time and the other rows of total time add up to all samples.
 */
export interface ImportedRow {
  id: string
  label: string
  scope: 'total' | 'vmm'
  meaning: string
  /** Listed in the paper's Table 2. */
  inPaper: boolean
}

/** `card`: the paper's Lance, here whatever network card the guest sees. */
const paper = (id: string, label?: string, more = ''): ImportedRow => {
  const { scope, meaning, inPaper, label: own } = rowById.get(id) as RowDefinition
  return { id, label: label ?? own, scope, meaning: more ? `${more} In the paper: ${meaning}` : meaning, inPaper }
}

const own = (id: string, label: string, scope: ImportedRow['scope'], meaning: string): ImportedRow =>
  ({ id, label, scope, meaning, inPaper: false })

export const importedRows: readonly ImportedRow[] = [
  paper('vmm', undefined, 'All samples in a row of the second scope; what belongs there is for the rule set to say.'),
  paper('vmnet-transmit', undefined, 'From the virtual card to the host\'s network: user-mode stack, tap or vhost, and the system calls and softirqs inside.'),
  paper('vmnet-receive', undefined, 'From the host\'s network to the virtual card.'),
  own('vmnet-other', 'VMNet, either direction', 'total', 'Work between the virtual card and the host\'s network whose direction the stack does not tell.'),
  paper('lance-transmit-path', 'Emulating the card\'s transmit path', 'The virtual card\'s model takes frames from the transmit ring.'),
  paper('lance-receive-path', 'Emulating the card\'s receive path', 'The virtual card\'s model places frames in the receive ring.'),
  paper('lance-emulation-vmapp', 'Emulating the card\'s registers', 'The virtual card\'s model answers port and memory accesses, and what of it is in no other row.'),
  paper('vmapp-other', undefined, 'What the monitor\'s process does besides: main loop, timers, locks, other devices.'),
  own('host-irq', 'Host IRQ processing elsewhere', 'total', 'Interrupts and softirqs of the host that landed neither in a virtual CPU\'s thread nor in the idle task.'),
  own('host-irq-host-idle', 'Host IRQ processing while host idle', 'total', 'Interrupts of the host that woke its idle task. Where the host runs nothing but this guest, the guest was idle too.'),
  own('host-idle', 'Host idle', 'total', 'The host\'s idle task: nothing ran on that processor. Where the host runs nothing but this guest, the guest was idle or waited for the host.'),
  own('host-network', 'Host network stack', 'total', 'The kernel\'s network code, of a host without a virtual machine that the rules know.'),
  own('host-kernel', 'Other host kernel', 'total', 'The kernel\'s work for other programs.'),
  own('host-user', 'Other programs', 'total', 'Programs of the host that are not the monitor\'s.'),
  own('unclassified', 'Unclassified', 'total', 'No rule decided, or there are no frames to decide by.'),
  paper('guest-idle', undefined, 'A virtual CPU\'s thread waits because its guest has halted, or polls before it does.'),
  paper('direct-execution', undefined, 'Guest code: run by the processor itself, or by QEMU\'s translator as host code.'),
  paper('guest-context-switch', undefined, 'The guest loads CR3, and what follows from it.'),
  paper('host-irq-while-idle', undefined, 'Interrupts that land in a virtual CPU\'s thread while it polls or waits.'),
  paper('host-irq-while-busy', undefined, 'Interrupts that land in a virtual CPU\'s thread while its guest or the monitor runs.'),
  paper('privileged-instruction'),
  paper('pic-access', undefined, 'The guest\'s accesses to its interrupt controllers, of whatever kind.'),
  paper('guest-irq-overhead', undefined, 'Virtual interrupts: raising, routing, injecting and returning from them.'),
  paper('virtualization-transition', undefined, 'Into the guest and out of it: the processor\'s entry and exit, or the translator\'s way from block to block.'),
  paper('halt-emulation'),
  own('device-access', 'IN/OUTs and device memory, way to the device', 'vmm', 'Trap, decoding and finding the device of a port or device memory access. What the device\'s model does is in rows of its own.'),
  own('translation', 'Translating guest code', 'vmm', 'The translator turns blocks of guest code into host code: QEMU without KVM only.'),
  own('memory-virtualization', 'Virtualizing memory', 'vmm', 'Page walks, shadow or nested page tables, software TLB.'),
  own('vmm-other', 'Other VMM time', 'vmm', 'In the VMM by its thread or caller, but in no row of its own.'),
]

export const importedRowIds: readonly string[] = importedRows.map(({ id }) => id)
export const importedRowById: ReadonlyMap<string, ImportedRow> = new Map(importedRows.map((row) => [row.id, row]))

/** Index of a row in columns of rows. */
export const rowNumber: ReadonlyMap<string, number> = new Map(importedRowIds.map((id, i) => [id, i]))
export const unclassifiedRow = rowNumber.get('unclassified')!

/** Rows that make up VMM time; 1 or 0 by index. */
export const isVmmRow: Uint8Array = Uint8Array.from(importedRows, ({ scope }) => (scope === 'vmm' ? 1 : 0))
/** A rule cannot put a sample into VMM time as a whole: that is the sum of its rows. */
export const rowsOfRules: readonly string[] = importedRowIds.filter((id) => id !== 'vmm')

/** Rows of a table in which something was recorded; always what no rule decided. */
export function shownRows<Row extends { id: string; weight: number }>(rows: readonly Row[]): Row[] {
  return rows.filter(({ id, weight }) => weight > 0 || id === 'unclassified')
}
