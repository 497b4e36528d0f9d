import { inksOf, type Inks } from '../theme/inks'
import { hopRow, packetColumns, packetTop, type PacketColumns, type PacketScene } from './packet-scene'
import { TextFit } from './text-fit'
import { fillWorld, worldBrushes, type WorldBrush } from './timeline-brushes'

const family = 'system-ui, "DejaVu Sans", sans-serif'
let fits: TextFit | null = null

interface Paint {
  context: CanvasRenderingContext2D
  scene: PacketScene
  width: number
  /** Height of a hop's row. */
  row: number
  columns: PacketColumns
  brushes: readonly WorldBrush[]
  inks: Inks
  fit: TextFit
}

/** Paints one packet's way into any context that draws like a canvas, scaled beforehand; sizes in CSS pixels. */
export function paintPacket(
  context: CanvasRenderingContext2D, scene: PacketScene, width: number, height: number, ratio: number,
): void {
  context.font = `12px ${family}`
  context.textBaseline = 'middle'
  const paint: Paint = {
    context, scene, width, row: hopRow(scene, height), columns: packetColumns(width, scene.lanes.length), inks: inksOf(scene.dark),
    brushes: worldBrushes(context, scene.dark, ratio), fit: fits ??= new TextFit(measuring()),
  }
  context.fillStyle = paint.inks.ground
  context.fillRect(0, 0, width, height)
  paintToScale(paint)
  paintHeads(paint, height)
  paintConnections(paint)
  scene.hops.forEach((_, index) => paintHop(paint, index))
  paintSpreads(paint)
}

function measuring(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `12px ${family}`
  return (text) => context?.measureText(text).width ?? text.length * 7
}

/** The whole way in one bar, every hop as long as it took: what the equal rows below do not show. */
function paintToScale({ context, scene, width, columns, brushes, inks }: Paint): void {
  context.textAlign = 'left'
  context.fillStyle = inks.quiet
  context.fillText('the way to scale', columns.label, 12)
  const all = scene.hops.reduce((sum, hop) => sum + hop.microseconds, 0) || 1
  const room = width - columns.lanes - 8
  let x = columns.lanes
  scene.hops.forEach((hop, index) => {
    const part = (hop.microseconds / all) * room
    if (part > 0) fillWorld(context, brushes[hop.world]!, x, 4, Math.max(0.5, part - (part > 3 ? 1 : 0)), 15)
    if (index === scene.hovered) {
      context.strokeStyle = inks.text
      context.lineWidth = 2
      context.strokeRect(x, 3, Math.max(2, part), 17)
    }
    x += part
  })
}

function paintHeads({ context, scene, columns, inks, fit }: Paint, height: number): void {
  const y = packetTop - 11
  context.fillStyle = inks.quiet
  context.textAlign = 'left'
  context.fillText('Hop, µs', columns.label, y)
  context.textAlign = 'center'
  scene.lanes.forEach(({ title, short }, lane) => {
    const left = columns.lanes + lane * columns.lane
    context.fillStyle = lane % 2 === 0 ? inksOf(scene.dark).panel : inks.ground
    context.fillRect(left, packetTop - 22, columns.lane, height - packetTop + 18)
    context.fillStyle = inks.text
    context.fillText(fit.widthOf(title) <= columns.lane - 4 ? title : fit.fit(short, columns.lane - 2), left + columns.lane / 2, y)
  })
  context.fillStyle = inks.quiet
  context.fillText('⇄', columns.switches + 14, y)
  context.textAlign = 'left'
}

const boxTop = ({ row }: Paint, index: number) => packetTop + index * row + 1
const boxHeight = ({ row }: Paint) => row - 3

function paintConnections(paint: Paint): void {
  const { context, scene, columns, inks } = paint
  context.strokeStyle = inks.quiet
  context.lineWidth = 1.25
  const middle = (lane: number) => columns.lanes + (lane + 0.5) * columns.lane
  context.beginPath()
  for (let index = 0; index + 1 < scene.hops.length; index++) {
    const [here, next] = [scene.hops[index]!, scene.hops[index + 1]!]
    const y = boxTop(paint, index) + boxHeight(paint)
    context.moveTo(middle(here.lane), y)
    context.lineTo(middle(here.lane), y + 1.5)
    context.lineTo(middle(next.lane), y + 1.5)
    context.lineTo(middle(next.lane), y + 3)
  }
  context.stroke()
}

function paintHop(paint: Paint, index: number): void {
  const { context, scene, width, row, columns, brushes, inks, fit } = paint
  const hop = scene.hops[index]!
  const [y, height] = [boxTop(paint, index), boxHeight(paint)]
  if (index === scene.hovered) {
    context.fillStyle = inks.accent
    context.globalAlpha = 0.13
    context.fillRect(0, y - 1, width, row)
    context.globalAlpha = 1
  }
  context.fillStyle = inks.text
  context.textAlign = 'left'
  context.fillText(fit.fit(hop.label, columns.lanes - columns.label - 8), columns.label, y + height / 2 + 0.5)
  const left = columns.lanes + hop.lane * columns.lane + 2
  const brush = brushes[hop.world]!
  const inner = columns.lane - 4
  fillWorld(context, brush, left, y, inner, height)
  const text = fit.widthOf(hop.text) <= inner - 2 ? hop.text : ''
  if (text !== '') {
    const wide = fit.widthOf(text)
    if (brush.overlay) {
      context.fillStyle = brush.fill
      context.fillRect(left + (inner - wide) / 2 - 2, y + 1, wide + 4, height - 2)
    }
    // a little smaller than the rest: a box is lower than a line of text
    context.font = `11px ${family}`
    context.fillStyle = brush.ink
    context.textAlign = 'center'
    context.fillText(text, left + inner / 2, y + height / 2 + 0.5)
    context.font = `12px ${family}`
  }
  if (hop.switches > 0) {
    context.fillStyle = inks.text
    context.textAlign = 'center'
    context.fillText(String(hop.switches), columns.switches + 14, y + height / 2 + 0.5)
  }
  context.textAlign = 'left'
}

/** Shorter hops are drawn at the left end: a logarithm has no zero. */
const shortest = 0.01

interface LogScale { low: number; high: number }

/** Whole decades around everything that is drawn. */
function decades({ hops }: PacketScene): LogScale {
  let [low, high] = [Infinity, 0]
  for (const { microseconds, spread } of hops) {
    for (const value of spread ? [spread.p5, spread.p95, microseconds] : [microseconds]) {
      low = Math.min(low, Math.max(shortest, value))
      high = Math.max(high, value)
    }
  }
  const floor = Math.floor(Math.log10(Math.min(low, 1)))
  return { low: floor, high: Math.max(floor + 1, Math.ceil(Math.log10(Math.max(high, shortest * 10)))) }
}

/** A power of ten of microseconds: "10 ns", "1 µs", "100 ms". */
function decadeText(power: number): string {
  const [unit, shift] = power < 0 ? ['ns', 3] as const : power < 3 ? ['µs', 0] as const : ['ms', -3] as const
  return `${10 ** (power + shift)} ${unit}`
}

/** Beside each hop: p5 to p95 of all packets as a band, the median as a line, this packet as a dot; on a logarithmic scale. */
function paintSpreads(paint: Paint): void {
  const { context, scene, columns, inks, fit } = paint
  const { low, high } = decades(scene)
  const x = (value: number) =>
    columns.plot + ((Math.log10(Math.max(10 ** low, value)) - low) / (high - low)) * columns.plotWidth
  const bottom = boxTop(paint, scene.hops.length)
  const thick = boxHeight(paint)
  context.textAlign = 'center'
  let free = -Infinity
  for (let power = low; power <= high; power++) {
    const at = columns.plot + ((power - low) / (high - low)) * columns.plotWidth
    context.fillStyle = inks.line
    context.fillRect(at - 0.5, packetTop - 3, 1, bottom - packetTop + 3)
    const text = decadeText(power)
    const half = fit.widthOf(text) / 2
    // the first and the last stay clear of what stands beside the plot
    const centre = Math.max(columns.plot - 6 + half, Math.min(at, columns.plot + columns.plotWidth + 8 - half))
    if (centre - half < free) continue
    context.fillStyle = inks.quiet
    context.fillText(text, centre, packetTop - 12)
    free = centre + half + 5
  }
  context.textAlign = 'left'
  scene.hops.forEach(({ microseconds, spread }, index) => {
    const y = boxTop(paint, index)
    if (spread) {
      context.fillStyle = inks.quiet
      context.globalAlpha = 0.35
      context.fillRect(x(spread.p5), y + 3, Math.max(2, x(spread.p95) - x(spread.p5)), thick - 6)
      context.globalAlpha = 1
      context.fillRect(x(spread.p50) - 0.75, y + 1, 1.5, thick - 2)
    }
    context.fillStyle = inks.accent
    context.beginPath()
    context.arc(x(microseconds), y + thick / 2, 4, 0, 2 * Math.PI)
    context.fill()
  })
}
