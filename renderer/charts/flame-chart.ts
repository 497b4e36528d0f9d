import { CustomChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { axisText } from './axis-text'
import { DragPan } from './drag-pan'
import { drawFlame } from './export-flame'
import { BoxesPicture, flameBoxes } from './flame-boxes'
import { FlamePainter } from './flame-painter'
import { nodeAt } from './hit-test'
import type { Drawing } from './pictures'
import { rowAt, rowHeight, type FlameScene } from './scene'
import { inksOf } from '../theme/inks'

echarts.use([CustomChart, GridComponent, CanvasRenderer])

export interface FlameEvents {
  hover(node: number, x: number, y: number): void
  click(node: number): void
  doubleClick(node: number): void
  /** Wheel at `at` (0..1 of the drawing's width): `zoom` steps (out > 0), `pan` in parts of the width, `rows` down. */
  wheel(at: number, move: { zoom: number; pan: number; rows: number }): void
  /** The context menu of a box was asked for, at this place of the window. */
  menu?(node: number, x: number, y: number): void
  /** How many rows fit now. */
  rows?(count: number): void
}

interface PointerEventLike { offsetX: number; offsetY: number; event: Event }
interface Rect { x: number; y: number; width: number; height: number }

const axisRoom = 24
/** Room for half of the first and last tick labels. */
const side = 10

/** ECharts gives the axis, the canvas and its events; the boxes are one item, painted by FlamePainter. */
export class FlameChart {
  private readonly chart: echarts.ECharts
  private readonly painter = new FlamePainter()
  private readonly picture = new BoxesPicture()
  private readonly resizing: ResizeObserver
  private scene: FlameScene | null = null
  private drawn = false
  /** Pixels of a drag up or down that are less than a row. */
  private dragRest = 0

  constructor(private readonly element: HTMLElement, private readonly density: number, private readonly events: FlameEvents) {
    this.chart = echarts.init(element, null, { renderer: 'canvas', devicePixelRatio: density })
    this.resizing = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element
      // told once at the beginning, of the size that has been drawn already
      if (clientWidth === 0 || clientHeight === 0 || (clientWidth === this.chart.getWidth() && clientHeight === this.chart.getHeight() && this.drawn)) return
      this.chart.resize()
      this.draw()
    })
    this.resizing.observe(element)
    this.listen()
  }

  show(scene: FlameScene): void {
    if (scene === this.scene) return
    this.scene = scene
    this.draw()
  }

  /** The same picture as vectors. */
  drawing(prefix: string): Drawing {
    const { scene, element } = this
    return scene ? drawFlame(scene, element.clientWidth, prefix) : { width: element.clientWidth, height: 0, markup: '' }
  }

  private get rows(): number {
    return Math.max(1, Math.floor((this.element.clientHeight - this.axisHeight) / rowHeight))
  }

  private get axisHeight(): number {
    return this.scene?.axis === false ? 0 : axisRoom
  }

  dispose(): void {
    this.resizing.disconnect()
    this.chart.dispose()
    this.picture.dispose()
  }

  private draw(): void {
    const scene = this.scene
    if (!scene || this.element.clientWidth === 0 || this.element.clientHeight <= this.axisHeight) return
    this.drawn = true
    this.events.rows?.(this.rows)
    const ink = inksOf(scene.dark).quiet
    this.chart.setOption({
      animation: false,
      grid: { left: side, right: side, top: 0, bottom: this.axisHeight, containLabel: false },
      xAxis: {
        show: scene.axis, type: 'value', min: scene.range.from, max: scene.range.to, splitNumber: 5,
        axisLine: { show: true, lineStyle: { color: ink } }, splitLine: { show: false },
        axisTick: { show: true, lineStyle: { color: ink } },
        axisLabel: {
          color: ink, fontSize: 11, showMinLabel: true, showMaxLabel: true, hideOverlap: true,
          alignMinLabel: 'left', alignMaxLabel: 'right', margin: 7,
          formatter: (value: number) => axisText(value, scene.range.to - scene.range.from, scene.unit),
        },
      },
      yAxis: { type: 'value', min: 0, max: 1, show: false },
      series: [{
        id: 'flame', type: 'custom', silent: true, clip: true, data: [[scene.range.from, 0]],
        renderItem: (params: { coordSys: unknown }) => this.boxes(scene, params.coordSys as Rect),
      }],
    } as echarts.EChartsCoreOption)
  }

  private boxes(scene: FlameScene, area: Rect): unknown {
    const shape = this.picture.shape(area, (context) => this.painter.paintOn(context, scene, area.width, area.height, this.density))
    return { type: flameBoxes, silent: true, style: { fill: 'none' }, shape }
  }

  private listen(): void {
    const zr = this.chart.getZr()
    zr.on('mousemove', (event) => {
      const { offsetX, offsetY } = event as PointerEventLike
      this.events.hover(this.nodeOf(offsetX, offsetY), offsetX, offsetY)
    })
    zr.on('globalout', () => this.events.hover(-1, 0, 0))
    zr.on('click', (event) => this.events.click(this.nodeOf((event as PointerEventLike).offsetX, event.offsetY)))
    zr.on('dblclick', (event) => this.events.doubleClick(this.nodeOf((event as PointerEventLike).offsetX, event.offsetY)))
    this.element.addEventListener('contextmenu', (event) => {
      event.preventDefault()
      const box = this.element.getBoundingClientRect()
      this.events.menu?.(this.nodeOf(event.clientX - box.left, event.clientY - box.top), event.clientX, event.clientY)
    })
    new DragPan(this.element, side, (pan, pixels) => this.dragged(pan, pixels))
    this.element.addEventListener('wheel', (event) => this.wheel(event), { passive: false })
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault()
    const box = this.element.getBoundingClientRect()
    const width = Math.max(1, box.width - 2 * side)
    const at = Math.min(1, Math.max(0, (event.clientX - box.left - side) / width))
    // shift scrolls rows, a sideways wheel pans, a plain wheel zooms about the pointer
    if (event.shiftKey) this.events.wheel(at, { zoom: 0, pan: 0, rows: Math.sign(event.deltaY || event.deltaX) * 3 })
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.events.wheel(at, { zoom: 0, pan: event.deltaX / width, rows: 0 })
    } else this.events.wheel(at, { zoom: event.deltaY / 100, pan: 0, rows: 0 })
  }

  private dragged(pan: number, pixels: number): void {
    const rows = Math.trunc((this.dragRest + pixels) / rowHeight)
    this.dragRest += pixels - rows * rowHeight
    const down = this.scene?.upward ? rows : -rows
    if (pan !== 0) this.events.wheel(0.5, { zoom: 0, pan, rows: 0 })
    if (rows !== 0) this.events.wheel(0.5, { zoom: 0, pan: 0, rows: down })
  }

  private nodeOf(x: number, y: number): number {
    const { scene } = this
    if (!scene || y > this.element.clientHeight - this.axisHeight) return -1
    const width = this.element.clientWidth - 2 * side
    const value = scene.range.from + ((x - side) / width) * (scene.range.to - scene.range.from)
    const row = rowAt(scene, y, this.element.clientHeight - this.axisHeight)
    return row < scene.firstRow ? -1 : nodeAt(scene.layout, row, value / scene.whole)
  }
}
