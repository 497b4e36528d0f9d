import { PlainErrorException } from '../../plain-error'
import type { Profile, WeightType } from '../../profile/columns'
import { World } from '../../worlds'
import { LineCutter } from '../lines'
import { countNotUnderstood, emptyLoadReport, type LoadReport } from '../load-report'
import { Rows } from '../rows'
import { parseTraceEvent, type TraceEvent } from './line'
import { PcnetCounter } from './pcnet'

const columns: WeightType[] = [{ name: 'events', unit: 'count', kind: 'true' }]

/**
 * QEMU's trace log (`-trace events=... -D file`), with or without the timestamp prefix: every event is a row, a pcnet's
 * port accesses by the register they touch. The log counts what happened and says nothing of how long it took.
 */
export class QemuTraceReader {
  private readonly report: LoadReport
  private readonly rows = new Rows(columns)
  private readonly cutter: LineCutter
  private readonly decoder = new TextDecoder()
  private readonly pcnet = new PcnetCounter()
  private readonly events = new Map<string, number>()
  private last = -Infinity

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
    report.samplesKept = rows.length
    report.eventTypes = [...this.events].map(([name, count]) => ({ name, count }))
    report.notes.push('a trace of events: widths are counts of events, not time')
    const pcnet = this.pcnet.report()
    if (pcnet) report.pcnet = pcnet
    if (rows.length === 0) throw new PlainErrorException({ what: 'The QEMU log holds no trace events.', where: this.name })
    return { profile: rows.profile(this.name), report }
  }

  private line(text: string): void {
    if (text.trim() === '') return
    const event = parseTraceEvent(text)
    if (event) return this.event(event)
    countNotUnderstood(this.report, this.cutter.lines, text)
  }

  private event(event: TraceEvent): void {
    this.events.set(event.name, (this.events.get(event.name) ?? 0) + 1)
    if (event.seconds !== null) {
      if (event.seconds < this.last) this.report.stampsOutOfOrder++
      this.last = Math.max(this.last, event.seconds)
    }
    const register = this.pcnet.add(event)
    const device = event.name.slice(0, event.name.indexOf('_'))
    // accesses of the guest's driver are emulated in the monitor; a virtio notification wakes the host's network
    const world = /^virtio_(?:queue_notify|notify)/.test(event.name) ? World.VmNet : World.Vmm
    let stack = -1
    for (const frame of [device, event.name, ...(register ? [register] : [])]) {
      stack = this.rows.builder.stackId(stack, this.rows.builder.frameId(frame, 'qemu'), world)
    }
    this.rows.add(stack, [1], this.rows.thread(event.thread === null ? 'all' : `thread ${event.thread}`), event.seconds)
  }
}
