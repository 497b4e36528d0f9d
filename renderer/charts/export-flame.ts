import { cull } from '../../engine/profile/layout'
import { axisText } from './axis-text'
import { FlamePainter } from './flame-painter'
import { drawingOf, measureText, type Drawing } from './pictures'
import { rowHeight, type FlameScene } from './scene'
import { inksOf } from '../theme/inks'

const axisRoom = 26
/** Room for half of the first and last labels. */
const side = 10
const wantedTicks = 6

/** A flame with every row of what it is zoomed to, also those that were scrolled away; without what was selected. */
export function drawFlame(scene: FlameScene, width: number, prefix: string, measure = measureText): Drawing {
  const inner = width - 2 * side
  const rows = visibleRows(scene, inner)
  const height = rows * rowHeight + axisRoom
  const whole = { ...scene, firstRow: 0, selected: -1, hovered: -1, related: -1 }
  return drawingOf(width, height, prefix, (context) => {
    context.save()
    context.translate(side, 0)
    new FlamePainter().paintOn(context, whole, inner, rows * rowHeight, 1)
    context.restore()
    drawAxis(context, scene, inner, rows * rowHeight)
  }, measure)
}

function visibleRows({ layout, range, whole }: FlameScene, width: number): number {
  const seen = new Int32Array(1 << 16)
  const count = cull(layout, Math.max(0, range.from / whole), Math.min(1, range.to / whole), width, 0.75, seen)
  let deepest = 0
  for (let i = 0; i < count; i++) deepest = Math.max(deepest, layout.depth[seen[i]!]!)
  return deepest + 1
}

function drawAxis(context: CanvasRenderingContext2D, { range, unit, dark }: FlameScene, width: number, top: number): void {
  const span = range.to - range.from
  const step = niceStep(span / wantedTicks)
  context.strokeStyle = context.fillStyle = inksOf(dark).quiet
  context.lineWidth = 1
  context.font = '11px system-ui, "DejaVu Sans", sans-serif'
  context.textBaseline = 'top'
  context.beginPath()
  context.moveTo(side, top + 0.5)
  context.lineTo(side + width, top + 0.5)
  for (let k = Math.ceil(range.from / step - 1e-9); k * step <= range.to + span * 1e-9; k++) {
    const part = (k * step - range.from) / span
    const x = side + part * width
    context.moveTo(x, top)
    context.lineTo(x, top + 4)
    context.textAlign = part < 0.02 ? 'left' : part > 0.98 ? 'right' : 'center'
    context.fillText(axisText(k * step, span, unit), x, top + 8)
  }
  context.stroke()
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}
