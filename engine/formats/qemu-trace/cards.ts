import type { Access, Family } from './accesses'
import { argOf, type TraceEvent } from './line'
import { TransferCounts, type RegisterCount } from './transfer'

/** What a driver did to a card whose log does not say when a frame was sent. */
export interface CardReport {
  card: 'e1000' | 'virtio-net'
  /** Whose events were counted, and how many of the others log the same accesses once more. */
  family: Family
  loggedTwice: number
  registers: RegisterCount[]
  /** Accesses that tell the card to look for frames to send: each may be for several. */
  kicks: number
  kicksInTransfer: number
  /** Interrupts asked for by a virtio card; of an e1000 reads of its cause register, which a handler begins with. */
  interrupts: number
  interruptsInTransfer: number
  /** What counts as the transfer. */
  transfer: string
}

/** Registers of the 82540EM by their offset (Intel, PCI/PCI-X Family of Gigabit Ethernet Controllers, table 13-2). */
const e1000Registers: Record<number, string> = {
  0x0: 'CTRL', 0x8: 'STATUS', 0x10: 'EECD', 0x14: 'EERD', 0x18: 'CTRL_EXT', 0x20: 'MDIC', 0x28: 'FCAL', 0x2c: 'FCAH', 0x30: 'FCT',
  0x38: 'VET', 0xc0: 'ICR', 0xc4: 'ITR', 0xc8: 'ICS', 0xd0: 'IMS', 0xd8: 'IMC', 0x100: 'RCTL', 0x170: 'FCTTV', 0x400: 'TCTL',
  0x410: 'TIPG', 0xe00: 'LEDCTL', 0x1000: 'PBA', 0x2160: 'FCRTL', 0x2168: 'FCRTH', 0x2800: 'RDBAL', 0x2804: 'RDBAH', 0x2808: 'RDLEN',
  0x2810: 'RDH', 0x2818: 'RDT', 0x2820: 'RDTR', 0x2828: 'RXDCTL', 0x282c: 'RADV', 0x3800: 'TDBAL', 0x3804: 'TDBAH', 0x3808: 'TDLEN',
  0x3810: 'TDH', 0x3818: 'TDT', 0x3820: 'TIDV', 0x3828: 'TXDCTL', 0x382c: 'TADV', 0x5000: 'RXCSUM', 0x5800: 'WUC', 0x5808: 'WUFC',
  0x5820: 'MANC',
}
const e1000Tables: readonly { from: number; to: number; name: string }[] = [
  { from: 0x4000, to: 0x4128, name: 'statistics' }, { from: 0x5200, to: 0x5400, name: 'MTA' }, { from: 0x5400, to: 0x5480, name: 'RAL, RAH' },
  { from: 0x5600, to: 0x5800, name: 'VFTA' },
]

function e1000Register(offset: number): string {
  return e1000Registers[offset] ?? e1000Tables.find(({ from, to }) => offset >= from && offset < to)?.name ?? 'other registers'
}

/** One card as one family of events tells of it. */
class FamilyCounts {
  readonly counts = new TransferCounts()
  events = 0

  add(register: string, seconds: number | null): void {
    this.events++
    this.counts.add(register, seconds)
  }
}

abstract class CardCounter {
  protected readonly device = new FamilyCounts()
  protected readonly region = new FamilyCounts()

  constructor(private readonly card: CardReport['card']) {}

  /** What has to be said of where the counts come from. */
  protected get besides(): string {
    return ''
  }

  protected abstract isKick(register: string): boolean
  protected abstract isInterrupt(register: string): boolean

  /** Which family is not counted, because the other has the same accesses; null: there is only one. */
  get twice(): Family | null {
    return this.device.events > 0 && this.region.events > 0 ? 'region' : null
  }

  /** Null when nothing of the card was logged. */
  report(): CardReport | null {
    const family = this.device.events > 0 ? 'device' : 'region'
    const { counts, events } = this[family]
    if (events === 0) return null
    const registers = counts.registers()
    const of = (chosen: (register: string) => boolean, key: 'all' | 'inTransfer') =>
      registers.reduce((sum, row) => sum + (chosen(row.register) ? row[key] : 0), 0)
    const [isKick, isInterrupt] = [this.isKick.bind(this), this.isInterrupt.bind(this)]
    return {
      card: this.card, family, loggedTwice: this.twice ? this.region.events : 0, registers,
      kicks: of(isKick, 'all'), kicksInTransfer: of(isKick, 'inTransfer'),
      interrupts: of(isInterrupt, 'all'), interruptsInTransfer: of(isInterrupt, 'inTransfer'), transfer: counts.words + this.besides,
    }
  }
}

/** Follows an e1000 through its own register events, or through its memory region. */
export class E1000Counter extends CardCounter {
  constructor() {
    super('e1000')
  }

  add({ family, write, offset }: Access, seconds: number | null): string {
    const register = `${e1000Register(offset)} ${write ? 'W' : 'R'}`
    this[family].add(register, seconds)
    return register
  }

  protected isKick(register: string): boolean {
    return register === 'TDT W'
  }

  protected isInterrupt(register: string): boolean {
    return register === 'ICR R'
  }
}

/** Queues of a virtio network card without multiple pairs (Virtio 1.2, section 5.1.2). */
const queueNames = ['receive', 'transmit', 'control']

/** A log of nonsense must not fill the memory. */
const mostKnown = 1000

/** Follows a virtio network card: kicks of its queues and the interrupts that it asks for. */
export class VirtioCounter extends CardCounter {
  /** Numbers of queues by the address that notifications name. */
  private readonly queues = new Map<string, number>()
  private readonly devices = new Set<string>()

  constructor() {
    super('virtio-net')
  }

  /** One of the card's own events; null when it is neither kick nor notification. */
  addEvent({ name, args }: TraceEvent, seconds: number | null): string | null {
    const queue = /vq (0x[0-9a-f]+)/i.exec(args)?.[1] ?? ''
    const device = /vdev (0x[0-9a-f]+)/i.exec(args)?.[1]
    if (device !== undefined && this.devices.size < mostKnown) this.devices.add(device)
    if (name === 'virtio_queue_notify') {
      const number = argOf(args, 'n') ?? -1
      if (this.queues.size < mostKnown) this.queues.set(queue, number)
      return this.told(`kick of ${queueText(number)}`, seconds)
    }
    return name === 'virtio_notify' ? this.told(`interrupt for ${queueText(this.queues.get(queue) ?? -1)}`, seconds) : null
  }

  /** An access of one of its memory regions; only those of the notification region are kicks. */
  addAccess({ region, write, value }: Access, seconds: number | null): string {
    if (!region.startsWith('virtio-pci-notify') || !write) return `${region} ${write ? 'W' : 'R'}`
    const register = `kick of ${queueText(value ?? -1)}`
    this.region.add(register, seconds)
    return register
  }

  protected override get besides(): string {
    return this.devices.size > 1 ? `; ${this.devices.size} virtio devices are in it, and their queues are counted together` : ''
  }

  protected isKick(register: string): boolean {
    return register === 'kick of queue 1 (transmit)'
  }

  protected isInterrupt(register: string): boolean {
    return register.startsWith('interrupt for')
  }

  private told(register: string, seconds: number | null): string {
    this.device.add(register, seconds)
    return register
  }
}

function queueText(number: number): string {
  const name = queueNames[number]
  return name ? `queue ${number} (${name})` : number > 0 && number < 1024 ? `queue ${number}` : 'a queue not kicked before'
}
