import { PlainErrorException } from '../../plain-error'
import type { Profile, WeightType } from '../../profile/columns'
import { World } from '../../worlds'
import { LineCutter } from '../lines'
import { countNotUnderstood, emptyLoadReport, type LoadReport } from '../load-report'
import { Rows } from '../rows'
import { parseTraceLine, type TraceLine } from './line'

const columns: WeightType[] = [{ name: 'time', unit: 'nanoseconds', kind: 'true' }]

/** A span that is open on a thread. */
interface Span {
  name: string
  world: World
}

interface Thread {
  name: string
  id: number
  spans: Span[]
  since: number
  /** Where it ran since then. */
  cpu: number
}

/** Pairs of tracepoints: which name opens a span, and which closes it. */
const pairs: Record<string, { ends: string; name(text: string): string; world: World }> = {
  irq_handler_entry: { ends: 'irq_handler_exit', name: (text) => `irq ${/name=(\S+)/.exec(text)?.[1] ?? /irq=(\d+)/.exec(text)?.[1] ?? ''}`, world: World.HostIrq },
  softirq_entry: { ends: 'softirq_exit', name: (text) => `softirq ${/action=(\w+)/.exec(text)?.[1] ?? ''}`, world: World.HostIrq },
  sys_enter: { ends: 'sys_exit', name: (text) => `syscall ${/NR (\d+)/.exec(text)?.[1] ?? ''}`, world: World.HostKernel },
}
const endings = new Set(Object.values(pairs).map(({ ends }) => ends))

/**
 * Reads text of ftrace. Between `kvm_entry` and `kvm_exit` a vCPU's thread runs the guest; between `kvm_exit` and the next
 * `kvm_entry` the host handles the exit (a halt is the guest's own waiting); interrupts, softirqs and system calls are
 * spans inside. Events that make no spans are counted by name.
 */
export class FtraceReader {
  private readonly report: LoadReport
  private readonly cutter: LineCutter
  private readonly rows = new Rows(columns)
  private readonly threads = new Map<number, Thread>()
  private readonly events = new Map<string, number>()
  private last = -Infinity

  constructor(private readonly fileName: string, reason: string) {
    this.report = emptyLoadReport('ftrace', reason)
    const decoder = new TextDecoder()
    this.cutter = new LineCutter((bytes, start, end) => this.line(decoder.decode(bytes.subarray(start, end)), this.cutter.lines))
  }

  push(chunk: Uint8Array): void {
    this.report.bytes += chunk.length
    this.cutter.push(chunk)
  }

  private line(text: string, number: number): void {
    if (text.trim() === '' || text.startsWith('#') || /^(?:cpus=|CPU \d+ is empty|version =)/.test(text)) return
    if (/^CPU:\d+ \[LOST \d+ EVENTS\]/.test(text)) {
      this.report.samplesDropped.push({ reason: 'events that the kernel lost', count: Number(/LOST (\d+)/.exec(text)?.[1] ?? 0) })
      return
    }
    const event = parseTraceLine(text)
    if (event) this.event(event)
    else countNotUnderstood(this.report, number, text)
  }

  finish(): { profile: Profile; report: LoadReport } {
    const { report, rows, fileName } = this
    this.cutter.end()
    report.lines = this.cutter.lines
    for (const thread of this.threads.values()) this.pass(thread, this.last)
    report.notes.push(...this.cutter.remarks)
    report.samplesKept = rows.length
    report.eventTypes = [...this.events].map(([name, count]) => ({ name, count }))
    if (rows.length === 0) {
      throw new PlainErrorException({
        what: 'The trace holds no events that begin and end something.', where: fileName,
        todo: 'Record kvm:kvm_entry and kvm:kvm_exit, irq:*, or raw_syscalls:*.',
      })
    }
    return { profile: rows.profile(fileName), report }
  }

  private event(event: TraceLine): void {
    this.events.set(event.event, (this.events.get(event.event) ?? 0) + 1)
    if (event.seconds < this.last) this.report.stampsOutOfOrder++
    this.last = Math.max(this.last, event.seconds)
    const pair = pairs[event.event]
    if (event.event === 'kvm_exit') this.leaveGuest(event)
    else if (event.event === 'kvm_entry') this.change(event, (thread) => { thread.spans = [{ name: 'guest', world: World.Guest }] })
    else if (pair) this.change(event, ({ spans }) => spans.push({ name: pair.name(event.text), world: pair.world }))
    else if (endings.has(event.event)) this.endSpan(event)
  }

  private leaveGuest(event: TraceLine): void {
    const why = /(?:reason[ :]+)(\S+)/.exec(event.text)?.[1] ?? 'unknown reason'
    const world = /^(?:HLT|hlt|MWAIT|WFx)/.test(why) ? World.GuestIdle : World.Vmm
    this.change(event, (thread) => { thread.spans = [{ name: `exit ${why}`, world }] })
  }

  /** An end whose beginning was before the recording changes nothing. */
  private endSpan(event: TraceLine): void {
    this.change(event, ({ spans }) => {
      for (let i = spans.length - 1; i >= 0; i--) {
        if (spans[i]!.world !== World.HostIrq && spans[i]!.world !== World.HostKernel) break
        spans.length = i
        return
      }
    })
  }

  private change(event: TraceLine, how: (thread: Thread) => void): void {
    let thread = this.threads.get(event.pid)
    if (!thread) {
      const name = `${event.comm}-${event.pid}`
      this.threads.set(event.pid, thread = { name, id: this.rows.thread(name), spans: [], since: event.seconds, cpu: event.cpu })
    }
    this.pass(thread, event.seconds)
    thread.cpu = event.cpu
    how(thread)
  }

  private pass(thread: Thread, now: number): void {
    if (thread.spans.length > 0 && now > thread.since) {
      let stack = -1
      for (const { name, world } of thread.spans) {
        stack = this.rows.builder.stackId(stack, this.rows.builder.frameId(name, ''), world)
      }
      this.rows.add(stack, [(now - thread.since) * 1e9], thread.id, thread.since, thread.cpu)
    }
    thread.since = Math.max(thread.since, now)
  }
}

export function readFtrace(fileName: string, bytes: Uint8Array, reason: string): { profile: Profile; report: LoadReport } {
  const reader = new FtraceReader(fileName, reason)
  reader.push(bytes)
  return reader.finish()
}
