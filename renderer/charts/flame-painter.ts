import { cull } from '../../engine/profile/layout'
import { inkOn } from '../theme/contrast'
import { worldColours, worldFill } from '../theme/world-colours'
import { patternFill } from './patterns'
import { labelOf, rowHeight, topOfRow, type BoxLook, type FlameScene } from './scene'
import { TextFit } from './text-fit'

/** Boxes under this many pixels are not entered: what is below them cannot be seen. */
const minPixels = 0.75
const fontSize = 12
const maxBoxes = 1 << 16

interface Brush {
  fill: string
  ink: string
  overlay: CanvasPattern | null
  outline: boolean
}

/**
 * Paints a flame's visible boxes, by fillRect from culled columns: a tenth of what an item a box would cost ECharts.
 */
export class FlamePainter {
  private readonly visible = new Int32Array(maxBoxes)
  private readonly fits = new Map<string, TextFit>()
  private brushes: Brush[] = []
  private brushKey = ''
  /** Brushes of a scene's own looks, made again when theme, resolution or looks change. */
  private own: { looks: readonly BoxLook[]; key: string; brushes: Brush[] } | null = null

  /** On any context, whose units are CSS pixels: a canvas' or an SVG's. */
  paintOn(context: CanvasRenderingContext2D, scene: FlameScene, width: number, height: number, ratio: number): void {
    this.prepareBrushes(context, scene, ratio)
    const font = `${fontSize}px ${scene.mono ? 'ui-monospace, "DejaVu Sans Mono", monospace' : 'system-ui, "DejaVu Sans", sans-serif'}`
    context.font = font
    context.textBaseline = 'middle'
    // the context is the chart's own: what it drew before has left its marks
    context.textAlign = 'left'
    context.globalAlpha = 1
    const { layout, range, whole, firstRow } = scene
    const from = range.from / whole
    const to = range.to / whole
    const scale = width / (to - from)
    const [first, last] = [Math.max(0, from), Math.min(1, to)]
    const count = cull(layout, first, last, (last - first) * scale, minPixels, this.visible)
    const fit = this.fitOf(font, context)
    for (let i = 0; i < count; i++) {
      const box = this.visible[i]!
      const top = topOfRow(scene, layout.depth[box]!, height)
      // a row cut by the edge would have an unreadable label
      if (layout.depth[box]! < firstRow || top < -1 || top + rowHeight > height + 1) continue
      const left = Math.max(0, (layout.left[box]! - from) * scale)
      const right = Math.min(width, (layout.left[box]! + layout.width[box]! - from) * scale)
      this.box(context, scene, layout.node[box]!, left, top, right - left, fit)
    }
  }

  private box(
    context: CanvasRenderingContext2D, scene: FlameScene, node: number, left: number, top: number, width: number,
    fit: TextFit,
  ): void {
    if (width <= 0) return
    const brush = this.brushOf(scene, node)
    // the gap that keeps neighbours apart would swallow a narrow box
    const inner = width > 3 ? width - 1 : width
    const faded = scene.matched !== null && scene.matched[node] === 0
    if (faded) context.globalAlpha = 0.22
    const whole = isWhole(scene, node)
    context.fillStyle = whole ? (scene.dark ? '#3a4049' : '#dfe3e9') : brush.fill
    context.fillRect(left, top, inner, rowHeight - 1)
    if (!whole) this.overlay(context, brush, left, top, inner)
    if (faded) context.globalAlpha = 0.55
    this.label(context, scene, node, brush, left, top, inner, fit)
    if (faded) context.globalAlpha = 1
    this.marks(context, scene, node, left, top, inner)
  }

  private overlay(context: CanvasRenderingContext2D, brush: Brush, left: number, top: number, width: number): void {
    if (brush.overlay) {
      context.fillStyle = brush.overlay
      context.fillRect(left, top, width, rowHeight - 1)
    }
    if (brush.outline && width > 4) {
      context.strokeStyle = brush.ink
      context.lineWidth = 1
      context.strokeRect(left + 0.5, top + 0.5, width - 1, rowHeight - 2)
    }
  }

  private label(
    context: CanvasRenderingContext2D, scene: FlameScene, node: number, brush: Brush, left: number, top: number,
    width: number, fit: TextFit,
  ): void {
    if (width < 28) return
    const text = fit.fit(labelOf(scene, node), width - 8)
    if (text === '') return
    if (brush.overlay && !isWhole(scene, node) && context.globalAlpha === 1) {
      // a label on a pattern gets a plain ground, else it cannot be read
      context.fillStyle = brush.fill
      context.fillRect(left + 2, top + 2, context.measureText(text).width + 4, rowHeight - 5)
    }
    // the ink that a full colour asks for is lost on the window's ground, which shows through a faded box
    const onGround = isWhole(scene, node) || context.globalAlpha < 1
    context.fillStyle = onGround ? (scene.dark ? '#ffffff' : '#101318') : brush.ink
    context.fillText(text, left + 4, top + rowHeight / 2)
  }

  private marks(
    context: CanvasRenderingContext2D, scene: FlameScene, node: number, left: number, top: number, width: number,
  ): void {
    if (node !== scene.selected && node !== scene.hovered) {
      if (scene.related !== undefined && scene.related >= 0 && scene.related === scene.tree.frame[node]) this.frame(context, scene, left, top, width)
      return
    }
    const inset = node === scene.selected ? 1 : 0.5
    context.lineWidth = inset * 2
    context.strokeStyle = scene.dark ? '#ffffff' : '#000000'
    context.strokeRect(left + inset, top + inset, Math.max(1, width - inset * 2), rowHeight - 1 - inset * 2)
  }

  /** Dashed, so that it is told from the selected box by more than its weight. */
  private frame(context: CanvasRenderingContext2D, scene: FlameScene, left: number, top: number, width: number): void {
    context.lineWidth = 1
    context.strokeStyle = scene.dark ? '#ffffff' : '#000000'
    context.setLineDash([3, 2])
    context.strokeRect(left + 0.5, top + 0.5, Math.max(1, width - 1), rowHeight - 2)
    context.setLineDash([])
  }

  private fitOf(font: string, context: CanvasRenderingContext2D): TextFit {
    let fit = this.fits.get(font)
    if (!fit) {
      const measuring = document.createElement('canvas').getContext('2d') ?? context
      measuring.font = font
      fit = new TextFit((text) => measuring.measureText(text).width)
      this.fits.set(font, fit)
    }
    return fit
  }

  private brushOf({ painted, tree }: FlameScene, node: number): Brush {
    const own = painted && this.own?.brushes[painted.of(node)]
    return own ?? this.brushes[tree.world[node]!] ?? this.brushes[this.brushes.length - 1]!
  }

  private prepareBrushes(context: CanvasRenderingContext2D, { dark, painted }: FlameScene, ratio: number): void {
    const key = `${dark} ${ratio}`
    if (painted && (this.own?.looks !== painted.looks || this.own.key !== key)) {
      this.own = { looks: painted.looks, key, brushes: painted.looks.map((look) => brushFor(look, context, ratio)) }
    }
    if (key === this.brushKey) return
    this.brushKey = key
    this.brushes = worldColours.map(({ pattern }, world) =>
      brushFor({ fill: worldFill(world, dark), pattern }, context, ratio))
  }
}

/** Node 0 stands for the whole, but in a sandwich, whose middle is a function. */
function isWhole({ tree }: FlameScene, node: number): boolean {
  return node === 0 && (tree.frame[0] ?? -1) < 0
}

function brushFor({ fill, pattern }: BoxLook, context: CanvasRenderingContext2D, ratio: number): Brush {
  const ink = inkOn(fill)
  return { fill, ink, overlay: patternFill(context, pattern, ink, ratio), outline: pattern === 'outline' }
}
