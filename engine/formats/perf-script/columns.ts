import { GrowingFloats, GrowingInts, larger } from '../../growing'
import type { LoadReport } from '../load-report'
import { isClock } from '../pace-of-profile'
import { cpumodeModule, cpumodeNames, type Cpumode } from '../../profile/classify/cpumode'
import { isIdleThread } from '../../profile/classify/threads'
import { StackBuilder } from '../../profile/columns'
import type { Profile, WeightType } from '../../profile/columns'
import { World } from '../../worlds'
import type { FrameLines } from './frame'
import type { Head } from './head'

/** More kinds of events than this would cost more columns than they tell; the rest only counts as samples. */
const mostEventTypes = 64
const cycleEvent = /^(?:cpu[_-]?(?:core|atom)?\/)?(?:cpu-)?cycles(?:[:/]|$)/

const notMet = -1

interface EventType {
  name: string
  count: number
  periods: boolean
}

/** Builds the profile's columns from heads and frames as they come by. */
export class SampleColumns {
  private readonly builder = new StackBuilder()
  /** By number of the line; an inlined function's depends on what is around it. */
  private readonly frameOf = new GrowingInts()
  private readonly threads = new Map<string, number>()
  private readonly lastOfTid = new Map<number, { comm: string; pid: number | null; id: number }>()
  private readonly roots = new Map<string, number>()
  private readonly events = new Map<string, number>()
  private readonly eventTypes: EventType[] = []
  private readonly stack = new GrowingInts()
  private readonly thread = new GrowingInts()
  private readonly event = new GrowingInts()
  private readonly period = new GrowingFloats()
  private readonly cpu = new GrowingInts()
  private placed = false
  /** Nanoseconds since the file's first sample. */
  private readonly time = new GrowingFloats()
  private first: { seconds: number; nanoseconds: number } | null = null
  private earliest = 0
  private timed = true
  private idle = 0
  private unclearModes = 0
  /** The open sample's chain, leaf first: numbers of lines. */
  private chain = new Int32Array(256)
  private depth = 0
  /** The chain before, root first, and its stacks: what the next one shares with it needs no look-up. */
  private before = new Int32Array(256)
  private stacksBefore = new Int32Array(256)
  private depthBefore = 0
  private rootBefore = -1

  constructor(private readonly report: LoadReport, private readonly lines: FrameLines) {}

  get pendingFrames(): number {
    return this.depth
  }

  /** A number of the lines' interner. */
  addFrame(line: number): void {
    if (this.depth === this.chain.length) this.deepen()
    this.chain[this.depth++] = line
    this.report.unknownSymbols += this.lines.unknown.at(line)
  }

  private deepen(): void {
    this.chain = larger(this.chain)
    this.before = larger(this.before)
    this.stacksBefore = larger(this.stacksBefore)
  }

  addSample(head: Head): void {
    const { report } = this
    report.samplesKept++
    if (this.depth === 0) report.samplesWithoutFrames++
    if (isIdleThread(head.comm)) this.idle++
    this.stack.push(this.internStack(head))
    this.thread.push(this.internThread(head))
    this.event.push(this.internEvent(head))
    this.period.push(head.period ?? 1)
    this.cpu.push(head.cpu ?? -1)
    if (head.cpu !== null) this.placed = true
    this.addTime(head)
    this.depth = 0
  }

  profile(name: string): Profile {
    const { report } = this
    report.eventTypes = this.eventTypes.map(({ name: event, count }) => ({ name: event, count }))
    if (this.eventTypes.length > mostEventTypes) {
      report.notes.push(
        `${this.eventTypes.length} event types: those after the first ${mostEventTypes} count as samples only`)
    } else if (this.eventTypes.length > 1) {
      report.notes.push(`${this.eventTypes.length} event types: one weight column each, and all of them as samples`)
    }
    if (this.idle > 0) {
      report.notes.push(`${this.idle} samples of the idle task (swapper) are shown as idle: nothing ran on that CPU`)
    }
    if (this.unclearModes > 0) {
      report.notes.push(`${this.unclearModes} samples say several processor modes at once, as broken kernels do: none of them is taken`)
    }
    const samples = this.stack.length
    const shown = this.eventTypes.slice(0, mostEventTypes)
    const weights = [new Float64Array(samples).fill(1), ...shown.map((_, k) => this.column(k))]
    return {
      name, ...this.builder.tables(), threads: [...this.threads.keys()], defaultWeight: 0,
      weightTypes: [
        { name: 'samples', unit: 'count', kind: 'sampled' },
        ...shown.map(weightType),
      ],
      samples: {
        stack: this.stack.column(), weights, thread: this.thread.column(),
        ...(this.timed && samples > 0 ? { time: this.time.column().map((at) => (at - this.earliest) / 1e9) } : {}),
        ...(this.placed ? { cpu: this.cpu.column() } : {}),
      },
    }
  }

  private column(event: number): Float64Array {
    const values = new Float64Array(this.event.length)
    for (let i = 0; i < values.length; i++) if (this.event.at(i) === event) values[i] = this.period.at(i)
    return values
  }

  /** Root first: the thread's name, the processor's mode where the chain does not say it, the chain from its last line up. */
  private internStack(head: Head): number {
    let stack = this.rootOf(head.comm)
    const mode = this.modeOf(head)
    if (mode) stack = this.builder.stackId(stack, this.builder.frameId(cpumodeNames[mode], cpumodeModule), World.Unclassified)
    return this.underRoot(stack)
  }

  private rootOf(comm: string): number {
    let root = this.roots.get(comm)
    if (root === undefined) this.roots.set(comm, root = this.builder.stackId(-1, this.builder.frameId(comm, ''), World.Unclassified))
    return root
  }

  private underRoot(root: number): number {
    const { chain, depth, before, stacksBefore } = this
    let shared = 0
    if (root === this.rootBefore) {
      const most = Math.min(depth, this.depthBefore)
      while (shared < most && before[shared] === chain[depth - 1 - shared]) shared++
    }
    let stack = shared > 0 ? stacksBefore[shared - 1]! : root
    for (let i = shared; i < depth; i++) {
      const line = chain[depth - 1 - i]!
      before[i] = line
      stacksBefore[i] = stack = this.builder.stackId(stack, this.frameOfLine(line, i === 0 ? -1 : stack), World.Unclassified)
    }
    this.rootBefore = root
    this.depthBefore = depth
    return stack
  }

  /**
   * A guest's or hypervisor's chain holds frames of there only. A host's goes from user to kernel, as its modules tell: the
   * letter, which is the innermost frame's, is needed only where there is no module and no other frame.
   */
  private modeOf({ misc, guest }: Head): Cpumode | null {
    const letters = misc.replace(/[^KUHGg]/g, '')
    if (letters.length > 1) {
      this.unclearModes++
      return null
    }
    if (letters === 'G') return 'guest-kernel'
    if (letters === 'g') return 'guest-user'
    if (letters === 'H') return 'hypervisor'
    if (guest) return 'guest'
    if (letters === '' || this.depth > 1 || (this.depth === 1 && this.lines.texts[this.chain[0]!]!.module !== null)) return null
    return letters === 'K' ? 'host-kernel' : 'host-user'
  }

  private frameOfLine(line: number, caller: number): number {
    while (this.frameOf.length <= line) this.frameOf.push(notMet)
    const known = this.frameOf.at(line)
    if (known >= 0) return known
    const { symbol, module, inlined } = this.lines.texts[line]!
    // an inlined function has no module of its own: it is part of the function it was inlined into
    const inherits = inlined && module === null
    const from = inherits ? this.builder.moduleOf(caller) : module ?? ''
    const frame = this.builder.frameId(this.lines.unknown.at(line) ? nameOfUnknown(from) : symbol, from)
    if (!inherits) this.frameOf.set(line, frame)
    return frame
  }

  private internThread({ comm, pid, tid }: Head): number {
    const last = this.lastOfTid.get(tid)
    if (last && last.comm === comm && last.pid === pid) return last.id
    const key = pid === null ? `${comm} ${tid}` : `${comm} ${pid}/${tid}`
    let id = this.threads.get(key)
    if (id === undefined) this.threads.set(key, id = this.threads.size)
    this.lastOfTid.set(tid, { comm, pid, id })
    return id
  }

  private internEvent(head: Head): number {
    let id = this.events.get(head.event)
    if (id === undefined) {
      this.events.set(head.event, id = this.eventTypes.length)
      this.eventTypes.push({ name: head.event, count: 0, periods: false })
    }
    const type = this.eventTypes[id]!
    type.count++
    if (head.period !== null) type.periods = true
    return id
  }

  private addTime(head: Head): void {
    if (head.seconds === null) {
      this.timed = false
      return
    }
    this.first ??= { seconds: head.seconds, nanoseconds: head.nanoseconds }
    const { seconds, nanoseconds } = this.first
    // whole nanoseconds: sums of decimal fractions would not come back from a file as they were
    const time = (head.seconds - seconds) * 1e9 + head.nanoseconds - nanoseconds
    if (time < this.earliest) this.earliest = time
    this.time.push(time)
  }
}

function weightType(event: EventType): WeightType {
  const { name } = event
  const unit = isClock(name) ? 'nanoseconds' : cycleEvent.test(name) ? 'cycles' : 'count'
  return { name, unit: event.periods ? unit : 'count', kind: 'sampled' }
}

/** What has no symbol is at least known by the file it lies in. */
function nameOfUnknown(module: string): string {
  if (module === '' || module === '[unknown]') return '[unknown]'
  if (module.startsWith('[')) return module
  return `[${module.slice(module.lastIndexOf('/') + 1)}]`
}
