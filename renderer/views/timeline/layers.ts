import { counterIds, laneIds, markKinds, type MarkKind, type TimelineResult } from '../../../engine/experiments/recording/types'
import type { Profile } from '../../../engine/profile/columns'
import { binSamples, laneNames, samplesByLane, type Seconds } from '../../../engine/profile/range'
import { World, worldIds } from '../../../engine/worlds'
import type { CounterHead, LaneHead, MarkHead, TimelineLayer } from '../../charts/timeline-scene'
import { counterText, counterTitles, laneTitles, markTitles } from '../../state/slice-words'

const made = new WeakMap<object, TimelineLayer>()

/** A recording as a layer of the picture; equal recordings give the same layer. */
export function layerOf(result: Readonly<TimelineResult>): TimelineLayer {
  let layer = made.get(result)
  if (!layer) {
    made.set(result, layer = {
      from: result.fromCycles, to: result.toCycles, full: null, names: result.names,
      lanes: laneIds.map((id) => result.lanes[id]), marks: markKinds.map((kind) => result.marks[kind]),
      counters: counterIds.map((id) => result.counters[id]),
    })
  }
  return layer
}

/** Rows that each lane needs for its nested slices: one while it is shown in bins. */
export function laneHeads(result: Readonly<TimelineResult> | null): LaneHead[] {
  return laneIds.map((id) => {
    const lane = result?.lanes[id]
    let rows = 1
    if (lane?.kind === 'slices') for (const depth of lane.depth) rows = Math.max(rows, depth + 1)
    return { id, title: laneTitles[id], rows }
  })
}

const markWorlds: Record<MarkKind, number | null> = {
  'host-irq': World.HostIrq, 'guest-irq': World.Guest, 'world-switch': World.WorldSwitch, sample: null,
}
export const markHeads: readonly MarkHead[] = markKinds.map((id) => ({ id, title: markTitles[id], world: markWorlds[id] }))

export const counterHeads: readonly CounterHead[] = counterIds.map((id) => ({ id, title: counterTitles[id], text: counterText[id] }))

/** Below this many samples on screen each is a tick of its own. */
const mostTicks = 1500

const recordedWhole = new WeakMap<Profile, Map<number, TimelineLayer>>()

/** All of a recorded profile in bins; `weight` is the column that counts its samples. */
export function recordedOverview(profile: Profile, extent: Seconds, weight: number): TimelineLayer {
  let known = recordedWhole.get(profile)
  if (!known) recordedWhole.set(profile, known = new Map())
  let layer = known.get(weight)
  if (!layer) known.set(weight, layer = binnedLayer(profile, extent, 600, weight))
  return layer
}

/** The window of a recorded profile: ticks where they can be told apart, bins where not. */
export function recordedLayer(profile: Profile, window: Seconds, pixels: number, weight: number): TimelineLayer {
  const lanes = samplesByLane(profile, window)
  const samples = lanes.reduce((sum, { at }) => sum + at.length, 0)
  if (samples > mostTicks) return binnedLayer(profile, window, Math.max(50, Math.ceil(pixels / 3)), weight)
  return {
    ...window, full: null, marks: [], counters: [], names: profile.frames.name,
    lanes: lanes.map(({ at, row, world }) => ({
      kind: 'marks', at, world, what: Int32Array.from(row, (one) => leafFrame(profile, one)),
    })),
  }
}

function leafFrame(profile: Profile, row: number): number {
  const stack = profile.samples.stack[row]!
  return stack < 0 ? -1 : profile.stacks.frame[stack]!
}

/** The fullest bin of any lane fills the height, so that lanes can be held against each other. */
function binnedLayer(profile: Profile, span: Seconds, bins: number, weight: number): TimelineLayer {
  const { binSeconds, counts } = binSamples(profile, span, bins, weight)
  let full = 0
  for (const column of counts) {
    for (let bin = 0; bin < bins; bin++) {
      let sum = 0
      for (let world = 0; world < worldIds.length; world++) sum += column[bin * worldIds.length + world]!
      full = Math.max(full, sum)
    }
  }
  return {
    ...span, full: full || 1, marks: [], counters: [], names: profile.frames.name,
    lanes: counts.map((cycles) => ({ kind: 'bins', binCycles: binSeconds, cycles })),
  }
}

/** Threads as they are called; perf names them "comm pid/tid". */
export function threadHeads(profile: Profile): LaneHead[] {
  return laneNames(profile).map((title, index) => ({ id: `thread-${index}`, title, rows: 1 }))
}
