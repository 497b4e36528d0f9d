import type { Access, Family } from './accesses'
import { mostFirst, type RegisterCount } from './transfer'

/** What a driver did to a pcnet card, and how much of it for each frame. The transfer is from the first frame sent to the last. */
export interface PcnetReport {
  /** Whose events were counted, and how many of the others log the same accesses once more. */
  family: Family
  loggedTwice: number
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

/** RAP holds seven bits. */
const rapMask = 0x7f

/**
 * Follows a pcnet card through one family of QEMU's events: `pcnet_ioport_*`, or `memory_region_ops_*` of its region. Which
 * CSR or BCR an access of RDP or BDP touches is known only from the RAP written before it.
 */
class PcnetFamily {
  accesses = 0
  private readonly counts = new Map<string, Counted>()
  private rap = 0
  private frames = 0

  /** The register and way of an access: `RDP W CSR0`. */
  add({ write, offset, size, value }: Access): string {
    this.accesses++
    const port = (size === 4 ? dwordPorts : wordPorts)[offset] ?? (offset >= 0 && offset < 0x10 ? 'APROM' : 'other ports')
    const register = port === 'RDP' ? ` CSR${this.rap}` : port === 'BDP' ? ` BCR${this.rap}` : ''
    const text = `${port} ${write ? 'W' : 'R'}${register}`
    this.count(text)
    if (port === 'RAP' && write && value !== null) {
      const chosen = value & rapMask
      if (chosen === this.rap) this.count('redundant RAP')
      this.rap = chosen
    }
    if (text === 'RDP W CSR0' && value !== null && (value & tdmd) !== 0) this.frame()
    return text
  }

  interrupt(): void {
    this.count('interrupt')
  }

  report(): Omit<PcnetReport, 'family' | 'loggedTwice'> {
    const registers = [...this.counts]
      .filter(([text]) => text !== 'interrupt' && text !== 'redundant RAP')
      .map(([register, counted]) => ({ register, all: counted.all, inTransfer: counted.atLast - counted.atFirst }))
      .sort(mostFirst)
    const of = (text: string) => this.counts.get(text) ?? { all: 0, atLast: 0, atFirst: 0 }
    const [redundant, interrupts] = [of('redundant RAP'), of('interrupt')]
    return {
      registers, frames: this.frames, interrupts: interrupts.all, interruptsInTransfer: interrupts.atLast - interrupts.atFirst,
      redundantRap: redundant.all, redundantRapInTransfer: redundant.atLast - redundant.atFirst, rapWrites: of('RAP W').all,
      accessesInTransfer: registers.reduce((sum, { inTransfer }) => sum + inTransfer, 0),
    }
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

/** Follows a pcnet card, whichever family of events the log has. */
export class PcnetCounter {
  private readonly families: Record<Family, PcnetFamily> = { device: new PcnetFamily(), region: new PcnetFamily() }

  add(access: Access): string {
    return this.families[access.family].add(access)
  }

  /** What `pcnet_isr_change` says. */
  interrupt(args: string): string {
    const rises = /INTA=1<=0/.test(args)
    if (rises) for (const family of Object.values(this.families)) family.interrupt()
    return rises ? 'interrupt raised' : 'interrupt lowered'
  }

  /** Which family is not counted, because the other has the same accesses; null: there is only one. */
  get twice(): Family | null {
    return this.families.device.accesses > 0 && this.families.region.accesses > 0 ? 'region' : null
  }

  /** Null when no access of a pcnet was logged. */
  report(): PcnetReport | null {
    const { device, region } = this.families
    const family = device.accesses > 0 ? 'device' : 'region'
    if (this.families[family].accesses === 0) return null
    return { family, loggedTwice: device.accesses > 0 ? region.accesses : 0, ...this.families[family].report() }
  }
}
