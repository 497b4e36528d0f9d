import * as z from 'zod'
import type { ExperimentWork } from '../../experiment-kinds'
import { functionTable } from '../../machine/functions'
import { World } from '../../worlds'
import { observed } from '../observed'
import { BinRecorder, worldCount } from './bins'
import { laneNumberOfWorld } from './lanes'
import { names } from './names'
import { type Progress, type Recording, recordingOf } from './recording'
import { parseRequest, rangeFields, rangeOf } from './requests'
import { SliceRecorder } from './slices'
import {
  type Bins, type Counter, type MarkBins, type Marks, type TimelineRequest, type TimelineResult,
  counterIds, laneIds, markKinds,
} from './types'

/** So many slices a bin are still shown one by one. */
const slicesPerBin = 4
/** More bins than a wide screen has pixels serve nobody. */
const mostBins = 10_000

/** Throws a PlainErrorException that names the field. */
export function parseTimelineRequest(request: unknown): TimelineRequest {
  return parseRequest('The timeline cannot be shown', { ...rangeFields, bins: z.int().min(1).max(mostBins) }, request)
}

/**
 * Lanes, marks and counters of a range of a run. Slices where no more than four a bin are in it; else bins, whose range
 * may be somewhat wider than asked for: it is one of whole bins, and wide ones are put together from bins kept of the
 * whole run.
 */
export function* timeline(request: TimelineRequest): ExperimentWork<'timeline'> {
  const recording = yield* recordingOf(request.scenario)
  const { overview } = recording
  const [from, to] = rangeOf(request, recording.runCycles)
  const exact = yield* exactTimeline(recording, from, to, slicesPerBin * request.bins)
  if (exact) return exact
  const first = Math.floor(from / overview.width)
  const last = Math.ceil(to / overview.width)
  if (last - first >= request.bins) {
    // only where the run ends may a bin be shorter than the others
    const together = Math.floor((last - first) / request.bins)
    const end = Math.min(Math.ceil(recording.runCycles / overview.width), first + Math.ceil((last - first) / together) * together)
    return ofBins(recording, overview, first, end, together)
  }
  const width = Math.ceil((to - from) / request.bins)
  const count = Math.ceil((to - from) / width)
  const end = Math.min(recording.runCycles, from + count * width)
  const bins = yield* recording.replay(from, end, (machine) => new BinRecorder(machine, from, end, width, count))
  bins.finish()
  return ofBins(recording, bins, 0, count, 1)
}

/** The range by slices; null when there are more than `most`. */
export function* exactTimeline(recording: Recording, from: number, to: number, most: number): Generator<Progress, TimelineResult | null, void> {
  if (stretchesIn(recording.overview, from, to) > most) return null
  const slices = yield* recording.replay(
    from, to, (machine) => new SliceRecorder(machine, from, to, most), ({ tooMany }) => tooMany,
  )
  return slices.tooMany ? null : ofSlices(recording, slices, from, to)
}

/** At least so many stretches of CPU time are in the range. */
function stretchesIn(overview: BinRecorder, from: number, to: number): number {
  let sum = 0
  for (let bin = Math.ceil(from / overview.width); (bin + 1) * overview.width <= to; bin++) sum += overview.stretches[bin]!
  return sum
}

function ofSlices(recording: Recording, slices: SliceRecorder, from: number, to: number): TimelineResult {
  slices.finish()
  return {
    mhz: recording.machine.config.mhz, runCycles: recording.runCycles, fromCycles: from, toCycles: to,
    lanes: slices.slices(),
    marks: {
      'host-irq': slices.marksOf('host-irq'), 'guest-irq': slices.marksOf('guest-irq'),
      'world-switch': slices.marksOf('world-switch'), sample: sampleMarks(recording, from, to),
    },
    counters: byId(counterIds, (_, i) => slices.counter(i)),
    names,
  }
}

function sampleMarks(recording: Recording, from: number, to: number): Marks {
  const { machine, sampler } = recording
  const which = recording.samplesIn(from, to)
  const what = observed(machine, sampler, which).sequence.map((stack) => machine.books.functionOf[stack]!)
  return {
    kind: 'marks', at: sampler?.times(which) ?? new Float64Array(0), what,
    world: Uint8Array.from(what, (fn) => functionTable[fn]!.world),
  }
}

/** Bins `first` to `last` (not included) of a recorder, `together` of them to one. */
function ofBins(recording: Recording, bins: BinRecorder, first: number, last: number, together: number): TimelineResult {
  const count = Math.ceil((last - first) / together)
  const binCycles = bins.width * together
  const fromCycles = bins.from + first * bins.width
  const toCycles = Math.min(recording.runCycles, bins.from + last * bins.width)
  const sums = (column: Float64Array | Int32Array, into: Float64Array | Int32Array) => {
    for (let bin = first; bin < last; bin++) into[Math.floor((bin - first) / together)]! += column[bin]!
    return into
  }
  const laneBins = (lane: number): Bins => {
    const cycles = new Float64Array(count * worldCount)
    for (let bin = first; bin < last; bin++) {
      const at = Math.floor((bin - first) / together) * worldCount
      for (let world = 0; world < worldCount; world++) {
        if (laneNumberOfWorld[world] === lane) cycles[at + world]! += bins.cpu[bin * worldCount + world]!
      }
    }
    return { kind: 'bins', binCycles, cycles }
  }
  const deviceBins = (column: Float64Array): Bins => {
    const busy = sums(column, new Float64Array(count))
    const cycles = new Float64Array(count * worldCount)
    for (let bin = 0; bin < count; bin++) cycles[bin * worldCount + World.Unclassified] = busy[bin]!
    return { kind: 'bins', binCycles, cycles }
  }
  const markBins = (column: Int32Array): MarkBins =>
    ({ kind: 'mark-bins', binCycles, count: sums(column, new Int32Array(count)) as Int32Array })
  return {
    mhz: recording.machine.config.mhz, runCycles: recording.runCycles, fromCycles, toCycles,
    lanes: byId(laneIds, (id, i) => {
      if (id === 'nic') return deviceBins(bins.nic)
      return id === 'wire' ? deviceBins(bins.wire) : laneBins(i)
    }),
    marks: byId(markKinds, (id, i) => id === 'sample'
      ? sampleBins(recording, fromCycles, toCycles, binCycles, count) : markBins(bins.marks[i]!)),
    counters: byId(counterIds, (_, i) => counterBins(bins, i, first, last, together)),
    names,
  }
}

function counterBins(bins: BinRecorder, counter: number, first: number, last: number, together: number): Counter {
  const count = Math.ceil((last - first) / together)
  const low = new Float64Array(count).fill(Infinity)
  const high = new Float64Array(count).fill(-Infinity)
  for (let bin = first; bin < last; bin++) {
    const at = Math.floor((bin - first) / together)
    low[at] = Math.min(low[at]!, bins.low[counter]![bin]!)
    high[at] = Math.max(high[at]!, bins.high[counter]![bin]!)
  }
  return { kind: 'bins', binCycles: bins.width * together, low, high }
}

function sampleBins(recording: Recording, from: number, to: number, binCycles: number, count: number): MarkBins {
  const bins = new Int32Array(count)
  const which = recording.samplesIn(from, to)
  for (const at of recording.sampler?.times(which) ?? []) bins[Math.floor((at - from) / binCycles)]!++
  return { kind: 'mark-bins', binCycles, count: bins }
}

function byId<Id extends string, Value>(ids: readonly Id[], value: (id: Id, i: number) => Value): Record<Id, Value> {
  return Object.fromEntries(ids.map((id, i) => [id, value(id, i)])) as Record<Id, Value>
}
