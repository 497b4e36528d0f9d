import type { PortsResult } from '../experiments/method/types'
import { fixed } from '../figure-text'
import type { PcnetReport } from '../formats/qemu-trace/pcnet'

/** One kind of access of a pcnet's ports: of a machine that was traced, beside the simulated driver. */
export interface PortRow {
  id: string
  /** Register and what is done with it, in words; the summary rows have no way. */
  register: string
  way: 'read' | 'write' | ''
  /** For each frame sent in the log's transfer, and for each frame sent in the simulated run. */
  perFrame: number
  perPacket: number
  /** What the difference comes from. */
  words: string
}

/** Rarer ones, of both drivers, are one row. */
const rare = 0.005

/**
 * A QEMU log's accesses for each frame beside those of a simulated run. The drivers are both called pcnet32 and lie twenty
 * years apart: the log's is what the traced guest has, the simulated one is Linux 2.2.17's (machine/guest/pcnet32.ts).
 */
export function portRows(log: PcnetReport, simulated: PortsResult): PortRow[] {
  // the transfer is from the first frame to the last: its accesses belong to one frame less
  const frames = Math.max(1, log.frames - 1)
  const ofLog = new Map(log.registers.map(({ register, inTransfer }) => [register, inTransfer / frames]))
  const packets = Math.max(1, simulated.frames)
  const ofRun = new Map(simulated.registers.map(({ register, count }) => [register, count / packets]))
  const both = [...new Set([...ofLog.keys(), ...ofRun.keys()])]
    .map((id) => ({ id, perFrame: ofLog.get(id) ?? 0, perPacket: ofRun.get(id) ?? 0 }))
  const shown = both.filter(({ perFrame, perPacket }) => Math.max(perFrame, perPacket) >= rare)
    .sort((a, b) => b.perFrame + b.perPacket - a.perFrame - a.perPacket)
  const sum = (rows: typeof both, id: string, register: string, words: string): PortRow => ({
    id, register, way: '', words, perFrame: rows.reduce((all, row) => all + row.perFrame, 0), perPacket: rows.reduce((all, row) => all + row.perPacket, 0),
  })
  const others = both.filter((row) => !shown.includes(row))
  const rows: PortRow[] = shown.map((row) => ({ ...row, ...named(row.id), words: wordsOf(row) }))
  if (others.length > 0) rows.push(sum(others, 'others', 'other registers', 'Set-up and the link\'s state: not for single frames.'))
  return [
    ...rows, sum(both, 'all', 'all accesses', allWords(both)),
    {
      id: 'redundant', register: 'of them address writes that change nothing', way: '',
      perFrame: log.redundantRapInTransfer / frames, perPacket: simulated.redundantRap / packets,
      words: 'The register is chosen already. Both drivers choose it before every access of data; an address register handled in the VMM makes that cheap.',
    },
    {
      id: 'interrupts', register: 'interrupts', way: '', perFrame: log.interruptsInTransfer / frames, perPacket: simulated.interrupts / packets,
      words: log.interrupts === 0 ? 'The log has no pcnet_isr_change events, so its interrupts are not known.'
        : 'How many frames and ACKs one answers depends on host and guest, not on the driver alone.',
    },
  ]
}

function named(id: string): { register: string; way: PortRow['way'] } {
  const [port, way, register] = id.split(' ')
  return { register: register ? `${register} (${port === 'RDP' ? 'data' : 'bus data'})` : port === 'RAP' ? 'RAP (address)' : port!, way: way === 'W' ? 'write' : 'read' }
}

const nearlyEqual = (a: number, b: number) => Math.abs(a - b) < 0.05 * Math.max(a, b)

function wordsOf({ id, perFrame, perPacket }: { id: string; perFrame: number; perPacket: number }): string {
  const only = perPacket < rare ? 'Only the traced driver: ' : perFrame < rare ? 'Only the simulated driver: ' : nearlyEqual(perFrame, perPacket) ? 'As often: ' : ''
  const reason = reasons[id] ?? 'not for single frames.'
  const text = only === '' ? reason : only + reason
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What each access is for, in either driver (Linux drivers/net/pcnet32.c 2.2.17, drivers/net/ethernet/amd/pcnet32.c 6.1). */
const reasons: Record<string, string> = {
  'RAP W': 'every access of a data register chooses that register first; more of those, more of these.',
  'RAP R': 'the old interrupt handler saves the address register and restores it; today\'s driver chooses it anew under a lock.',
  'RDP W CSR0': 'one starts each frame (TDMD), the others acknowledge interrupts: the old handler once a pass and at its end, today\'s in the handler and when polling ends.',
  'RDP R CSR0': 'the cause of an interrupt. The old handler asks again after every pass whether it can stop; today\'s leaves the rest to polling.',
  'RDP R CSR3': 'NAPI reads the interrupt mask before it changes it.',
  'RDP W CSR3': 'NAPI masks receive and transmit interrupts while it polls (0x5f00) and allows them after (0); the old driver does all in its handler.',
  'RDP R CSR5': 'suspends the card while the driver changes its set-up.',
  'RDP W CSR5': 'suspends the card while the driver changes its set-up.',
}

function allWords(both: readonly { perFrame: number; perPacket: number }[]): string {
  const perFrame = both.reduce((sum, row) => sum + row.perFrame, 0)
  const perPacket = both.reduce((sum, row) => sum + row.perPacket, 0)
  if (perPacket === 0 || perFrame === 0) return ''
  return `${fixed(perFrame / perPacket, 2)} times as many in the log. The simulated driver takes 12 for a packet with an interrupt of its own: 2 to ` +
    'send it, 10 in its handler; fewer where an interrupt answers several packets.'
}

export const portHead = ['register', 'way', 'per frame in the log', 'per packet, simulated', 'difference'] as const

/** Cells as text, for terminals, the clipboard and spreadsheets. */
export function portCells({ register, way, perFrame, perPacket, words }: PortRow): string[] {
  return [register, way, fixed(perFrame, 2), fixed(perPacket, 2), words]
}
