import { inkOn } from '../theme/contrast'
import { worldColours, worldFill } from '../theme/world-colours'
import { patternFill } from './patterns'

/** How a world is painted on a canvas: its colour, the ink of words on it, and the pattern that repeats the colour. */
export interface WorldBrush {
  fill: string
  ink: string
  overlay: CanvasPattern | null
}

const known = new WeakMap<CanvasRenderingContext2D, { key: string; brushes: WorldBrush[] }>()

/** Index = world. Made once a context and theme: only the context that made a pattern can paint with it. */
export function worldBrushes(context: CanvasRenderingContext2D, dark: boolean, ratio: number): readonly WorldBrush[] {
  const key = `${dark} ${ratio}`
  const made = known.get(context)
  if (made?.key === key) return made.brushes
  const brushes = worldColours.map((colour, world) => {
    const fill = worldFill(world, dark)
    const ink = inkOn(fill)
    return { fill, ink, overlay: patternFill(context, colour.pattern, ink, ratio) }
  })
  known.set(context, { key, brushes })
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
