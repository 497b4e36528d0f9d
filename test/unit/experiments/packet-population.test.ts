import { describe, expect, it } from 'vitest'
import { hopsOf, latencyBins, populationOf, rowOfPacket, stepTo } from '../../../engine/experiments/recording/packet-population'
import type { PacketsResult } from '../../../engine/experiments/recording/types'
import { World } from '../../../engine/worlds'

/** Rows are packets, columns stations; `-` stands for a station that a packet does not pass. */
function packets(picture: readonly string[], more: Partial<PacketsResult> = {}): PacketsResult {
  const rows = picture.map((line) => line.trim().split(/\s+/).map((text) => (text === '-' ? NaN : Number(text))))
  const stations = rows[0]!.map((_, index) => ({ id: `s${index}`, label: `station ${index}`, what: '', world: World.Vmm }))
  return {
    mhz: 100, runCycles: 1e6, packetsInRun: 1000, first: 40, stations,
    packet: Int32Array.from(rows, (_, row) => 40 + row),
    at: stations.map((_, station) => Float64Array.from(rows, (row) => row[station]!)),
    switches: stations.map((_, station) => Int32Array.from(rows, () => station * 2)),
    nestedInterrupts: new Int32Array(rows.length), combinedWith: new Int32Array(rows.length).fill(1), ...more,
  }
}

const four = packets([
  '0    10   20   100',
  '1000 1010 -    1300',
  '2000 2030 2040 2090',
  '3000 -    -    3200',
])

describe('hops of a packet', () => {
  it('lead over stations that it does not pass, and add up to the whole way', () => {
    expect(hopsOf(four, 1).map(({ station, cycles, switches }) => [station, cycles, switches])).toEqual([[1, 10, 2], [3, 290, 4]])
    for (let row = 0; row < 4; row++) {
      const sum = hopsOf(four, row).reduce((all, hop) => all + hop.cycles, 0)
      expect(sum).toBe(populationOf(four).endToEnd[row])
    }
  })
})

describe('the population', () => {
  it('has percentiles of the packets that have the hop, by interpolation', () => {
    const { hops, whole } = populationOf(four)
    expect(hops[0]).toBeNull()
    expect(hops[1]).toMatchObject({ packets: 3, p50: 10 })
    expect(hops[1]!.p95).toBeCloseTo(28, 9)
    expect(hops[2]).toMatchObject({ packets: 2, p50: 10 })
    expect(whole).toMatchObject({ packets: 4, p50: 150, meanSwitches: 6 })
  })
  it('orders packets by their way from end to end', () => {
    expect([...populationOf(four).byLatency]).toEqual([2, 0, 3, 1])
  })
  it('leaves out a packet that was seen at one station only', () => {
    const lost = populationOf(packets(['0 10 20', '- 50 -']))
    expect(lost.endToEnd[1]).toBeNaN()
    expect([...lost.byLatency]).toEqual([0])
  })
})

describe('steps', () => {
  const population = populationOf(four)
  it('go to neighbours and end at the ends', () => {
    expect(stepTo(four, population, 0, 'next')).toBe(1)
    expect(stepTo(four, population, 3, 'next')).toBe(-1)
    expect(stepTo(four, population, 0, 'previous')).toBe(-1)
  })
  it('find the fastest, the slowest and the one in the middle', () => {
    expect(['fastest', 'slowest', 'median'].map((step) => stepTo(four, population, 0, step as 'median'))).toEqual([2, 1, 0])
  })
  it('go round to the next packet that was caught by a nested interrupt, or find none', () => {
    const caught = { ...four, nestedInterrupts: Int32Array.of(0, 2, 0, 1) }
    expect([0, 1, 3].map((row) => stepTo(caught, population, row, 'nested'))).toEqual([1, 3, 1])
    expect(stepTo(four, population, 0, 'nested')).toBe(-1)
  })
  it('find a packet by its number in the run', () => {
    expect(rowOfPacket(four, 42)).toBe(2)
    expect(rowOfPacket(four, 7)).toBe(-1)
  })
})

describe('the histogram', () => {
  it('holds every packet once, stragglers in the last bin', () => {
    const many = packets([...Array.from({ length: 399 }, (_, row) => `0 ${100 + (row % 50)}`), '0 90000'])
    const found = latencyBins(populationOf(many), 20)!
    expect(found.count.reduce((a, b) => a + b, 0)).toBe(400)
    expect(found.beyond).toBe(1)
    expect(found.from + 20 * found.binCycles).toBeLessThan(400)
  })
  it('is nothing without packets', () => {
    expect(latencyBins(populationOf(packets(['- -'])), 10)).toBeNull()
  })
})
