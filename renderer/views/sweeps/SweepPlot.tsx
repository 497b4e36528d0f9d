import { useMemo } from 'react'
import type { Sweep, SweepCell, SweepKind } from '../../../engine/experiments/sweep-types'
import { barPlot } from '../../charts/bar-plot'
import type { PlotClick, PlotOption } from '../../charts/chart-host'
import { linePlot } from '../../charts/line-plot'
import { Plot } from '../../charts/Plot'
import { openPoint } from '../../state/actions-sweeps'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { configurationName, figureOf } from '../../state/sweeps-state'
import { lookOf } from './looks'

/** A click on a point or bar opens its run. */
export function SweepPlot({ kind, sweep }: { kind: SweepKind; sweep: Sweep }) {
  const dark = useWorkbench((state) => state.dark)
  const { option, cellAt } = useMemo(() => (kind === 'throughput' ? lines(sweep, dark) : bars(sweep, dark)), [kind, sweep, dark])
  const what = kind === 'throughput' ? 'Throughput in Mb/s against send size, one line a configuration'
    : 'Guest idle in percent of total time, one bar a configuration'
  return (
    <Plot option={option} testId="sweep-plot" label={`${what}. The table below has the same figures.`}
      onClick={(at) => {
        const cell = cellAt(at)
        if (cell) void openPoint(sweep, cell)
      }} />
  )
}

interface Drawn {
  option: PlotOption
  cellAt: (at: PlotClick) => SweepCell | undefined
}

function lines({ request, cells }: Sweep, dark: boolean): Drawn {
  const groups = request.configurations
    .map((id) => ({ id, cells: cells.filter(({ configuration }) => configuration === id).sort((a, b) => a.sendSize - b.sendSize) }))
    .filter((group) => group.cells.length > 0)
  const option = linePlot({
    series: groups.map(({ id, cells: own }) => ({
      name: configurationName(id), ...lookOf(id, dark),
      points: own.map(({ sendSize, throughputMbps: { mean, ci95 } }) => ({ x: sendSize, y: mean, lo: ci95?.[0] ?? mean, hi: ci95?.[1] ?? mean })),
    })),
    x: { name: 'bytes a send()', log: true, text: (value) => String(Math.round(value)) },
    y: { name: 'Mb/s', text: (value) => String(Number(value.toFixed(2))), min: 0 },
    dark,
  })
  return { option, cellAt: ({ seriesIndex, dataIndex }) => groups[seriesIndex]?.cells[dataIndex] }
}

function bars({ request, cells }: Sweep, dark: boolean): Drawn {
  const manySizes = request.sizes.length > 1
  const option = barPlot({
    categories: cells.map((cell) => {
      const { mean, ci95, evidence } = figureOf('idle', cell)
      const digits = digitsFor(ci95)
      const name = `${configurationName(cell.configuration)}${manySizes ? `, ${cell.sendSize}` : ''}`
      const figure = `${fixed(mean, digits)} %${ci95 ? ` ${intervalText(ci95, digits)}` : ''}`
      return {
        name, bars: [{
          from: 0, to: mean, colour: lookOf(cell.configuration, dark).colour, text: figure,
          tip: `${name}, ${cell.sendSize} bytes a send()\nguest idle ${figure} of total time, directly measured\n${evidence}`,
          ...(ci95 ? { interval: ci95 } : {}),
        }],
      }
    }),
    value: { name: 'guest idle, % of total time', text: (value) => String(Number(value.toFixed(2))), min: 0 },
    horizontal: true, dark,
  })
  return { option, cellAt: ({ dataIndex }) => cells[dataIndex] }
}
