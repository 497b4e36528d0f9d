import { argOf, type TraceEvent } from './line'

/** Accesses of one register: by the way (R, W) and register, as `RDP W CSR0`. */
export interface RegisterCount {
  register: string
  /** In the whole log, and from the first frame sent to the last. */
  all: number
  inTransfer: number
}

/** What a driver did to a pcnet card, and how much of it for each frame. */
export interface PcnetReport {
  registers: RegisterCount[]
  /** Writes of CSR0 with TDMD set: one for each frame sent. */
  frames: number
  /** Rises of the interrupt line. */
  interrupts: number
  interruptsInTransfer: number
  /** Writes of RAP that choose the register that is chosen already. */
  redundantRap: number
  redundantRapInTransfer: number
  rapWrites: number
  accessesInTransfer: number
}

/** Transmit demand, bit 3 of CSR0 (AMD Am79C970A data sheet). */
const tdmd = 8

/** Place in the card's I/O ports by width of the access: word mode, and double word mode (the data sheet, section 4). */
const wordPorts: Record<number, string> = { 0x10: 'RDP', 0x12: 'RAP', 0x14: 'RESET', 0x16: 'BDP' }
const dwordPorts: Record<number, string> = { 0x10: 'RDP', 0x14: 'RAP', 0x18: 'RESET', 0x1c: 'BDP' }

interface Counted {
  all: number
  /** As of the last frame, and at the first one: their difference lies in the transfer. */
  atLast: number
  atFirst: number
}

/**
 * Follows a pcnet card through QEMU's `pcnet_ioport_*` and `pcnet_isr_change` events. Which CSR or BCR an access of RDP or
 * BDP touches is known only from the RAP written before it. Events of the memory region below, which log each access once
 * more, are not counted here.
 */
export class PcnetCounter {
  private readonly counts = new Map<string, Counted>()
  private rap = 0
  private frames = 0

  /** The register and way of an access: `RDP W CSR0`; null when the event is none of the card's. */
  add({ name, args }: TraceEvent): string | null {
    if (name === 'pcnet_isr_change') return this.interrupt(args)
    const write = name === 'pcnet_ioport_write'
    if (!write && name !== 'pcnet_ioport_read') return null
    const [address, size] = [argOf(args, 'addr'), argOf(args, 'size')]
    if (address === null || size === null) return null
    const port = (size === 4 ? dwordPorts : wordPorts)[address] ?? (address < 0x10 ? 'APROM' : `port 0x${address.toString(16)}`)
    const data = write ? argOf(args, 'data') : null
    const register = port === 'RDP' ? ` CSR${this.rap}` : port === 'BDP' ? ` BCR${this.rap}` : ''
    const text = `${port} ${write ? 'W' : 'R'}${register}`
    this.count(text)
    if (port === 'RAP' && data !== null) {
      if (data === this.rap) this.count('redundant RAP')
      this.rap = data
    }
    if (text === 'RDP W CSR0' && data !== null && (data & tdmd) !== 0) this.frame()
    return text
  }

  /** Null when no access of a pcnet was logged. */
  report(): PcnetReport | null {
    const registers = [...this.counts]
      .filter(([text]) => /^(?:RDP|RAP|BDP|RESET|APROM|port) /.test(text))
      .map(([register, counted]) => ({ register, all: counted.all, inTransfer: counted.atLast - counted.atFirst }))
      .sort((a, b) => b.all - a.all || (a.register < b.register ? -1 : 1))
    if (registers.length === 0) return null
    const of = (text: string) => this.counts.get(text) ?? { all: 0, atLast: 0, atFirst: 0 }
    const [redundant, interrupts] = [of('redundant RAP'), of('interrupt')]
    return {
      registers, frames: this.frames, interrupts: interrupts.all, interruptsInTransfer: interrupts.atLast - interrupts.atFirst,
      redundantRap: redundant.all, redundantRapInTransfer: redundant.atLast - redundant.atFirst, rapWrites: of('RAP W').all,
      accessesInTransfer: registers.reduce((sum, { inTransfer }) => sum + inTransfer, 0),
    }
  }

  private interrupt(args: string): string | null {
    const rises = /INTA=1<=0/.test(args)
    if (rises) this.count('interrupt')
    return rises ? 'interrupt raised' : 'interrupt lowered'
  }

  private count(text: string): void {
    const counted = this.counts.get(text)
    if (counted) counted.all++
    else this.counts.set(text, { all: 1, atLast: 0, atFirst: 0 })
  }

  private frame(): void {
    for (const counted of this.counts.values()) {
      counted.atLast = counted.all
      if (this.frames === 0) counted.atFirst = counted.all
    }
    this.frames++
  }
}
