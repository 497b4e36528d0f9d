import { tooltip, type PlotOption } from './chart-host'
import { inksOf } from '../theme/inks'

export interface IntervalPoint {
  /** Index of the category. */
  at: number
  value: number
  /** Null: no interval belongs to it. */
  interval: readonly [number, number] | null
  tip: string
}

export interface IntervalScene {
  /** From top to bottom. */
  categories: readonly string[]
  /** Told apart by symbol as well as colour; series stand a little apart within a category. */
  series: readonly { name: string; colour: string; symbol: 'circle' | 'diamond' | 'rect'; points: readonly IntervalPoint[] }[]
  value: { name: string; text: (value: number) => string; /** The scale reaches at least this far to both sides of 0. */ least: number }
  dark: boolean
}

interface IntervalApi {
  value(dimension: number): number
  coord(at: [number, number]): [number, number]
  size(of: [number, number]): [number, number]
}

const lettersWide = 6.6

/** Points with whiskers beside categories, and a line at 0: how far each figure is from what it should be. */
export function intervalPlot({ categories, series, value, dark }: IntervalScene): PlotOption {
  const inks = inksOf(dark)
  const far = Math.max(0, ...series.flatMap(({ points }) => points.flatMap((point) => [point.value, ...(point.interval ?? [])])).map(Math.abs))
  const longest = Math.max(0, ...categories.map((name) => name.length))
  return {
    animation: false,
    grid: { left: Math.min(270, 16 + longest * lettersWide), right: 24, top: 32, bottom: 44 },
    legend: { top: 4, left: 8, textStyle: { color: inks.text, fontSize: 12 }, data: series.map(({ name, symbol }) => ({ name, icon: symbol })) },
    tooltip: {
      trigger: 'item',
      ...tooltip(inks, ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => series[seriesIndex]?.points[dataIndex]?.tip ?? ''),
    },
    xAxis: {
      type: 'value', name: value.name, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: inks.quiet, fontSize: 11 },
      axisLabel: { color: inks.quiet, fontSize: 11, hideOverlap: true, formatter: value.text }, ...(far < value.least ? { min: -value.least, max: value.least } : {}), splitLine: { lineStyle: { color: inks.line } },
    },
    yAxis: {
      type: 'category', data: [...categories], inverse: true, axisLabel: { color: inks.text, fontSize: 12, interval: 0 },
      axisLine: { show: true, onZero: true, lineStyle: { color: inks.quiet } }, axisTick: { show: false },
    },
    series: series.map(({ name, colour, symbol, points }, index) => ({
      type: 'custom', name, itemStyle: { color: colour },
      data: points.map(({ at, value: x, interval }) => [at, x, interval?.[0] ?? x, interval?.[1] ?? x]),
      encode: { y: 0, x: [1, 2, 3] },
      renderItem: (_params: unknown, api: IntervalApi) => drawn(api, symbol, colour, (index - (series.length - 1) / 2) * 0.24),
    })),
  }
}

function drawn(api: IntervalApi, symbol: 'circle' | 'diamond' | 'rect', colour: string, shift: number): object {
  const [x, middle] = api.coord([api.value(1), api.value(0)])
  const [low] = api.coord([api.value(2), api.value(0)])
  const [high] = api.coord([api.value(3), api.value(0)])
  const y = middle + shift * api.size([0, 1])[1]
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1 } })
  const style = { fill: colour }
  const mark = symbol === 'circle' ? { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style }
    : symbol === 'rect' ? { type: 'rect', shape: { x: x - 3.5, y: y - 3.5, width: 7, height: 7 }, style }
    : { type: 'polygon', shape: { points: [[x, y - 5], [x + 5, y], [x, y + 5], [x - 5, y]] }, style }
  const whisker = high > low ? [line(low, y, high, y), line(low, y - 3, low, y + 3), line(high, y - 3, high, y + 3)] : []
  return { type: 'group', children: [...whisker, mark] }
}
