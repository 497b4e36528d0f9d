import { World, worldIds } from '../../worlds'
import type { Bins, Counter, MarkBins, Marks, Slices, TimelineResult } from './types'

const worlds = worldIds.length

/** What is known: the first bin begins at `fromCycles`, and the last one may end early, at `toCycles`. */
type Known = Pick<TimelineResult, 'fromCycles' | 'toCycles'>

/**
 * Cycles of each world on one lane within [from, to). A slice counts without the slices inside it, as the books do;
 * frames that cross on the wire at the same time count once, as in bins: it is busy or not.
 * A bin that an end of the range cuts counts in proportion.
 */
export function laneSums(lane: Slices | Bins, known: Known, from: number, to: number): Float64Array {
  return lane.kind === 'bins' ? binSums(lane, known, from, to) : sliceSums(lane, from, to)
}

function sliceSums({ start, end, world, depth }: Slices, from: number, to: number): Float64Array {
  const sums = new Float64Array(worlds)
  // the slice that is open at each depth: what is inside it is taken off its world
  const open = new Int32Array(256).fill(-1)
  let busyUntil = from
  for (let i = 0; i < start.length; i++) {
    const level = depth[i]!
    if (world[i] === World.Unclassified) {
      sums[World.Unclassified]! += Math.max(0, Math.min(to, end[i]!) - Math.max(busyUntil, start[i]!))
      busyUntil = Math.max(busyUntil, end[i]!)
      continue
    }
    open[level] = i
    const inside = Math.min(to, end[i]!) - Math.max(from, start[i]!)
    if (inside <= 0) continue
    sums[world[i]!]! += inside
    const above = level > 0 ? open[level - 1]! : -1
    if (above >= 0 && start[i]! >= start[above]! && end[i]! <= end[above]!) sums[world[above]!]! -= inside
  }
  return sums
}

function binSums({ binCycles, cycles }: Bins, known: Known, from: number, to: number): Float64Array {
  const origin = known.fromCycles
  const sums = new Float64Array(worlds)
  const last = Math.min(cycles.length / worlds, Math.ceil((to - origin) / binCycles))
  for (let bin = Math.max(0, Math.floor((from - origin) / binCycles)); bin < last; bin++) {
    const part = partOfBin(bin, binCycles, known, from, to)
    for (let world = 0; world < worlds; world++) sums[world]! += part * cycles[bin * worlds + world]!
  }
  return sums
}

/** What part of a bin lies in [from, to). */
function partOfBin(bin: number, binCycles: number, { fromCycles, toCycles }: Known, from: number, to: number): number {
  const start = fromCycles + bin * binCycles
  const end = Math.min(start + binCycles, toCycles)
  return end > start ? Math.max(0, Math.min(to, end) - Math.max(from, start)) / (end - start) : 0
}

export interface CounterSums {
  min: number
  /** Weighted by time; null of bins, which keep only the least and the most. */
  mean: number | null
  max: number
}

/** A counter within [from, to); null when nothing is known of it there. */
export function counterSums(counter: Counter, origin: number, from: number, to: number): CounterSums | null {
  return counter.kind === 'steps' ? stepSums(counter.at, counter.value, from, to) : bandSums(counter, origin, from, to)
}

function stepSums(at: Float64Array, value: Float64Array, from: number, to: number): CounterSums | null {
  let [min, max, area, length] = [Infinity, -Infinity, 0, 0]
  for (let i = 0; i < at.length; i++) {
    const inside = Math.min(to, at[i + 1] ?? Infinity) - Math.max(from, at[i]!)
    if (inside <= 0) continue
    min = Math.min(min, value[i]!)
    max = Math.max(max, value[i]!)
    area += inside * value[i]!
    length += inside
  }
  return length > 0 ? { min, mean: area / length, max } : null
}

function bandSums(
  { binCycles, low, high }: Extract<Counter, { kind: 'bins' }>, origin: number, from: number, to: number,
): CounterSums | null {
  let [min, max] = [Infinity, -Infinity]
  const last = Math.min(low.length, Math.ceil((to - origin) / binCycles))
  for (let bin = Math.max(0, Math.floor((from - origin) / binCycles)); bin < last; bin++) {
    min = Math.min(min, low[bin]!)
    max = Math.max(max, high[bin]!)
  }
  return max >= min ? { min, mean: null, max } : null
}

/** How many marks lie in [from, to): exact of single marks; of bins those that the range holds in part count in proportion. */
export function markCount(marks: Marks | MarkBins, known: Known, from: number, to: number): number {
  if (marks.kind === 'marks') {
    let count = 0
    for (const at of marks.at) if (at >= from && at < to) count++
    return count
  }
  const { binCycles, count } = marks
  const origin = known.fromCycles
  let sum = 0
  const last = Math.min(count.length, Math.ceil((to - origin) / binCycles))
  for (let bin = Math.max(0, Math.floor((from - origin) / binCycles)); bin < last; bin++) {
    sum += count[bin]! * partOfBin(bin, binCycles, known, from, to)
  }
  return Math.round(sum)
}
