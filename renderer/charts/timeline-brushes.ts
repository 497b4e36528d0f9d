import { inkOn } from '../theme/contrast'
import { worldColours, worldFill } from '../theme/world-colours'
import { patternTile } from './patterns'

/** How a world is painted on a canvas: its colour, the ink of words on it, and the pattern that repeats the colour. */
export interface WorldBrush {
  fill: string
  ink: string
  overlay: CanvasPattern | null
}

let known: { key: string; brushes: WorldBrush[] } | null = null

/** Index = world. Patterns outlive the canvas that they were made with, so both themes need them only once. */
export function worldBrushes(context: CanvasRenderingContext2D, dark: boolean, ratio: number): readonly WorldBrush[] {
  const key = `${dark} ${ratio}`
  if (known?.key === key) return known.brushes
  const brushes = worldColours.map((colour, world) => {
    const fill = worldFill(world, dark)
    const ink = inkOn(fill)
    const tile = patternTile(colour.pattern, ink, ratio)
    const overlay = tile && context.createPattern(tile, 'repeat')
    overlay?.setTransform(new DOMMatrix().scale(1 / ratio))
    return { fill, ink, overlay }
  })
  known = { key, brushes }
  return brushes
}

/** A rectangle in a world's colour and pattern. */
export function fillWorld(
  context: CanvasRenderingContext2D, brush: WorldBrush, x: number, y: number, width: number, height: number,
): void {
  context.fillStyle = brush.fill
  context.fillRect(x, y, width, height)
  if (!brush.overlay || width < 2 || height < 2) return
  context.fillStyle = brush.overlay
  context.fillRect(x, y, width, height)
}
