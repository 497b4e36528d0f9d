import { worldIds } from '../../engine/worlds'
import { inksOf } from '../theme/inks'
import { TextFit } from './text-fit'
import { timeAxis } from './timeline-axis'
import { fillWorld, worldBrushes } from './timeline-brushes'
import { counterMost, paintCounter, paintLane, paintMarks, type Paint } from './timeline-lanes'
import {
  headWidth, layoutRows, plotWidth, xOf, type Span, type TimelineLayer, type TimelineRow, type TimelineScene,
} from './timeline-scene'

const family = 'system-ui, "DejaVu Sans", sans-serif'
const worlds = worldIds.length
let fits: TextFit | null = null

/** Paints a whole timeline into any context that draws like a canvas, scaled beforehand; sizes in CSS pixels. */
export function paintTimeline(
  context: CanvasRenderingContext2D, scene: TimelineScene, width: number, height: number, ratio: number,
): void {
  context.font = `12px ${family}`
  context.textBaseline = 'middle'
  const paint: Paint = {
    context, scene, width, ratio, brushes: worldBrushes(context, scene.dark, ratio), inks: inksOf(scene.dark),
    fit: fits ??= new TextFit(measuring()),
  }
  context.fillStyle = paint.inks.ground
  context.fillRect(0, 0, width, height)
  for (const row of layoutRows(scene, height)) paintRow(paint, row)
  paintRange(paint, height)
}

function measuring(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `12px ${family}`
  return (text) => context?.measureText(text).width ?? text.length * 7
}

function paintRow(paint: Paint, row: TimelineRow): void {
  const { context, scene, inks, width } = paint
  if (row.band === 'axis') return paintAxis(paint, row)
  context.fillStyle = inksOf(scene.dark).panel
  context.fillRect(headWidth, row.top, plotWidth(width), row.height)
  if (row.band === 'overview') return paintOverview(paint, row)
  const most = row.band === 'counter' ? counterMost(scene.layers, row.index) : 0
  scene.layers.forEach((layer, index) => {
    context.save()
    clipTo(paint, row, layer, scene.layers[index + 1])
    if (row.band === 'lane') paintLane(paint, row, layer)
    else if (row.band === 'mark') paintMarks(paint, row, layer)
    else paintCounter(paint, row, layer, most)
    context.restore()
  })
  const title = row.band === 'lane' ? scene.lanes[row.index]!.title : row.band === 'mark' ? scene.marks[row.index]!.title
    : scene.counters[row.index]!.title
  const second = row.band === 'counter' ? `0 to ${scene.counters[row.index]!.text(most)}` : null
  head(paint, row, title, second, inks.text)
}

/** A layer's own span, less what the next one knows better. */
function clipTo({ context, scene, width }: Paint, row: TimelineRow, layer: Span, over: Span | undefined): void {
  const clamp = (at: number) => Math.min(headWidth + plotWidth(width), Math.max(headWidth, xOf(scene.window, at, width)))
  const rect = (from: number, to: number) => {
    if (to > from) context.rect(from, row.top, to - from, row.height)
  }
  context.beginPath()
  const [left, right] = [clamp(layer.from), clamp(layer.to)]
  if (over) {
    rect(left, Math.min(right, clamp(over.from)))
    rect(Math.max(left, clamp(over.to)), right)
  } else rect(left, right)
  context.clip()
}

function head({ context, fit, inks }: Paint, row: TimelineRow, title: string, second: string | null, ink: string): void {
  context.textAlign = 'left'
  context.fillStyle = ink
  const y = row.top + row.height / 2
  const room = headWidth - 12
  const [upper, lower] = second === null ? inTwo(title, fit.widthOf(title) > room && row.height >= 28) : [title, second]
  context.fillText(fit.fit(upper, room), 8, lower === null ? y + 0.5 : y - 7)
  if (lower === null) return
  context.fillStyle = second === null ? ink : inks.quiet
  context.fillText(fit.fit(lower, room), 8, y + 7)
}

/** Names of threads are long: what does not fit goes on below, parted at its last space. */
function inTwo(title: string, needed: boolean): [string, string | null] {
  const space = title.lastIndexOf(' ')
  return needed && space > 0 ? [title.slice(0, space), title.slice(space + 1)] : [title, null]
}

function paintAxis(paint: Paint, row: TimelineRow): void {
  const { context, scene, inks, width, fit } = paint
  const axis = timeAxis(scene.window, plotWidth(width), scene.secondsPerUnit, scene.cycles)
  head(paint, row, axis.head, null, inks.quiet)
  context.textAlign = 'center'
  let free = headWidth - 20
  for (const { at, label } of axis.ticks) {
    const x = xOf(scene.window, at, width)
    context.fillStyle = inks.quiet
    context.fillRect(x - 0.5, row.top + row.height - 5, 1, 5)
    const half = fit.widthOf(label) / 2
    // a label that would run into the one before it or out of the picture is left out; its tick stays
    if (x - half < free || x + half > width) continue
    context.fillText(label, x, row.top + 8)
    free = x + half + 8
  }
  context.textAlign = 'left'
}

/** The whole run in small, all lanes over each other, with the window on it. */
function paintOverview(paint: Paint, row: TimelineRow): void {
  const { context, scene, width, inks } = paint
  head(paint, row, 'Whole run', null, inks.text)
  const base = scene.layers[0]
  if (base) paintSmall(paint, row, base)
  const from = Math.max(headWidth, xOf(scene.whole, scene.window.from, width))
  const to = Math.min(headWidth + plotWidth(width), xOf(scene.whole, scene.window.to, width))
  context.fillStyle = inks.ground
  context.globalAlpha = 0.62
  context.fillRect(headWidth, row.top, Math.max(0, from - headWidth), row.height)
  context.fillRect(to, row.top, Math.max(0, headWidth + plotWidth(width) - to), row.height)
  context.globalAlpha = 1
  context.strokeStyle = inks.text
  context.lineWidth = 1.5
  context.strokeRect(from, row.top + 0.75, Math.max(3, to - from), row.height - 1.5)
}

function paintSmall(paint: Paint, row: TimelineRow, base: TimelineLayer): void {
  const { scene, width, context, brushes } = paint
  const lanes = base.lanes.slice(0, scene.overviewLanes)
  // no more columns than bins, else some would be empty
  const bins = lanes.map((lane) => (lane.kind === 'bins' ? lane.cycles.length / worlds : 0))
  const columns = Math.max(1, Math.min(Math.floor(plotWidth(width)), ...bins))
  const sums = new Float64Array(columns * worlds)
  lanes.forEach((lane, index) => {
    if (lane.kind !== 'bins') return
    for (let bin = 0; bin < bins[index]!; bin++) {
      const middle = base.from + (bin + 0.5) * lane.binCycles
      const column = Math.floor(((middle - scene.whole.from) / (scene.whole.to - scene.whole.from)) * columns)
      if (column < 0 || column >= columns) continue
      for (let world = 0; world < worlds; world++) sums[column * worlds + world]! += lane.cycles[bin * worlds + world]!
    }
  })
  const step = plotWidth(width) / columns
  for (let column = 0; column < columns; column++) {
    let all = 0
    for (let world = 0; world < worlds; world++) all += sums[column * worlds + world]!
    let bottom = row.top + row.height
    for (let world = 0; all > 0 && world < worlds; world++) {
      const height = (sums[column * worlds + world]! / all) * row.height
      if (height < 0.05) continue
      fillWorld(context, brushes[world]!, headWidth + column * step, bottom - height, step + 0.5, height)
      bottom -= height
    }
  }
}

/** The marked range: its ends as lines, what is outside of it under a veil. */
function paintRange({ context, scene, width, inks }: Paint, height: number): void {
  const { range, window } = scene
  if (!range) return
  const right = headWidth + plotWidth(width)
  const clamp = (at: number) => Math.min(right, Math.max(headWidth, xOf(window, at, width)))
  const [from, to] = [clamp(range.from), clamp(range.to)]
  const top = 49
  context.fillStyle = inks.ground
  context.globalAlpha = 0.5
  context.fillRect(headWidth, top, from - headWidth, height - top)
  context.fillRect(to, top, right - to, height - top)
  context.globalAlpha = 1
  context.fillStyle = inks.accent
  if (range.from >= window.from && range.from <= window.to) context.fillRect(from - 1, top, 2, height - top)
  if (range.to >= window.from && range.to <= window.to) context.fillRect(to - 1, top, 2, height - top)
}
