import { tooltip, type PlotOption } from './chart-host'
import { inksOf } from '../theme/inks'

export interface LatencyScene {
  /** From the fastest up, bins of equal width in microseconds. */
  bins: readonly { from: number; to: number; count: number }[]
  /** Packets beyond the last bin's end, which that bin holds as well. */
  beyond: number
  /** The packet looked at, and the percentiles of all, in microseconds. */
  packet: number
  p5: number
  p50: number
  p95: number
  /** From where to where, as the axis says it: 'send() to ACK'. */
  way: string
  dark: boolean
}

/** How long the recorded packets took from end to end, with one of them marked. */
export function latencyPlot({ bins, beyond, packet, p5, p50, p95, way, dark }: LatencyScene): PlotOption {
  const inks = inksOf(dark)
  const [low, high] = [bins[0]?.from ?? 0, bins[bins.length - 1]?.to ?? 1]
  const digits = high - low < 20 ? 1 : 0
  const line = (at: number, text: string, colour: string, type: 'solid' | 'dashed', width: number) => ({
    xAxis: Math.min(high, at), lineStyle: { color: colour, type, width },
    label: { formatter: text, color: colour, fontSize: 11, position: 'end', distance: text === 'this' ? 14 : 2,
      // the median often stands close: its neighbour's name ends where its line is
      ...(text === 'p5' ? { align: 'right' } : {}) },
  })
  return {
    animation: false,
    grid: { left: 44, right: 16, top: 34, bottom: 40 },
    tooltip: {
      trigger: 'item',
      ...tooltip(inks, ({ dataIndex }: { dataIndex: number }) => {
        const bin = bins[dataIndex]
        const rest = dataIndex === bins.length - 1 && beyond > 0 ? `\n${beyond} of them took longer still` : ''
        return bin ? `${bin.from.toFixed(1)} to ${bin.to.toFixed(1)} µs\n${bin.count} packets${rest}` : ''
      }),
    },
    xAxis: {
      type: 'value', min: low, max: high, name: `${way}, µs`, nameLocation: 'middle', nameGap: 24,
      nameTextStyle: { color: inks.quiet, fontSize: 11 }, splitNumber: 4, splitLine: { show: false }, axisLine: { lineStyle: { color: inks.quiet } },
      axisLabel: { color: inks.quiet, fontSize: 11, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (value: number) => value.toFixed(digits) },
    },
    yAxis: {
      type: 'value', minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: inks.line } },
      axisLabel: { color: inks.quiet, fontSize: 11, hideOverlap: true },
    },
    series: [{
      type: 'custom', clip: true, data: bins.map(({ from, to, count }) => [from, to, count]), encode: { x: [0, 1], y: 2 },
      renderItem: (_params: unknown, api: { value(at: number): number; coord(at: [number, number]): [number, number] }) => {
        const [x1, y1] = api.coord([api.value(0), api.value(2)])
        const [x2, y2] = api.coord([api.value(1), 0])
        return { type: 'rect', shape: { x: x1, y: y1, width: Math.max(1, x2 - x1 - 1), height: y2 - y1 }, style: { fill: inks.quiet, opacity: 0.6 } }
      },
      markLine: {
        silent: true, symbol: 'none',
        data: [
          line(p5, 'p5', inks.quiet, 'dashed', 1), line(p50, 'p50', inks.text, 'dashed', 1), line(p95, 'p95', inks.quiet, 'dashed', 1),
          line(packet, 'this', inks.accent, 'solid', 2),
        ],
      },
    }],
  }
}
