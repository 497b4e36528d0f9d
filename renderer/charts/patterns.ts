import type { Pattern } from '../theme/world-colours'

/** Overlays that repeat what colour says, so that worlds are told apart without colour. */
export function patternTile(pattern: Pattern, ink: string, ratio: number): HTMLCanvasElement | null {
  if (pattern !== 'hatch' && pattern !== 'dots') return null
  const size = 6
  const tile = document.createElement('canvas')
  tile.width = tile.height = Math.round(size * ratio)
  const context = tile.getContext('2d')
  if (!context) return null
  context.scale(tile.width / size, tile.height / size)
  context.globalAlpha = 0.38
  if (pattern === 'hatch') drawHatch(context, size, ink)
  else drawDots(context, ink)
  return tile
}

function drawHatch(context: CanvasRenderingContext2D, size: number, ink: string): void {
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
