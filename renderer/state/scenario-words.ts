import type { OptimizationId, WhatIfId } from '../../engine/machine/scenario'

/** The paper's optimizations as switches are labelled. */
export const optimizationLabels: Record<OptimizationId, { label: string; title: string }> = {
  'io-in-vmm': {
    label: 'I/O handled in the VMM',
    title: 'Lance port accesses that need no real device change virtual state inside the VMM; no world switch.',
  },
  'send-combining': {
    label: 'Send combining',
    title: 'While the world-switch rate is high, transmits wait in the ring, three at most, for the next switch.',
  },
  'irq-notification': {
    label: 'IRQ notification',
    title: 'A bitvector shared by VMApp and VMNet tells of received packets, in place of a select() call.',
  },
}

/** Section 4 of the paper, one line each. */
export const whatIfLabels: Record<WhatIfId, { label: string; meaning: string }> = {
  'idle-keeps-page-table': {
    label: 'Idle keeps the page table', meaning: 'The guest\'s idle task runs on the last page table: no CR3 reloads.',
  },
  'pic-inlined': {
    label: 'PIC access inlined', meaning: 'Reading the PIC is a plain move; its writes are specialised in place.',
  },
  'idealized-nic': {
    label: 'Idealized NIC', meaning: 'One OUT a packet, and no transmit interrupt.',
  },
  'no-skb-copy': {
    label: 'No copy into the sk_buff', meaning: 'VMNet hands frames to the host\'s driver without copying them.',
  },
  'vmm-drives-nic': {
    label: 'VMM drives the NIC', meaning: 'The VMM programs the host\'s card itself: no world switch for a packet.',
  },
}
