import { tooltip, type PlotOption } from './chart-host'
import { inksOf } from '../theme/inks'

export interface LineSeries {
  name: string
  colour: string
  /** Told apart without colour too. */
  symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'emptyCircle' | 'emptyRect' | 'emptyTriangle' | 'emptyDiamond'
  dashed?: boolean
  points: readonly { x: number; y: number; lo: number; hi: number }[]
}

export interface LineScene {
  series: readonly LineSeries[]
  x: { name: string; log?: boolean; text: (value: number) => string }
  y: { name: string; text: (value: number) => string; min?: number; max?: number }
  dark: boolean
}

interface ErrorBarApi {
  value(dimension: number): number
  coord(at: [number, number]): [number, number]
}

const capPixels = 4

/** Lines with error bars; a click's `seriesIndex` is the line's (the bars are silent). */
export function linePlot({ series, x, y, dark }: LineScene): PlotOption {
  const inks = inksOf(dark)
  const axis = {
    nameTextStyle: { color: inks.quiet, fontSize: 11 }, axisLine: { show: true, lineStyle: { color: inks.quiet } },
    axisTick: { show: true, lineStyle: { color: inks.quiet } }, splitLine: { lineStyle: { color: inks.line } },
  }
  const label = { color: inks.quiet, fontSize: 11, hideOverlap: true }
  return {
    animation: false,
    grid: { left: 56, right: 24, top: 58, bottom: 44 },
    legend: { type: 'scroll', top: 4, left: 8, right: 8, textStyle: { color: inks.text, fontSize: 12 }, itemGap: 14, pageTextStyle: { color: inks.quiet } },
    tooltip: {
      trigger: 'item',
      ...tooltip(inks, ({ seriesName, data }: { seriesName: string; data: [number, number, number, number] }) =>
        `${seriesName}\n${x.name} ${x.text(data[0])}\n${y.name} ${y.text(data[1])}, 95 % ${y.text(data[2])} to ${y.text(data[3])}`),
    },
    xAxis: {
      ...axis, type: x.log ? 'log' : 'value', name: x.name, nameLocation: 'middle', nameGap: 28, scale: true,
      axisLabel: { ...label, formatter: x.text }, ...(x.log ? { logBase: 2 } : {}),
    },
    yAxis: {
      ...axis, type: 'value', name: y.name, nameLocation: 'end', axisLabel: { ...label, formatter: y.text },
      ...(y.min === undefined ? {} : { min: y.min }), ...(y.max === undefined ? {} : { max: y.max }),
    },
    series: [
      ...series.map(({ name, colour, symbol, dashed, points }) => ({
        type: 'line', name, symbol, symbolSize: 8, data: points.map((point) => [point.x, point.y, point.lo, point.hi]),
        itemStyle: { color: colour }, lineStyle: { color: colour, width: 1.5, type: dashed ? 'dashed' : 'solid' },
      })),
      ...series.map(({ name, colour, points }) => ({
        type: 'custom', name, silent: true, tooltip: { show: false },
        data: points.map((point) => [point.x, point.lo, point.hi]), encode: { x: 0, y: [1, 2] },
        renderItem: (_params: unknown, api: ErrorBarApi) => errorBar(api, colour),
      })),
    ],
  }
}

function errorBar(api: ErrorBarApi, colour: string): object {
  const [x, low] = api.coord([api.value(0), api.value(1)])
  const [, high] = api.coord([api.value(0), api.value(2)])
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1 } })
  return {
    type: 'group',
    children: [
      line(x, low, x, high), line(x - capPixels, low, x + capPixels, low), line(x - capPixels, high, x + capPixels, high),
    ],
  }
}
