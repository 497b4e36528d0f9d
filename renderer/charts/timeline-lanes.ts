import type { Bins, Counter, MarkBins, Marks, Slices } from '../../engine/experiments/recording/types'
import { worldIds } from '../../engine/worlds'
import type { TextFit } from './text-fit'
import { fillWorld, type WorldBrush } from './timeline-brushes'
import { headWidth, plotWidth, sliceHeight, xOf, type Span, type TimelineLayer, type TimelineRow, type TimelineScene } from './timeline-scene'
import type { Inks } from '../theme/inks'

/** What every part of the picture needs. */
export interface Paint {
  context: CanvasRenderingContext2D
  scene: TimelineScene
  width: number
  /** Device pixels of a CSS pixel. */
  ratio: number
  brushes: readonly WorldBrush[]
  inks: Inks
  fit: TextFit
}

const worlds = worldIds.length
const leastLabel = 26
/** A row lower than this cannot hold a line of text. */
const leastLabelRow = 12.5

/** Pixels of [from, to) on screen, or null when it is off screen. Never narrower than can be seen. */
function place({ scene, width }: Paint, from: number, to: number, least = 0.75): { x: number; w: number } | null {
  const left = Math.max(headWidth, xOf(scene.window, from, width))
  const right = Math.min(headWidth + plotWidth(width), xOf(scene.window, to, width))
  return right <= left - least || left > headWidth + plotWidth(width) ? null : { x: left, w: Math.max(least, right - left) }
}

/** The same with both ends on whole device pixels: neighbours neither overlap nor leave a seam. */
function binPlace(paint: Paint, from: number, to: number): { x: number; w: number } | null {
  const at = place(paint, from, to)
  if (!at) return null
  const snap = (x: number) => Math.round(x * paint.ratio) / paint.ratio
  const x = snap(at.x)
  return { x, w: Math.max(1 / paint.ratio, snap(at.x + at.w) - x) }
}

/** Index of the first bin on screen and one behind the last. */
function binsOnScreen({ scene }: Paint, origin: number, length: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor((scene.window.from - origin) / length))
  return [first, Math.min(count, Math.ceil((scene.window.to - origin) / length))]
}

export function paintLane(paint: Paint, row: TimelineRow, layer: TimelineLayer): void {
  const lane = layer.lanes[row.index]!
  if (lane.kind === 'bins') paintBins(paint, row, layer, lane)
  else if (lane.kind === 'slices') paintSlices(paint, row, layer, lane)
  else paintTicks(paint, row, lane, null)
}

/** Worlds stacked from the bottom by their share of the bin; what is empty was spent on other lanes. */
function paintBins(paint: Paint, row: TimelineRow, layer: TimelineLayer, { binCycles, cycles }: Bins): void {
  const [first, last] = binsOnScreen(paint, layer.from, binCycles, cycles.length / worlds)
  for (let bin = first; bin < last; bin++) {
    const start = layer.from + bin * binCycles
    const end = Math.min(start + binCycles, layer.to)
    const at = binPlace(paint, start, end)
    if (!at) continue
    const full = layer.full ?? end - start
    let bottom = row.top + row.height
    for (let world = 0; world < worlds; world++) {
      const height = Math.min(bottom - row.top, (cycles[bin * worlds + world]! / full) * row.height)
      if (height < 0.05) continue
      fillWorld(paint.context, paint.brushes[world]!, at.x, bottom - height, at.w, height)
      bottom -= height
    }
  }
}

function paintSlices(paint: Paint, row: TimelineRow, layer: TimelineLayer, slices: Slices): void {
  const height = sliceHeight(row.height, paint.scene.lanes[row.index]!.rows)
  const { start, end, world, depth, frame } = slices
  for (let i = 0; i < start.length; i++) {
    const at = place(paint, start[i]!, end[i]!)
    if (!at) continue
    const top = row.top + 1 + depth[i]! * height
    const brush = paint.brushes[world[i]!] ?? paint.brushes[worlds - 1]!
    const inner = at.w > 3 ? at.w - 0.75 : at.w
    fillWorld(paint.context, brush, at.x, top, inner, height - 1)
    if (inner >= leastLabel && height >= leastLabelRow) label(paint, brush, layer.names[frame[i]!] ?? '', at.x, top, inner, height - 1)
  }
  outlineSelected(paint, row, height)
}

function label(paint: Paint, brush: WorldBrush, name: string, x: number, top: number, width: number, height: number): void {
  const text = paint.fit.fit(name, width - 6)
  if (text === '') return
  const { context } = paint
  if (brush.overlay) {
    // words on a pattern cannot be read: they get a plain ground
    context.fillStyle = brush.fill
    context.fillRect(x + 1, top + 1, context.measureText(text).width + 4, height - 2)
  }
  context.fillStyle = brush.ink
  context.fillText(text, x + 3, top + height / 2 + 0.5)
}

function outlineSelected(paint: Paint, row: TimelineRow, height: number): void {
  const { selected } = paint.scene
  if (!selected || selected.lane !== row.index) return
  const at = place(paint, selected.from, selected.to, 3)
  if (!at) return
  paint.context.strokeStyle = paint.scene.dark ? '#ffffff' : '#000000'
  paint.context.lineWidth = 2
  paint.context.strokeRect(at.x + 1, row.top + 2 + selected.depth * height, Math.max(1, at.w - 2), height - 3)
}

export function paintMarks(paint: Paint, row: TimelineRow, layer: TimelineLayer): void {
  const marks = layer.marks[row.index]!
  const { world } = paint.scene.marks[row.index]!
  if (marks.kind === 'marks') paintTicks(paint, row, marks, world)
  else paintDensity(paint, row, layer, marks, world)
}

function paintTicks(paint: Paint, row: TimelineRow, { at, world }: Marks, one: number | null): void {
  for (let i = 0; i < at.length; i++) {
    const spot = place(paint, at[i]!, at[i]!, 1.5)
    if (!spot) continue
    const brush = paint.brushes[one ?? world[i]!] ?? paint.brushes[worlds - 1]!
    paint.context.fillStyle = brush.fill
    paint.context.fillRect(spot.x - 0.75, row.top + 1, spot.w, row.height - 2)
  }
}

/** How many marks a bin holds, by the height of its bar; the fullest bin of the layer fills the row. */
function paintDensity(paint: Paint, row: TimelineRow, layer: TimelineLayer, { binCycles, count }: MarkBins, world: number | null): void {
  let most = 0
  for (const one of count) most = Math.max(most, one)
  if (most === 0) return
  const [first, last] = binsOnScreen(paint, layer.from, binCycles, count.length)
  paint.context.fillStyle = world === null ? paint.inks.quiet : paint.brushes[world]!.fill
  for (let bin = first; bin < last; bin++) {
    if (count[bin] === 0) continue
    const start = layer.from + bin * binCycles
    const spot = binPlace(paint, start, start + binCycles)
    if (!spot) continue
    const height = Math.max(1, (count[bin]! / most) * (row.height - 2))
    paint.context.fillRect(spot.x, row.top + row.height - 1 - height, spot.w, height)
  }
}

export function counterMost(layers: readonly TimelineLayer[], index: number): number {
  let most = 0
  for (const layer of layers) {
    const counter = layer.counters[index]!
    for (const value of counter.kind === 'steps' ? counter.value : counter.high) most = Math.max(most, value)
  }
  return most
}

export function paintCounter(paint: Paint, row: TimelineRow, layer: TimelineLayer, most: number): void {
  const counter = layer.counters[row.index]!
  const { context, inks } = paint
  const y = (value: number) => row.top + row.height - 1 - (value / (most || 1)) * (row.height - 4)
  context.fillStyle = inks.accent
  if (counter.kind === 'steps') paintSteps(paint, counter, layer, y)
  else {
    const [first, last] = binsOnScreen(paint, layer.from, counter.binCycles, counter.low.length)
    for (let bin = first; bin < last; bin++) {
      const start = layer.from + bin * counter.binCycles
      const spot = binPlace(paint, start, start + counter.binCycles)
      if (!spot || counter.high[bin]! < counter.low[bin]!) continue
      const [top, bottom] = [y(counter.high[bin]!), y(counter.low[bin]!)]
      context.globalAlpha = 0.2
      context.fillRect(spot.x, bottom, spot.w, y(0) - bottom)
      context.globalAlpha = 0.75
      context.fillRect(spot.x, top, spot.w, Math.max(1.5, bottom - top))
    }
  }
  context.globalAlpha = 1
}

function paintSteps(
  paint: Paint, { at, value }: Extract<Counter, { kind: 'steps' }>, layer: Span, y: (value: number) => number,
): void {
  const { context } = paint
  for (let i = 0; i < at.length; i++) {
    const spot = place(paint, Math.max(layer.from, at[i]!), Math.min(layer.to, at[i + 1] ?? layer.to), 0.5)
    if (!spot) continue
    const top = y(value[i]!)
    context.globalAlpha = 0.2
    context.fillRect(spot.x, top, spot.w, y(0) - top)
    context.globalAlpha = 0.9
    context.fillRect(spot.x, top - 0.75, spot.w, 1.5)
  }
}
