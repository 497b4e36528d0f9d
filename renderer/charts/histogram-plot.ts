import { tooltip, type PlotOption } from './chart-host'
import { inksOf } from '../theme/inks'

export interface HistogramScene {
  bars: readonly { name: string; count: number; tip: string }[]
  x: string
  y: string
  /** What each bar would be if all were equal; null: nothing is expected. */
  expected: number | null
  dark: boolean
}

/** Counts side by side, with a dashed line where all would be even. */
export function histogramPlot({ bars, x, y, expected, dark }: HistogramScene): PlotOption {
  const inks = inksOf(dark)
  return {
    animation: false,
    grid: { left: 56, right: 16, top: 28, bottom: 44 },
    tooltip: { trigger: 'item', ...tooltip(inks, ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.tip ?? '') },
    xAxis: {
      type: 'category', data: bars.map(({ name }) => name), name: x, nameLocation: 'middle', nameGap: 28,
      nameTextStyle: { color: inks.quiet, fontSize: 11 }, axisLabel: { color: inks.quiet, fontSize: 11, hideOverlap: true },
      axisLine: { lineStyle: { color: inks.quiet } }, axisTick: { show: false },
    },
    yAxis: {
      type: 'value', name: y, nameLocation: 'end', nameGap: 10, nameTextStyle: { color: inks.quiet, fontSize: 11, align: 'left' },
      axisLabel: { color: inks.quiet, fontSize: 11, hideOverlap: true }, splitLine: { lineStyle: { color: inks.line } },
    },
    series: [{
      type: 'bar', data: bars.map(({ count }) => count), barCategoryGap: '15%', itemStyle: { color: inks.accent },
      ...(expected === null ? {} : {
        markLine: {
          silent: true, symbol: 'none', data: [{ yAxis: expected }], lineStyle: { color: inks.text, type: 'dashed' },
          label: { formatter: 'even', color: inks.text, position: 'insideEndTop', fontSize: 11 },
        },
      }),
    }],
  }
}
