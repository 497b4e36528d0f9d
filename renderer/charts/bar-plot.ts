import { inkOn } from '../theme/contrast'
import { tooltip, type PlotOption } from './chart-host'
import { inksOf } from '../theme/inks'

/** One bar from `from` to `to`: a step of a waterfall, or a swing of a tornado. */
export interface Bar {
  from: number
  to: number
  colour: string
  /** Written in the bar when it fits, beside it otherwise. */
  text: string
  /** The whole story, for the pointer. */
  tip: string
  /** An interval of `to`, drawn as an error bar. */
  interval?: readonly [lo: number, hi: number]
}

export interface BarScene {
  /** From top to bottom (horizontal) or from left to right; each may have several bars on the same line. */
  categories: readonly { name: string; bars: readonly Bar[] }[]
  value: { name: string; text: (value: number) => string; min?: number; max?: number }
  horizontal: boolean
  dark: boolean
}

interface BarApi {
  value(dimension: number): number
  coord(at: [number, number]): [number, number]
  size(of: [number, number]): [number, number]
}

const thickest = 22
const lettersWide = 6.6

/** Floating bars; a click's `dataIndex` counts the bars of all categories in order. */
export function barPlot({ categories, value, horizontal, dark }: BarScene): PlotOption {
  const inks = inksOf(dark)
  const bars = categories.flatMap((category, index) => category.bars.map((bar) => ({ ...bar, index })))
  const longest = Math.max(0, ...categories.map(({ name }) => name.length))
  const valueAxis = {
    type: 'value', name: value.name, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: inks.quiet, fontSize: 11 },
    axisLabel: { color: inks.quiet, fontSize: 11, hideOverlap: true, formatter: value.text },
    splitLine: { lineStyle: { color: inks.line } }, ...(value.min === undefined ? {} : { min: value.min }),
    ...(value.max === undefined ? {} : { max: value.max }),
  }
  const nameAxis = {
    type: 'category', data: categories.map(({ name }) => name), inverse: horizontal,
    axisLabel: { color: inks.text, fontSize: 12, interval: 0, ...(horizontal ? {} : { width: 110, overflow: 'break' }) },
    axisLine: { lineStyle: { color: inks.quiet } }, axisTick: { show: false },
  }
  return {
    animation: false,
    grid: horizontal
      ? { left: Math.min(260, 16 + longest * lettersWide), right: 64, top: 8, bottom: 44 }
      : { left: 64, right: 16, top: 16, bottom: 48 },
    tooltip: { trigger: 'item', ...tooltip(inks, ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.tip ?? '') },
    xAxis: horizontal ? valueAxis : nameAxis,
    yAxis: horizontal ? nameAxis : { ...valueAxis, nameLocation: 'end', nameGap: 8 },
    series: [{
      type: 'custom', clip: true, data: bars.map(({ index, from, to }) => [index, from, to]),
      encode: horizontal ? { y: 0, x: [1, 2] } : { x: 0, y: [1, 2] },
      renderItem: (params: { dataIndex: number }, api: BarApi) => drawn(bars[params.dataIndex]!, api, horizontal, inks.text),
    }],
  }
}

function drawn(bar: Bar & { index: number }, api: BarApi, horizontal: boolean, ink: string): object {
  const at = (value: number) => (horizontal ? api.coord([value, bar.index]) : api.coord([bar.index, value]))
  const [x1, y1] = at(bar.from)
  const [x2, y2] = at(bar.to)
  const room = horizontal ? api.size([0, 1])[1] : api.size([1, 0])[0]
  const thick = Math.min(thickest * (horizontal ? 1 : 3), room * 0.7)
  const rect = horizontal
    ? { x: Math.min(x1, x2), y: y1 - thick / 2, width: Math.max(1, Math.abs(x2 - x1)), height: thick }
    : { x: x1 - thick / 2, y: Math.min(y1, y2), width: thick, height: Math.max(1, Math.abs(y2 - y1)) }
  const inside = bar.text.length * lettersWide + 8 < rect.width && rect.height >= 14
  const right = bar.to >= bar.from
  // beyond the error bar, so that neither crosses the other
  const tip = bar.interval && horizontal ? at(bar.interval[right ? 1 : 0])[0] : right ? rect.x + rect.width : rect.x
  const text = horizontal
    ? { x: inside ? rect.x + rect.width / 2 : right ? tip + 4 : tip - 4, y: rect.y + thick / 2, align: inside ? 'center' : right ? 'left' : 'right', verticalAlign: 'middle' }
    : { x: rect.x + thick / 2, y: inside ? rect.y + rect.height / 2 : rect.y - 3, align: 'center', verticalAlign: inside ? 'middle' : 'bottom' }
  return {
    type: 'group',
    children: [
      { type: 'rect', shape: rect, style: { fill: bar.colour } },
      ...(bar.interval ? errorBar(bar.interval, (value) => at(value), thick / 4, horizontal, ink) : []),
      { type: 'text', style: { ...text, text: bar.text, fill: inside ? inkOn(bar.colour) : ink, fontSize: 11 } },
    ],
  }
}

/** A line from end to end of the interval with caps, across the end of the bar. */
function errorBar([lo, hi]: readonly [number, number], at: (value: number) => [number, number], cap: number, horizontal: boolean, ink: string): object[] {
  const [x1, y1] = at(lo)
  const [x2, y2] = at(hi)
  const [dx, dy] = horizontal ? [0, cap] : [cap, 0]
  const line = (from: readonly [number, number], to: readonly [number, number]) => ({
    type: 'line', shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: ink, lineWidth: 1 },
  })
  return [
    line([x1, y1], [x2, y2]), line([x1 - dx, y1 - dy], [x1 + dx, y1 + dy]), line([x2 - dx, y2 - dy], [x2 + dx, y2 + dy]),
  ]
}
