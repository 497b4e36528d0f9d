import type { Profile, WeightType } from '../../profile/columns'
import { rowsByThread } from '../single-samples'
import { StackSpans } from './stack-spans'
import { TraceText } from './trace-text'

/** A pause of more than so many usual intervals is one: the thread was not seen, and its last sample does not fill it. */
const pause = 1.5
const pid = 1

/** What the format has no place for, in words, for whoever converts. */
export function lossesOfChromeTrace(profile: Profile): string[] {
  const lost: string[] = []
  const type = profile.weightTypes[profile.defaultWeight]
  if (!profile.samples.time) {
    lost.push(`real times: the profile has none, and boxes stand one behind the other, ${widthWords(type)}`)
  } else if (!hasOwnDurations(profile)) {
    lost.push('weights: a box lasts from its sample to the thread\'s next one')
  }
  if (profile.weightTypes.length > 1 && !profile.samples.time) lost.push(`all weights but ${type?.name ?? 'one'}`)
  if (profile.samples.cpu) lost.push('processors')
  if (profile.samples.stack.some((stack) => stack < 0)) lost.push('samples without frames')
  return [...lost, 'worlds']
}

/**
 * A profile as spans of each thread (B and E events), which Perfetto, Chrome and speedscope open. Where samples have
 * times, calls that go on from sample to sample are one span; without times rows stand one behind the other, as wide as
 * the default weight. The category of a span is the frame's module. Losses: `lossesOfChromeTrace`.
 */
export function writeChromeTrace(profile: Profile): Uint8Array {
  const trace = new TraceText()
  trace.process(pid, profile.name)
  const { time } = profile.samples
  const threads = rowsByThread(profile)
  const usual = time ? usualGap(time, threads) : 0
  threads.forEach(({ name, rows }, id) => {
    const place = { pid, tid: id + 1 }
    trace.thread(place, name, id)
    const { stacks, frames, samples: { stack } } = profile
    const nameOf = (call: number) => frames.name[stacks.frame[call]!]!
    const spans = new StackSpans(
      (call, at) => trace.begin(place, at, nameOf(call), frames.module[stacks.frame[call]!]!), (call, at) => trace.end(place, at, nameOf(call)),
    )
    const durations = time && !hasOwnDurations(profile) ? timedDurations(profile, rows, usual) : weightDurations(profile, rows)
    let end = 0
    rows.forEach((row, i) => {
      const at = time ? time[row]! * 1e6 : end
      end = at + durations[i]!
      if (stack[row]! >= 0 && durations[i]! > 0) spans.add(pathOf(profile, stack[row]!), at, end)
    })
    spans.finish()
  })
  return trace.bytes({ exporter: 'Worldswitch', name: profile.name, widths: time ? 'time' : widthWords(profile.weightTypes[profile.defaultWeight]) })
}

/** Stack ids from the root to `leaf`. */
function pathOf({ stacks: { parent } }: Profile, leaf: number): number[] {
  const path: number[] = []
  for (let at = leaf; at >= 0; at = parent[at]!) path.push(at)
  return path.reverse()
}

function widthWords(type: WeightType | undefined): string {
  if (type?.unit === 'nanoseconds') return 'as wide as their time'
  return `a microsecond wide for each ${type?.unit === 'cycles' ? 'cycle' : type?.unit === 'bytes' ? 'byte' : 'sample'}`
}

/** Spans that were recorded as such have their length as their weight. */
function hasOwnDurations({ weightTypes, defaultWeight }: Profile): boolean {
  const type = weightTypes[defaultWeight]
  return type?.unit === 'nanoseconds' && type.kind === 'true'
}

/** Microseconds of rows whose weight is their length. */
function weightDurations({ samples, weightTypes, defaultWeight }: Profile, rows: Int32Array): Float64Array {
  const scale = weightTypes[defaultWeight]?.unit === 'nanoseconds' ? 1 / 1000 : 1
  return Float64Array.from(rows, (row) => Math.max(0, samples.weights[defaultWeight]?.[row] ?? 0) * scale)
}

/**
 * Microseconds of each row of one thread, rows by time. A sample reaches to the next, but not over a pause: there it
 * lasts its own period, or where it has none the usual one.
 */
function timedDurations(profile: Profile, rows: Int32Array, usual: number): Float64Array {
  const { time, weights } = profile.samples
  const periods = weights[profile.weightTypes.findIndex(({ unit }) => unit === 'nanoseconds')]
  return Float64Array.from(rows, (row, i) => {
    const period = periods && periods[row]! > 0 ? periods[row]! / 1000 : usual
    const gap = i + 1 < rows.length ? (time![rows[i + 1]!]! - time![row]!) * 1e6 : Infinity
    return gap <= pause * period ? gap : period
  })
}

/** The median of the times between samples of the busiest thread, microseconds; a millisecond where there is none. */
function usualGap(time: Float64Array, threads: readonly { rows: Int32Array }[]): number {
  const busiest = threads.reduce<Int32Array>((most, { rows }) => (rows.length > most.length ? rows : most), new Int32Array(0))
  const gaps = Float64Array.from(busiest.subarray(1), (row, i) => (time[row]! - time[busiest[i]!]!) * 1e6).filter((gap) => gap > 0).sort()
  return gaps[gaps.length >> 1] ?? 1000
}
