import { worldIds } from '../worlds'
import { rowsWhere, samplesAt, type Profile } from './columns'

/** Half-open: a sample at `to` belongs to what follows, so that adjoining ranges share no sample. Seconds. */
export interface Seconds {
  from: number
  to: number
}

/**
 * From the first sample to one average interval behind the last, so that the last is inside the half-open range;
 * null where the profile has no times or no samples. Stamps may be out of order.
 */
export function extentOfTimes(profile: Profile): Seconds | null {
  const { time } = profile.samples
  if (!time || time.length === 0) return null
  let [first, last] = [Infinity, -Infinity]
  for (const at of time) {
    if (at < first) first = at
    if (at > last) last = at
  }
  const interval = time.length > 1 && last > first ? (last - first) / (time.length - 1) : 1e-6
  // a step too small for doubles of this size would leave the last sample out
  return { from: first, to: last + Math.max(interval, 2 * Number.EPSILON * Math.abs(last)) }
}

/** The samples of [from, to) seconds, as a profile of its own over the same frames and stacks. Needs times. */
export function profileInRange(profile: Profile, { from, to }: Seconds): Profile {
  const { samples } = profile
  const { time } = samples
  if (!time) throw new RangeError('the profile has no times: no part of its time can be taken')
  return { ...profile, samples: samplesAt(samples, rowsWhere(samples, (row) => time[row]! >= from && time[row]! < to)) }
}

/** Names of a profile's lanes: its threads, or one for all samples of a source without threads. */
export function laneNames(profile: Profile): string[] {
  return profile.samples.thread && profile.threads.length > 0 ? profile.threads : ['all samples']
}

export interface SampleBins {
  binSeconds: number
  /** A column a lane: `counts[lane][bin * worlds + world]` in the weight's unit. */
  counts: Float64Array[]
}

/** What the samples of [from, to) weigh, by lane, bin and world of the leaf. Needs times. */
export function binSamples(profile: Profile, { from, to }: Seconds, bins: number, weight: number): SampleBins {
  const { stack, weights, time, thread } = profile.samples
  if (!time) throw new RangeError('the profile has no times: it cannot be put into bins of time')
  const names = laneNames(profile)
  const threaded = names === profile.threads
  const worlds = worldIds.length
  const counts = names.map(() => new Float64Array(bins * worlds))
  const column = weights[weight]!
  const scale = bins / (to - from)
  for (let row = 0; row < time.length; row++) {
    const at = time[row]!
    if (at < from || at >= to) continue
    // rounding may carry a sample just before the end over it
    const bin = Math.min(bins - 1, Math.floor((at - from) * scale))
    counts[threaded ? thread![row]! : 0]![bin * worlds + worldOfRow(profile, stack[row]!)]! += column[row]!
  }
  return { binSeconds: (to - from) / bins, counts }
}

export interface LaneSamples {
  /** Ascending. */
  at: Float64Array
  /** Row of the profile's sample table. */
  row: Int32Array
  world: Uint8Array
}

/** The samples of [from, to) one by one, a list a lane, in order of time. Needs times. */
export function samplesByLane(profile: Profile, { from, to }: Seconds): LaneSamples[] {
  const { stack, time, thread } = profile.samples
  if (!time) throw new RangeError('the profile has no times: its samples have no places')
  const names = laneNames(profile)
  const threaded = names === profile.threads
  const rows: number[][] = names.map(() => [])
  for (let row = 0; row < time.length; row++) {
    if (time[row]! >= from && time[row]! < to) rows[threaded ? thread![row]! : 0]!.push(row)
  }
  return rows.map((list) => {
    const row = Int32Array.from(list).sort((a, b) => time[a]! - time[b]! || a - b)
    return {
      row, at: Float64Array.from(row, (one) => time[one]!),
      world: Uint8Array.from(row, (one) => worldOfRow(profile, stack[one]!)),
    }
  })
}

function worldOfRow(profile: Profile, stack: number): number {
  return stack < 0 ? worldIds.length - 1 : profile.stacks.world[stack]!
}
