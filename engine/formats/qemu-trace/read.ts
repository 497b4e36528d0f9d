import { PlainErrorException } from '../../plain-error'
import { rowsWhere, samplesAt, type Profile, type WeightType } from '../../profile/columns'
import { World } from '../../worlds'
import { LineCutter } from '../lines'
import { countNotUnderstood, emptyLoadReport, type LoadReport } from '../load-report'
import { Rows } from '../rows'
import { accessOf, type Access } from './accesses'
import { E1000Counter, VirtioCounter } from './cards'
import { parseTraceEvent, type TraceEvent } from './line'
import { PcnetCounter } from './pcnet'

const columns: WeightType[] = [{ name: 'events', unit: 'count', kind: 'true' }]

/**
 * QEMU's trace log (`-trace events=... -D file`), with or without the timestamp prefix: every event is a row, a card's
 * port accesses by the register they touch. Where a device and its memory region both log an access, only the device's event
 * is kept. The log counts what happened and says nothing of how long it took.
 */
export class QemuTraceReader {
  private readonly report: LoadReport
  private readonly rows = new Rows(columns)
  private readonly cutter: LineCutter
  private readonly decoder = new TextDecoder()
  private readonly pcnet = new PcnetCounter()
  private readonly e1000 = new E1000Counter()
  private readonly virtio = new VirtioCounter()
  /** Stacks of accesses of memory regions, by their card. */
  private readonly regionStacks = new Map<number, Access['device']>()
  private readonly events = new Map<string, number>()

  constructor(private readonly name: string, reason: string) {
    this.report = emptyLoadReport('qemu-trace', reason)
    this.cutter = new LineCutter((bytes, start, end) => this.line(this.decoder.decode(bytes.subarray(start, end))))
  }

  push(chunk: Uint8Array): void {
    this.report.bytes += chunk.length
    this.cutter.push(chunk)
  }

  finish(): { profile: Profile; report: LoadReport } {
    this.cutter.end()
    const { report, rows } = this
    report.lines = this.cutter.lines
    report.eventTypes = [...this.events].map(([name, count]) => ({ name, count }))
    report.notes.push(...this.cutter.remarks)
    report.notes.push('a trace of events: widths are counts of events, not time')
    if (rows.length === 0) throw new PlainErrorException({ what: 'The QEMU log holds no trace events.', where: this.name })
    const pcnet = this.pcnet.report()
    if (pcnet) report.pcnet = pcnet
    const cards = [this.e1000.report(), this.virtio.report()].filter((card) => card !== null)
    if (cards.length > 0) report.cards = cards
    const profile = this.loggedOnce(rows.profile(this.name))
    report.samplesKept = profile.samples.stack.length
    return { profile, report }
  }

  /** Without what memory regions log once more of a card that logs its accesses itself. */
  private loggedOnce(profile: Profile): Profile {
    const { samples } = profile
    const twice = { pcnet: this.pcnet.twice, e1000: this.e1000.twice, 'virtio-net': this.virtio.twice }
    const isAgain = (row: number) => {
      const device = this.regionStacks.get(samples.stack[row]!)
      return device !== undefined && twice[device] === 'region'
    }
    const kept = rowsWhere(samples, (row) => !isAgain(row))
    const again = samples.stack.length - kept.length
    if (again === 0) return profile
    this.report.samplesDropped.push({ reason: 'events of memory regions (memory_region_ops), which log accesses of the card once more', count: again })
    return { ...profile, samples: samplesAt(samples, kept) }
  }

  private line(text: string): void {
    if (text.trim() === '') return
    const event = parseTraceEvent(text)
    if (event) return this.event(event)
    countNotUnderstood(this.report, this.cutter.lines, text)
  }

  private event(event: TraceEvent): void {
    this.events.set(event.name, (this.events.get(event.name) ?? 0) + 1)
    const access = accessOf(event)
    const register = this.registerOf(event, access)
    const device = event.name.slice(0, event.name.indexOf('_'))
    // accesses of the guest's driver are emulated in the monitor; a virtio notification wakes the host's network
    const world = /^virtio_(?:queue_notify|notify)/.test(event.name) ? World.VmNet : World.Vmm
    let stack = -1
    for (const frame of [device, event.name, ...(register ? [register] : [])]) {
      stack = this.rows.builder.stackId(stack, this.rows.builder.frameId(frame, 'qemu'), world)
    }
    if (access?.family === 'region' && register !== null && !register.startsWith('virtio-pci-')) this.regionStacks.set(stack, access.device)
    this.rows.add(stack, [1], this.rows.thread(event.thread === null ? 'all' : `thread ${event.thread}`), event.seconds)
  }

  /** What an event is told apart by, besides its name. */
  private registerOf(event: TraceEvent, access: Access | null): string | null {
    if (event.name === 'pcnet_isr_change') return this.pcnet.interrupt(event.args)
    if (event.name.startsWith('virtio_')) return this.virtio.addEvent(event, event.seconds)
    if (!access) return null
    if (access.device === 'pcnet') return this.pcnet.add(access)
    return access.device === 'e1000' ? this.e1000.add(access, event.seconds) : this.virtio.addAccess(access, event.seconds)
  }
}
