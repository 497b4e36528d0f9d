import type { WeightType } from '../../profile/columns'
import type { LoadReport } from '../load-report'
import { Rows } from '../rows'
import type { CpuNodes } from './nodes'

const columns: WeightType[] = [
  { name: 'samples', unit: 'count', kind: 'sampled' }, { name: 'time', unit: 'nanoseconds', kind: 'sampled' },
]

export interface CpuTimes {
  /** Node ids. */
  samples: readonly number[]
  /** Microseconds since the sample before; of the first since `startTime`. */
  timeDeltas: readonly number[]
  /** The older form: microseconds. */
  timestamps: readonly number[]
  startTime: number
  endTime: number
}

export function emptyRows(): Rows {
  return new Rows(columns)
}

/** Nodes and samples between two looks at who waits: some milliseconds. */
const atATime = 1 << 15

/** A row a sample; of a file that only has counts of hits, a row a node. In steps. */
export function* cpuSamples(rows: Rows, nodes: CpuNodes, times: CpuTimes, report: LoadReport): Generator<void, void, void> {
  const stacks = yield* stacksOf(nodes, rows, report)
  if (times.samples.length === 0) {
    for (let at = 0; at < nodes.count; at++) {
      if (nodes.hits.at(at) > 0) rows.add(stacks[at]!, [nodes.hits.at(at), 0], 0, null)
    }
    report.notes.push('the file has counts of hits but no samples: their order and times are not known')
  } else {
    yield* eachSample(nodes, times, stacks, report, (stack, microseconds, nanoseconds) =>
      rows.add(stack, [1, nanoseconds], 0, Number.isNaN(microseconds) ? null : microseconds / 1e6))
  }
  report.samplesKept = rows.length
  report.eventTypes = [{ name: 'samples', count: rows.length }]
}

/**
 * The samples in their order: `emit` gets the stack, its stamp in microseconds and the nanoseconds until the next. V8 has
 * stamps that go backwards: they are taken as of the time before, so that durations add up to the time that passed.
 */
export function* eachSample(
  nodes: CpuNodes, times: CpuTimes, stacks: Int32Array, report: LoadReport,
  emit: (stack: number, microseconds: number, nanoseconds: number) => void,
): Generator<void, void, void> {
  const stamps = stampsOf(times, report)
  let unknown = 0
  let latest = -Infinity
  for (const [i, id] of times.samples.entries()) {
    if (i % atATime === atATime - 1) yield
    const at = nodes.place.get(id)
    if (at === undefined) {
      unknown++
      continue
    }
    const stamp = stamps[i] ?? Number.NaN
    if (stamp < latest) report.stampsOutOfOrder++
    const now = stamp < latest ? latest : stamp
    if (now > latest) latest = now
    const next = i + 1 < times.samples.length ? stamps[i + 1]! : times.endTime
    if (stacks[at]! < 0) report.samplesWithoutFrames++
    emit(stacks[at]!, now, next > now ? (next - now) * 1000 : 0)
  }
  if (unknown > 0) report.samplesDropped.push({ reason: 'samples that name a node which the file does not hold', count: unknown })
}

function stampsOf({ samples, timeDeltas, timestamps, startTime }: CpuTimes, report: LoadReport): number[] {
  if (timestamps.length > 0) return [...timestamps]
  let at = startTime
  let unknown = 0
  const stamps = timeDeltas.slice(0, samples.length).map((delta) => {
    if (Number.isFinite(delta)) at += delta
    else unknown++
    return at
  })
  if (unknown > 0) report.notes.push(`${unknown} times between samples are no numbers: they were taken as 0`)
  return stamps
}

/**
 * The stack of each node; -1 for `(root)`, which is nobody's function. Parents may come after their children in the file
 * and, in a damaged one, be their own ancestors: a way up that comes back to itself ends there.
 */
export function* stacksOf(nodes: CpuNodes, rows: Rows, report: LoadReport): Generator<void, Int32Array, void> {
  nodes.link()
  const unmade = -2
  const stacks = new Int32Array(nodes.count).fill(unmade)
  const way: number[] = []
  const onWay = new Uint8Array(nodes.count)
  for (let node = 0; node < nodes.count; node++) {
    if (node % atATime === atATime - 1) yield
    way.length = 0
    for (let at = node; at >= 0 && stacks[at] === unmade && !onWay[at]; at = nodes.parent.at(at)) {
      way.push(at)
      onWay[at] = 1
    }
    for (let at = way.pop(); at !== undefined; at = way.pop()) {
      onWay[at] = 0
      const name = nodes.name[at]!
      const parent = nodes.parent.at(at)
      if (name === '(root)' && parent < 0) {
        stacks[at] = -1
        continue
      }
      const above = parent >= 0 && stacks[parent]! >= 0 ? parent : -1
      const frame = rows.builder.frameId(name, nodes.url[at]!)
      const caller = above < 0 ? -1 : stacks[above]!
      stacks[at] = rows.call(caller, frame)
    }
  }
  if (stacks.every((stack) => stack === -1)) report.notes.push('the profile has only a root: nothing ran')
  return stacks
}
