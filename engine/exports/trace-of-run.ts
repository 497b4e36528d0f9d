import type { ExperimentStep } from '../experiment-kinds'
import { packets } from '../experiments/recording/packets'
import { recordingOf } from '../experiments/recording/recording'
import { rangeOf } from '../experiments/recording/requests'
import { exactTimeline } from '../experiments/recording/timeline'
import { counterIds, type PacketsResult, type Slices, type TimelineResult } from '../experiments/recording/types'
import { StackSpans } from '../formats/chrome-trace/stack-spans'
import { TraceText, type TracePlace } from '../formats/chrome-trace/trace-text'
import { fixed } from '../figure-text'
import { functionTable } from '../machine/functions'
import type { SimulatedRun } from '../session/document'
import { World, worldNames } from '../worlds'
import { worldStretches } from './span-worlds'
import type { CycleRange } from './types'

/** Calls of a trace, two events each: some 50 MB of text, which viewers still open. */
export const mostCalls = 200_000
/** A range of that many calls has fewer packets. */
const mostPackets = 20_000

export interface RunTrace {
  bytes: Uint8Array
  /** What the reader has to know of it, in words. */
  said: string[]
}

const pid = 1
const place = (tid: number): TracePlace => ({ pid, tid })
const worldPlace = (world: number) => place(world + 1)
const card = place(worldNames.length + 1)
const wires = [place(worldNames.length + 2), place(worldNames.length + 3)] as const
const samples = place(worldNames.length + 4)

/**
 * A simulated run as a Chrome trace: each world a thread with its calls, card and wire beside them, interrupts and samples
 * as moments, the four counters, and each packet as a flow through the spans that handled it. A run has more calls than a
 * file can have: of a long one it is the middle, or the range that was chosen, as far as it fits.
 */
export function* traceOfRun({ name, report }: SimulatedRun, range: CycleRange | null): Generator<ExperimentStep<never>, RunTrace, void> {
  const { scenario } = report
  const recording = yield* recordingOf(scenario)
  const wanted = rangeOf(range ?? { fromCycles: 0, toCycles: 0 }, recording.runCycles)
  let [from, to] = wanted
  let shown: TimelineResult | null = null
  while (!(shown = yield* exactTimeline(recording, from, to, mostCalls))) {
    const quarter = Math.floor((to - from) / 4)
    ;[from, to] = [from + quarter, to - quarter]
  }
  const cut = to - from < wanted[1] - wanted[0]
  const seen = yield* packets({ scenario, limit: mostPackets, range: { fromCycles: from, toCycles: to } })
  const milliseconds = (cycles: number) => fixed(cycles / (shown.mhz * 1000), 3)
  const covers = `${milliseconds(from)} to ${milliseconds(to)} ms of ${milliseconds(recording.runCycles)} ms`
  const said = cut ? [`the trace covers ${covers}: so much fits into one; choose a range of time for another part`] : []
  const bytes = new TraceOfRun(shown, seen).bytes({
    exporter: 'Worldswitch', run: name, engineVersion: report.engineVersion, covers, ticks: `microseconds of a clock of ${shown.mhz} MHz`,
  })
  return { bytes, said }
}

class TraceOfRun {
  private readonly trace = new TraceText()
  /** Whose the CPU was, stretch by stretch. */
  private readonly ends: number[] = []
  private readonly starts: number[] = []
  private readonly worlds: number[] = []
  /** Thread of what ended at a cycle on the card or the wire. */
  private readonly deviceEnds = new Map<number, TracePlace>()

  constructor(private readonly shown: TimelineResult, private readonly seen: PacketsResult) {}

  bytes(facts: Record<string, string | number>): Uint8Array {
    const { trace, shown } = this
    const { guest, vmm, vmapp, 'host-kernel': hostKernel, nic, wire } = shown.lanes
    const cpuLanes = [guest, vmm, vmapp, hostKernel] as Slices[] // exactTimeline has no bins
    trace.process(pid, String(facts['run']))
    this.nameThreads()
    this.noteDevices(nic as Slices, wire as Slices)
    this.noteWorlds(cpuLanes)
    // at equal stamps the file's order counts: a packet passes before the span that it passes in ends
    this.addPackets()
    this.addMarks()
    for (const lane of cpuLanes) this.addCalls(lane)
    this.addDevice(nic as Slices, () => card)
    this.addDevice(wire as Slices, (depth) => wires[depth === 0 ? 0 : 1])
    this.addCounters()
    return trace.bytes(facts)
  }

  private at(cycle: number): number {
    return cycle / this.shown.mhz
  }

  private nameThreads(): void {
    worldNames.forEach((name, world) => {
      if (world !== World.Unclassified) this.trace.thread(worldPlace(world), name, world)
    })
    const others = [[card, 'Host card (DMA)'], [wires[0], 'Wire to the peer'], [wires[1], 'Wire from the peer'], [samples, 'Samples']] as const
    others.forEach(([where, name], i) => this.trace.thread(where, name, worldNames.length + i))
  }

  private noteDevices(nic: Slices, wire: Slices): void {
    nic.end.forEach((end) => this.deviceEnds.set(end, card))
    wire.end.forEach((end, i) => this.deviceEnds.set(end, wires[wire.depth[i] === 0 ? 0 : 1]))
  }

  private noteWorlds(lanes: readonly Slices[]): void {
    const found: { start: number; end: number; world: number }[] = []
    for (const lane of lanes) worldStretches(lane, (world, _, start, end) => found.push({ start, end, world }))
    for (const { start, end, world } of found.sort((a, b) => a.start - b.start)) {
      this.starts.push(start)
      this.ends.push(end)
      this.worlds.push(world)
    }
  }

  /** The world that had the CPU up to a cycle; null: none in the range. */
  private worldBefore(cycle: number): number | null {
    let [lo, hi] = [0, this.starts.length]
    while (lo < hi) {
      const middle = (lo + hi) >> 1
      if (this.starts[middle]! < cycle) lo = middle + 1
      else hi = middle
    }
    return lo > 0 && this.ends[lo - 1]! >= cycle ? this.worlds[lo - 1]! : null
  }

  /** A packet's stations, in the spans that end there or are still open. */
  private addPackets(): void {
    const { seen: { packet, at, stations }, trace } = this
    packet.forEach((number, row) => {
      const points = stations.flatMap(({ label, world }, station) => {
        const cycle = at[station]![row]!
        const device = this.deviceEnds.get(cycle)
        const cpu = Number.isNaN(cycle) ? null : this.worldBefore(cycle)
        const where = world === World.Unclassified ? device : cpu === null ? undefined : worldPlace(cpu)
        return where ? [{ label, cycle, where }] : []
      }).sort((a, b) => a.cycle - b.cycle)
      if (points.length < 2) return
      points.forEach(({ label, cycle, where }, i) => {
        trace.flow(i === 0 ? 's' : i === points.length - 1 ? 'f' : 't', where, this.at(cycle), number + 1, `packet ${number}`, { station: label })
      })
    })
  }

  private addMarks(): void {
    const { trace, shown: { marks, names } } = this
    const add = (kind: 'host-irq' | 'guest-irq' | 'sample', where: TracePlace) => {
      const found = marks[kind]
      if (found.kind === 'marks') found.at.forEach((cycle, i) => trace.instant(where, this.at(cycle), names[found.what[i]!]!, kind))
    }
    add('host-irq', worldPlace(World.HostIrq))
    add('guest-irq', worldPlace(World.Guest))
    add('sample', samples)
  }

  private addCalls(lane: Slices): void {
    const { trace, shown: { names } } = this
    const threads = new Map<number, StackSpans>()
    const spansOf = (world: number) => {
      let spans = threads.get(world)
      if (!spans) {
        const where = worldPlace(world)
        threads.set(world, spans = new StackSpans((slice, cycle) => {
          const fn = lane.frame[slice]!
          trace.begin(where, this.at(cycle), names[fn]!, functionTable[fn]!.module, packetArguments(lane.packet[slice]!))
        }, (slice, cycle) => trace.end(where, this.at(cycle), names[lane.frame[slice]!]!, packetArguments(lane.packet[slice]!))))
      }
      return spans
    }
    worldStretches(lane, (world, path, start, end) => spansOf(world).add(path, start, end))
    for (const spans of threads.values()) spans.finish()
  }

  private addDevice({ start, end, depth, frame, packet }: Slices, placeOf: (depth: number) => TracePlace): void {
    const { trace, shown: { names } } = this
    start.forEach((cycle, i) => {
      const where = placeOf(depth[i]!)
      trace.begin(where, this.at(cycle), names[frame[i]!]!, '', packetArguments(packet[i]!))
      trace.end(where, this.at(end[i]!), names[frame[i]!]!, packetArguments(packet[i]!))
    })
  }

  private addCounters(): void {
    for (const id of counterIds) {
      const counter = this.shown.counters[id]
      if (counter.kind !== 'steps') continue
      counter.at.forEach((cycle, i) => this.trace.counter(pid, this.at(cycle), id.replaceAll('-', ' '), counter.value[i]!))
    }
  }
}

function packetArguments(packet: number): Record<string, number> {
  return packet < 0 ? {} : { packet }
}
