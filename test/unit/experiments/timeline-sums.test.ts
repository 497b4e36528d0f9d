import { describe, expect, it } from 'vitest'
import { counterSums, laneSums, markCount } from '../../../engine/experiments/recording/timeline-sums'
import type { Bins, Slices } from '../../../engine/experiments/recording/types'
import { World, worldIds } from '../../../engine/worlds'

function slices(...list: readonly (readonly [start: number, end: number, world: World, depth: number])[]): Slices {
  return {
    kind: 'slices', start: Float64Array.from(list, ([start]) => start), end: Float64Array.from(list, ([, end]) => end),
    world: Uint8Array.from(list, ([, , world]) => world), depth: Uint8Array.from(list, ([, , , depth]) => depth),
    frame: new Int32Array(list.length), packet: new Int32Array(list.length).fill(-1),
  }
}

function bins(binCycles: number, ...list: readonly (readonly [world: World, cycles: number])[][]): Bins {
  const cycles = new Float64Array(list.length * worldIds.length)
  list.forEach((bin, index) => bin.forEach(([world, value]) => { cycles[index * worldIds.length + world] = value }))
  return { kind: 'bins', binCycles, cycles }
}

describe('time of a lane by world', () => {
  it('counts what runs inside a slice for its own world, not twice', () => {
    //   VMM  |----------------|      0..100
    //   switch    |----|             30..50
    //   VMM        |-|               35..40
    const lane = slices([0, 100, World.Vmm, 0], [30, 50, World.WorldSwitch, 1], [35, 40, World.Vmm, 2])
    const all = laneSums(lane, { fromCycles: 0, toCycles: 200 }, 0, 200)
    expect(all[World.Vmm]).toBe(85)
    expect(all[World.WorldSwitch]).toBe(15)
  })
  it('counts of a slice only what is in the range, and adjoining ranges add up', () => {
    const lane = slices([0, 100, World.Vmm, 0], [30, 50, World.WorldSwitch, 1], [120, 140, World.Vmm, 0])
    const [first, second, both] = [laneSums(lane, { fromCycles: 0, toCycles: 200 }, 0, 44), laneSums(lane, { fromCycles: 0, toCycles: 200 }, 44, 130), laneSums(lane, { fromCycles: 0, toCycles: 200 }, 0, 130)]
    expect(first[World.WorldSwitch]).toBe(14)
    expect(second[World.Vmm]).toBe(50 + 10)
    both.forEach((value, world) => expect(first[world]! + second[world]!).toBe(value))
  })
  it('counts the wire as busy once where frames of both directions cross, wherever they begin', () => {
    //  out  |----------|----------|     0..100, 100..200
    //  in           |-----|             80..130, and 190..220
    const wire = slices(
      [0, 100, World.Unclassified, 0], [80, 130, World.Unclassified, 1], [100, 200, World.Unclassified, 0],
      [190, 220, World.Unclassified, 1],
    )
    expect(laneSums(wire, { fromCycles: 0, toCycles: 300 }, 0, 300)[World.Unclassified]).toBe(220)
    expect(laneSums(wire, { fromCycles: 0, toCycles: 300 }, 90, 195)[World.Unclassified]).toBe(105)
  })
  it('counts a bin that the range cuts in proportion', () => {
    const lane = bins(10, [[World.Guest, 10]], [[World.Guest, 4], [World.GuestIdle, 6]], [[World.Guest, 2]])
    expect([...laneSums(lane, { fromCycles: 1000, toCycles: 1030 }, 1005, 1015)].slice(0, 2)).toEqual([5 + 2, 3])
    expect(laneSums(lane, { fromCycles: 1000, toCycles: 1030 }, 0, 9999)[World.Guest]).toBe(16)
    expect(laneSums(lane, { fromCycles: 1000, toCycles: 1022 }, 1000, 1022)[World.Guest]).toBe(16) // the last one ends with the run
    expect(laneSums(lane, { fromCycles: 1000, toCycles: 1022 }, 1020, 1021)[World.Guest]).toBe(1)
    expect(laneSums(lane, { fromCycles: 1000, toCycles: 1030 }, 2000, 3000).every((value) => value === 0)).toBe(true)
  })
})

describe('counters', () => {
  it('have a mean weighted by time where single steps are known', () => {
    const steps = { kind: 'steps', at: Float64Array.of(0, 10, 30), value: Float64Array.of(1, 4, 0) } as const
    expect(counterSums(steps, 0, 5, 25)).toEqual({ min: 1, mean: (5 * 1 + 15 * 4) / 20, max: 4 })
    expect(counterSums(steps, 0, 40, 50)).toEqual({ min: 0, mean: 0, max: 0 })
  })
  it('have no mean in bins, and nothing where no bin knows them', () => {
    const band = { kind: 'bins', binCycles: 10, low: Float64Array.of(2, Infinity, 0), high: Float64Array.of(3, -Infinity, 9) } as const
    expect(counterSums(band, 0, 0, 30)).toEqual({ min: 0, mean: null, max: 9 })
    expect(counterSums(band, 0, 10, 20)).toBeNull()
  })
})

describe('marks', () => {
  it('are counted from the start of a range up to but not at its end', () => {
    const marks = { kind: 'marks', at: Float64Array.of(5, 10, 20), what: new Int32Array(3), world: new Uint8Array(3) } as const
    expect(markCount(marks, { fromCycles: 0, toCycles: 100 }, 5, 20)).toBe(2)
    expect(markCount({ kind: 'mark-bins', binCycles: 10, count: Int32Array.of(4, 6) }, { fromCycles: 100, toCycles: 120 }, 105, 120)).toBe(8)
  })
})
