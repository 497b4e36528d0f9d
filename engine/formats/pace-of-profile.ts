import type { Profile } from '../profile/columns'
import { paceOf } from '../statistics/pace'
import type { LoadedPace } from './load-report'

/**
 * How evenly the samples of a recorded profile came: of its busiest thread, because threads on several processors
 * together are sampled more often than any of them. `askedPerSecond`: as the file says; where it does not, it is known if
 * a weight is the period of one of perf's clocks: the median. Null without times, and where nothing was sampled.
 */
export function paceOfProfile(profile: Profile, askedPerSecond?: number): LoadedPace | null {
  const { time, thread } = profile.samples
  // events come when they come
  if (!time || time.length === 0 || profile.weightTypes.every(({ kind }) => kind === 'true')) return null
  const busiest = busiestThread(thread, profile.threads.length)
  const rows = thread ? indicesOf(thread, busiest) : null
  const times = rows ? Float64Array.from(rows, (row) => time[row]!) : time
  const clock = profile.weightTypes.findIndex((type) => type.unit === 'nanoseconds' && isClock(type.name))
  const asked = askedPerSecond ?? (clock < 0 ? undefined : rateOf(profile.samples.weights[clock]!))
  const pace = paceOf(times, 1, asked !== undefined && asked > 0 && asked < Infinity ? asked : undefined)
  const whose = thread ? profile.threads[busiest] ?? '' : ''
  if (!pace.known) return { thread: whose, words: `Nothing can be said of the sampling rate: ${pace.why}.`, gaps: null }
  return {
    thread: whose, words: pace.words, foundPerSecond: pace.foundPerSecond, askedPerSecond: pace.askedPerSecond,
    gaps: pace.gaps,
  }
}

function busiestThread(thread: Int32Array | undefined, threads: number): number {
  if (!thread) return -1
  const counts = new Int32Array(Math.max(1, threads))
  for (const id of thread) if (id >= 0) counts[id]!++
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0))
}

function indicesOf(column: Int32Array, value: number): number[] {
  const found: number[] = []
  for (let i = 0; i < column.length; i++) if (column[i] === value) found.push(i)
  return found
}

/** Events of perf whose period is a time; the duration of a span is a time too, and nothing that was asked for. */
export function isClock(event: string): boolean {
  return /^(?:cpu-clock|task-clock)(?::|$)/.test(event)
}

/** Periods are whole nanoseconds, so the rate that was asked for comes back to six digits at best. */
function rateOf(periods: Float64Array): number {
  return Number((1e9 / medianOf(periods)).toPrecision(6))
}

function medianOf(column: Float64Array): number {
  const sorted = column.filter((value) => value > 0).sort()
  return sorted.length === 0 ? Number.NaN : sorted[sorted.length >> 1]!
}
