/** Further than a hand shakes: from here on a press is a drag and no click. */
const threshold = 4

/**
 * Drags of the main button over an element: what is under the pointer stays under it. `move` gets the way since the
 * last call, sideways in parts of the drawing's width (positive: the view moves right), and down in pixels.
 */
export class DragPan {
  private from: { x: number; y: number; id: number } | null = null
  private dragging = false

  constructor(
    private readonly element: HTMLElement, private readonly side: number,
    private readonly move: (pan: number, pixels: number) => void,
  ) {
    element.addEventListener('pointerdown', (event) => {
      if (event.button === 0) this.from = { x: event.clientX, y: event.clientY, id: event.pointerId }
      this.dragging = false
    })
    element.addEventListener('pointermove', (event) => this.moved(event))
    element.addEventListener('pointerup', () => this.end())
    element.addEventListener('pointercancel', () => this.end())
    // the press that ends a drag is no click on what happens to be there
    element.addEventListener('click', (event) => {
      if (this.dragging) event.stopPropagation()
      this.dragging = false
    }, { capture: true })
  }

  private moved(event: PointerEvent): void {
    const { from } = this
    if (!from) return
    const [x, y] = [event.clientX - from.x, event.clientY - from.y]
    if (!this.dragging && Math.hypot(x, y) < threshold) return
    if (!this.dragging) {
      this.dragging = true
      this.element.setPointerCapture(from.id)
      this.element.classList.add('dragging')
    }
    this.from = { ...from, x: event.clientX, y: event.clientY }
    this.move(-x / Math.max(1, this.element.clientWidth - 2 * this.side), y)
  }

  private end(): void {
    this.from = null
    this.element.classList.remove('dragging')
  }
}
