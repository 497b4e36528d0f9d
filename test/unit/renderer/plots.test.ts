import { describe, expect, it } from 'vitest'
import { intervalPlot, type IntervalPoint } from '../../../renderer/charts/interval-plot'
import { latencyPlot } from '../../../renderer/charts/packet-plot'

describe('the plot of errors', () => {
  const plot = (points: IntervalPoint[]) => intervalPlot({
    categories: ['row'], series: [{ name: 'direct', colour: '#000', symbol: 'circle', points }],
    value: { name: 'points', text: String, least: 0.1 }, dark: false,
  })

  it('does not make errors large that are smaller than the figures\' digits', () => {
    expect(plot([{ at: 0, value: 0.0001, interval: null, tip: '' }])).toMatchObject({ xAxis: { min: -0.1, max: 0.1 } })
    expect(plot([])).toMatchObject({ xAxis: { min: -0.1, max: 0.1 } })
  })

  it('leaves the scale to the figures, and to their intervals, where they are larger', () => {
    expect(plot([{ at: 0, value: 0.5, interval: null, tip: '' }]).xAxis).not.toHaveProperty('min')
    expect(plot([{ at: 0, value: 0.01, interval: [-0.4, 0.4], tip: '' }]).xAxis).not.toHaveProperty('max')
  })
})

describe('the plot of the packets\' times', () => {
  it('says from where to where', () => {
    const scene = { bins: [], beyond: 0, packet: 1, p5: 1, p50: 1, p95: 1, dark: false }
    expect(latencyPlot({ ...scene, way: 'wire to recv()' })).toMatchObject({ xAxis: { name: 'wire to recv(), µs' } })
  })
})
