import type { Bins, Counter, MarkBins, Marks, Slices } from '../../engine/experiments/recording/types'
import { headWidth, sliceHeight, timeAt, type TimelineLayer, type TimelineRow, type TimelineScene } from './timeline-scene'

/** What of a timeline is under the pointer. `layer` and `index` point into the scene; `at` is the time there. */
export type TimelineHit = { at: number; row: TimelineRow } & (
  | { kind: 'nothing' }
  | { kind: 'slice' | 'bin' | 'mark' | 'counter'; layer: TimelineLayer; index: number }
)

/** How far beside a mark the pointer still means it, in pixels. */
const reach = 4

/** Null outside of the plot: on the heads or between rows. */
export function hitAt(scene: TimelineScene, rows: readonly TimelineRow[], x: number, y: number, width: number): TimelineHit | null {
  const row = rows.find(({ top, height }) => y >= top && y < top + height)
  if (!row || x < headWidth) return null
  if (row.band === 'overview') return { kind: 'nothing', row, at: timeAt(scene.whole, x, width) }
  const at = timeAt(scene.window, x, width)
  const nothing: TimelineHit = { kind: 'nothing', row, at }
  const layer = layerAt(scene, at)
  if (!layer) return nothing
  const near = timeAt(scene.window, x + reach, width) - at
  if (row.band === 'lane') {
    const lane = layer.lanes[row.index]!
    const depth = Math.floor((y - row.top - 1) / sliceHeight(row.height, scene.lanes[row.index]!.rows))
    const kind = lane.kind === 'marks' ? 'mark' : lane.kind === 'bins' ? 'bin' : 'slice'
    const index = lane.kind === 'slices' ? sliceAt(lane, at, depth) : lane.kind === 'bins' ? binAt(lane, layer, at) : markAt(lane, at, near)
    return index < 0 ? nothing : { kind, layer, index, row, at }
  }
  if (row.band === 'mark') {
    const marks = layer.marks[row.index]!
    const index = marks.kind === 'marks' ? markAt(marks, at, near) : binAt(marks, layer, at)
    return index < 0 ? nothing : { kind: marks.kind === 'marks' ? 'mark' : 'bin', layer, index, row, at }
  }
  if (row.band === 'counter') {
    const index = counterAt(layer.counters[row.index]!, layer, at)
    return index < 0 ? nothing : { kind: 'counter', layer, index, row, at }
  }
  return nothing
}

/** The topmost layer that knows this time. */
function layerAt({ layers }: TimelineScene, at: number): TimelineLayer | null {
  for (let i = layers.length - 1; i >= 0; i--) {
    if (at >= layers[i]!.from && at < layers[i]!.to) return layers[i]!
  }
  return null
}

/** The slice at this depth, or the deepest above it. */
function sliceAt({ start, end, depth }: Slices, at: number, wanted: number): number {
  let found = -1
  for (let i = 0; i < start.length && start[i]! <= at; i++) {
    if (end[i]! > at && depth[i]! <= wanted && (found < 0 || depth[i]! >= depth[found]!)) found = i
  }
  return found
}

function binAt(bins: Bins | MarkBins, layer: TimelineLayer, at: number): number {
  return Math.floor((at - layer.from) / bins.binCycles)
}

function markAt(marks: Marks, at: number, near: number): number {
  let [found, distance] = [-1, near]
  for (let i = 0; i < marks.at.length; i++) {
    const away = Math.abs(marks.at[i]! - at)
    if (away <= distance) [found, distance] = [i, away]
  }
  return found
}

function counterAt(counter: Counter, layer: TimelineLayer, at: number): number {
  if (counter.kind === 'bins') return Math.floor((at - layer.from) / counter.binCycles)
  let found = -1
  for (let i = 0; i < counter.at.length && counter.at[i]! <= at; i++) found = i
  return found
}
