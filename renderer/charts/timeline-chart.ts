import { hitAt, type TimelineHit } from './timeline-hit'
import { drawingOf, type Drawing } from './pictures'
import { paintTimeline } from './timeline-painter'
import { headWidth, layoutRows, plotWidth, timeAt, type TimelineScene } from './timeline-scene'

export interface TimelineEvents {
  /** Null when the pointer is on nothing; else where it is, in pixels of the canvas. */
  hover(hit: TimelineHit | null, x: number, y: number): void
  click(hit: TimelineHit | null): void
  /** Wheel at `at` (0..1 of the plot's width); out > 0. */
  zoom(at: number, steps: number): void
  /** By parts of the window's width; later > 0. */
  move(by: number): void
  /** The overview was pressed at this time. */
  centre(at: number): void
  /** A range is being dragged. */
  mark(from: number, to: number): void
  /** How wide the plot is now. */
  pixels(count: number): void
}

type Drag = { kind: 'move' | 'mark' | 'overview'; startX: number; lastX: number; startAt: number; moved: boolean }

/** Below this a press is a click. */
const dragPixels = 4
/** The least that a wheel turns to move rows rather than time. */
const wheelStep = 100

/** One canvas that paints a scene and tells what the hand does with it. */
export class TimelineChart {
  private readonly canvas = document.createElement('canvas')
  private readonly resizing: ResizeObserver
  private scene: TimelineScene | null = null
  private frame = 0
  private drag: Drag | null = null
  private selecting = false
  private told = 0

  constructor(private readonly element: HTMLElement, private readonly density: number, private readonly events: TimelineEvents) {
    element.append(this.canvas)
    this.resizing = new ResizeObserver(() => this.soon())
    this.resizing.observe(element)
    this.listen()
  }

  show(scene: TimelineScene): void {
    this.scene = scene
    this.soon()
  }

  select(selecting: boolean): void {
    this.selecting = selecting
    this.canvas.dataset['selecting'] = String(selecting)
  }

  /** The picture as it is now, for an export: in light colours. */
  drawing(prefix: string): Drawing {
    const { scene, width, element } = this
    if (!scene) return { width, height: 0, markup: '' }
    const height = element.clientHeight
    return drawingOf(width, height, prefix, (context) => paintTimeline(context, { ...scene, dark: false }, width, height, 1))
  }

  dispose(): void {
    cancelAnimationFrame(this.frame)
    this.resizing.disconnect()
    this.canvas.remove()
  }

  private get width(): number {
    return this.element.clientWidth
  }

  /** At most once a frame, however many scenes come in between. */
  private soon(): void {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.draw())
  }

  private draw(): void {
    const { scene, element, canvas, width } = this
    const height = element.clientHeight
    if (!scene || width === 0 || height === 0) return
    const ratio = this.density
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across
      canvas.height = down
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    const context = canvas.getContext('2d')
    if (!context) return
    context.setTransform(across / width, 0, 0, down / height, 0, 0)
    paintTimeline(context, scene, width, height, ratio)
    const pixels = plotWidth(width)
    if (pixels !== this.told) this.events.pixels(this.told = pixels)
  }

  private listen(): void {
    const { canvas } = this
    canvas.addEventListener('pointerdown', (event) => this.press(event))
    canvas.addEventListener('pointermove', (event) => this.pointed(event))
    canvas.addEventListener('pointerup', (event) => this.release(event))
    canvas.addEventListener('pointercancel', () => { this.drag = null })
    canvas.addEventListener('pointerleave', () => {
      if (!this.drag) this.events.hover(null, 0, 0)
    })
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false })
  }

  private hit(x: number, y: number): TimelineHit | null {
    const { scene } = this
    return scene && hitAt(scene, layoutRows(scene, this.element.clientHeight), x, y, this.width)
  }

  private press(event: PointerEvent): void {
    if (!this.scene || event.button !== 0 || event.offsetX < headWidth) return
    const hit = this.hit(event.offsetX, event.offsetY)
    const overview = hit?.row.band === 'overview'
    const kind = overview ? 'overview' : event.shiftKey || this.selecting ? 'mark' : 'move'
    const startAt = timeAt(overview ? this.scene.whole : this.scene.window, event.offsetX, this.width)
    this.drag = { kind, startX: event.offsetX, lastX: event.offsetX, startAt, moved: false }
    this.canvas.setPointerCapture(event.pointerId)
    if (overview) this.events.centre(startAt)
  }

  private pointed(event: PointerEvent): void {
    const { drag, scene } = this
    if (!scene) return
    if (!drag) {
      const hit = this.hit(event.offsetX, event.offsetY)
      return this.events.hover(hit, event.offsetX, event.offsetY)
    }
    if (Math.abs(event.offsetX - drag.startX) >= dragPixels && !drag.moved) {
      drag.moved = true
      this.events.hover(null, 0, 0)
    }
    if (!drag.moved) return
    if (drag.kind === 'overview') this.events.centre(timeAt(scene.whole, event.offsetX, this.width))
    else if (drag.kind === 'move') this.events.move((drag.lastX - event.offsetX) / plotWidth(this.width))
    else {
      const at = timeAt(scene.window, event.offsetX, this.width)
      this.events.mark(Math.min(at, drag.startAt), Math.max(at, drag.startAt))
    }
    drag.lastX = event.offsetX
  }

  private release(event: PointerEvent): void {
    const { drag } = this
    this.drag = null
    if (drag && !drag.moved && drag.kind !== 'overview') this.events.click(this.hit(event.offsetX, event.offsetY))
  }

  /** A plain wheel zooms about the pointer, a sideways one moves, with Shift the rows scroll as the page would. */
  private wheel(event: WheelEvent): void {
    if (event.shiftKey && event.deltaX === 0) {
      const scroller = this.element.parentElement
      if (scroller) scroller.scrollTop += event.deltaY
      return event.preventDefault()
    }
    event.preventDefault()
    const at = Math.min(1, Math.max(0, (event.offsetX - headWidth) / plotWidth(this.width)))
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.events.move(event.deltaX / plotWidth(this.width))
    else this.events.zoom(at, event.deltaY / wheelStep)
  }
}
