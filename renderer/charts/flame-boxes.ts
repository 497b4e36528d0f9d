import * as echarts from 'echarts/core'

type Paint = (context: CanvasRenderingContext2D) => void

/** Where a picture lies in the chart, and which: numbers only, as ECharts copies shapes. */
interface BoxesShape {
  x: number
  y: number
  width: number
  height: number
  picture: number
  /** Another each time: so that ECharts sees a change. */
  turn: number
}

const pictures = new Map<number, Paint>()
let numbers = 0

/** What is painted on a chart, its own corner at 0, 0. */
export class BoxesPicture {
  private readonly picture = ++numbers
  private turn = 0

  /** The shape that `renderItem` answers. */
  shape(area: { x: number; y: number; width: number; height: number }, paint: Paint): BoxesShape {
    pictures.set(this.picture, paint)
    return { x: area.x, y: area.y, width: area.width, height: area.height, picture: this.picture, turn: ++this.turn }
  }

  dispose(): void {
    pictures.delete(this.picture)
  }
}

const { BoundingRect, extendShape, registerShape } = echarts.graphic

/** The shape's name, as `renderItem` answers it. */
export const flameBoxes = 'flame-boxes'

/**
 * A shape of ECharts that is painted straight onto the chart's canvas. A picture of its own that ECharts copies costs a
 * third more a frame at 10,000 boxes: a canvas to make, to clear and to copy.
 */
const Painted = extendShape({
  type: flameBoxes,
  shape: { x: 0, y: 0, width: 0, height: 0, picture: 0, turn: 0 } satisfies BoxesShape,
  buildPath(path, shape) {
    const { x, y, picture } = shape as unknown as BoxesShape
    const paint = pictures.get(picture)
    const context = (path as { getContext?(): CanvasRenderingContext2D | null }).getContext?.()
    if (!context || !paint) return
    context.save()
    context.translate(x, y)
    paint(context)
    context.restore()
    context.beginPath()
  },
})

class FlameBoxes extends Painted {
  // told by its shape: measuring a path would make one, and keep it in place of painting
  override getBoundingRect(): InstanceType<typeof BoundingRect> {
    const { x, y, width, height } = this.shape as unknown as BoxesShape
    return new BoundingRect(x, y, width, height)
  }
}

registerShape(flameBoxes, FlameBoxes)
