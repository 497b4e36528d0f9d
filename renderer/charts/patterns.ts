import type { Pattern } from '../theme/world-colours'
import { SvgContext } from './svg-context'

const size = 6

/**
 * The overlay as a fill of this context: a tile of device pixels on a canvas, vectors in an SVG. Null: no overlay.
 */
export function patternFill(
  context: CanvasRenderingContext2D, pattern: Pattern, ink: string, ratio: number,
): CanvasPattern | null {
  if (pattern !== 'hatch' && pattern !== 'dots') return null
  const target: unknown = context
  if (target instanceof SvgContext) {
    const made: unknown = target.vectorPattern(size, (tile) => drawTile(tile as unknown as CanvasRenderingContext2D, pattern, ink))
    return made as CanvasPattern
  }
  const tile = patternTile(pattern, ink, ratio)
  const overlay = tile && context.createPattern(tile, 'repeat')
  overlay?.setTransform(new DOMMatrix().scale(1 / ratio))
  return overlay
}

/** Overlays that repeat what colour says, so that worlds are told apart without colour. */
export function patternTile(pattern: Pattern, ink: string, ratio: number): HTMLCanvasElement | null {
  if (pattern !== 'hatch' && pattern !== 'dots') return null
  const tile = document.createElement('canvas')
  tile.width = tile.height = Math.round(size * ratio)
  const context = tile.getContext('2d')
  if (!context) return null
  context.scale(tile.width / size, tile.height / size)
  drawTile(context, pattern, ink)
  return tile
}

function drawTile(context: CanvasRenderingContext2D, pattern: 'hatch' | 'dots', ink: string): void {
  context.globalAlpha = 0.38
  if (pattern === 'hatch') drawHatch(context, ink)
  else drawDots(context, ink)
}

function drawHatch(context: CanvasRenderingContext2D, ink: string): void {
  context.strokeStyle = ink
  context.lineWidth = 1
  context.beginPath()
  // three strokes, so that the line meets itself across the tile's edges
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size)
    context.lineTo(shift + size, 0)
  }
  context.stroke()
}

function drawDots(context: CanvasRenderingContext2D, ink: string): void {
  context.fillStyle = ink
  for (const [x, y] of [[1, 1], [4, 4]] as const) context.fillRect(x, y, 1.4, 1.4)
}
