import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Slices, TimelineResult } from '../../../engine/experiments/recording/types'
import { World, worldIds } from '../../../engine/worlds'
import { timeAxis } from '../../../renderer/charts/timeline-axis'
import { hitAt } from '../../../renderer/charts/timeline-hit'
import {
  headWidth, layoutRows, leastHeight, plotWidth, timeAt, xOf, type TimelineLayer, type TimelineScene,
} from '../../../renderer/charts/timeline-scene'
import { clampSpan, detailFor, leastCycles, Newest } from '../../../renderer/state/timeline-requests'
import { timelineKey, zoomed } from '../../../renderer/views/timeline/navigation'

const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false })

describe('the time axis', () => {
  const mhz = 733
  const axis = (from: number, to: number, width = 640) => timeAxis({ from, to }, width, 1 / (mhz * 1e6), true)

  it('counts in the unit that fits the window, down to single cycles', () => {
    const length = (seconds: number) => seconds * mhz * 1e6
    expect([8, 0.02, 40e-6].map((seconds) => axis(0, length(seconds)).head)).toEqual(['s', 'ms', 'µs'])
    const near = axis(100, 112)
    expect(near.head).toBe('cycles')
    expect(near.ticks.map(({ label }) => label)).toContain('106')
    expect(near.ticks.every(({ at }) => Number.isInteger(at))).toBe(true)
  })
  it('counts from a named place where its figures would be too long to read', () => {
    const far = axis(3_121_200_000, 3_121_200_040)
    expect(far.head).toBe('cycles from 3,121,200,000')
    expect(far.ticks[1]!.label).toMatch(/^\+\d{1,2}$/)
  })
  it('has ticks inside the window only, evenly and as many as there is room for', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 6e9, noNaN: true }), fc.double({ min: 8, max: 6e9, noNaN: true }), (from, length) => {
      const { ticks } = axis(from, from + length)
      expect(ticks.length).toBeLessThanOrEqual(9)
      // rounding of a place times a step, relative to the place
      const slack = (from + length) * 1e-12 + length * 1e-9
      for (const { at } of ticks) expect(at >= from - slack && at <= from + length + slack).toBe(true)
    }))
  })
})

describe('rows of the picture', () => {
  const heads = (rows: number[]) => ({
    lanes: rows.map((deep, i) => ({ id: String(i), title: '', rows: deep })),
    marks: [{ id: 'm', title: '', world: null }], counters: [{ id: 'c', title: '', text: String }],
  })
  it('never overlap, and fit whatever height there is from the least on', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }), fc.nat(900), (deep, more) => {
      const scene = heads(deep)
      const height = leastHeight(scene) + more
      const rows = layoutRows(scene, height)
      rows.forEach((row, i) => expect(row.top).toBeGreaterThanOrEqual(i === 0 ? 0 : rows[i - 1]!.top + rows[i - 1]!.height))
      const last = rows[rows.length - 1]!
      expect(last.top + last.height).toBeLessThanOrEqual(height)
    }))
  })
  it('place a time and find it again', () => {
    const window = { from: 1000, to: 9000 }
    for (const at of [1000, 4321, 9000]) expect(timeAt(window, xOf(window, at, 800), 800)).toBeCloseTo(at, 6)
    expect(xOf(window, 1000, 800)).toBe(headWidth)
    expect(xOf(window, 9000, 800)).toBe(headWidth + plotWidth(800))
  })
})

describe('what is under the pointer', () => {
  const slices: Slices = {
    kind: 'slices', start: Float64Array.of(0, 20, 60), end: Float64Array.of(50, 40, 100), depth: Uint8Array.of(0, 1, 0),
    world: Uint8Array.of(World.Vmm, World.WorldSwitch, World.Vmm), frame: Int32Array.of(0, 1, 0), packet: Int32Array.of(-1, 7, -1),
  }
  const layer: TimelineLayer = {
    from: 0, to: 100, full: null, names: ['trap', 'switch'], lanes: [slices],
    marks: [{ kind: 'marks', at: Float64Array.of(25), what: Int32Array.of(0), world: Uint8Array.of(World.Vmm) }],
    counters: [{ kind: 'steps', at: Float64Array.of(0, 30), value: Float64Array.of(1, 2) }],
  }
  const scene: TimelineScene = {
    whole: { from: 0, to: 100 }, window: { from: 0, to: 100 }, secondsPerUnit: 1e-6, cycles: true, overviewLanes: 1,
    lanes: [{ id: 'vmm', title: 'VMM', rows: 2 }], marks: [{ id: 'm', title: '', world: null }],
    counters: [{ id: 'c', title: '', text: String }], layers: [layer], range: null, selected: null, dark: false,
  }
  const width = headWidth + 10 + 1000
  const rows = layoutRows(scene, 400)
  const at = (band: string, time: number, down: number) =>
    hitAt(scene, rows, xOf(scene.window, time, width), rows.find((row) => row.band === band)!.top + down, width)

  it('is the slice of that row, or the one around it', () => {
    expect(at('lane', 30, 3)).toMatchObject({ kind: 'slice', index: 0 })
    expect(at('lane', 30, 30)).toMatchObject({ kind: 'slice', index: 1 })
    expect(at('lane', 45, 30)).toMatchObject({ kind: 'slice', index: 0 })
    expect(at('lane', 55, 3)).toMatchObject({ kind: 'nothing' })
  })
  it('is a mark a few pixels beside it, and no further', () => {
    expect(at('mark', 25.3, 5)).toMatchObject({ kind: 'mark', index: 0 })
    expect(at('mark', 26, 5)).toMatchObject({ kind: 'nothing' })
  })
  it('is the counter\'s value from its step on', () => {
    expect(at('counter', 29, 5)).toMatchObject({ kind: 'counter', index: 0 })
    expect(at('counter', 31, 5)).toMatchObject({ kind: 'counter', index: 1 })
  })
  it('is nothing on the heads', () => {
    expect(hitAt(scene, rows, headWidth - 1, rows[2]!.top + 3, width)).toBeNull()
  })
})

describe('moving about', () => {
  const whole = { from: 0, to: 1e6 }
  it('keeps the time under the pointer where it is', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (place, steps) => {
      const window = { from: 1000, to: 3000 }
      const next = zoomed(window, place, steps)
      expect(next.from + place * (next.to - next.from)).toBeCloseTo(1000 + place * 2000, 5)
    }))
  })
  it('stays inside the run, no nearer than single cycles can be told apart', () => {
    fc.assert(fc.property(fc.double({ min: -1e7, max: 1e7, noNaN: true }), fc.double({ min: 0, max: 1e7, noNaN: true }), (from, length) => {
      const { from: a, to: b } = clampSpan({ from, to: from + length }, whole, leastCycles)
      expect(a).toBeGreaterThanOrEqual(0)
      expect(b).toBeLessThanOrEqual(1e6)
      expect(b - a).toBeGreaterThanOrEqual(leastCycles - 1e-6)
    }))
  })
  it('marks a range by its two ends, and applies nothing before there is one', () => {
    const window = { from: 100, to: 200 }
    expect(timelineKey(key('Enter'), window, whole, null)).toBeNull()
    expect(timelineKey(key('['), window, whole, null)).toEqual({ kind: 'mark', mark: { from: 100, to: 1e6 } })
    expect(timelineKey(key(']'), { from: 300, to: 400 }, whole, { from: 100, to: 1e6 })).toEqual({ kind: 'mark', mark: { from: 100, to: 400 } })
    expect(timelineKey(key(']'), { from: 300, to: 400 }, whole, { from: 500, to: 600 })).toEqual({ kind: 'mark', mark: { from: 0, to: 400 } })
    expect(timelineKey(key('Enter'), window, whole, { from: 1, to: 2 })).toEqual({ kind: 'apply' })
  })
})

describe('what is asked of the engine', () => {
  const result = (fromCycles: number, toCycles: number, binCycles: number | null) => {
    const empty: Slices = {
      kind: 'slices', start: new Float64Array(0), end: new Float64Array(0), world: new Uint8Array(0), frame: new Int32Array(0),
      depth: new Uint8Array(0), packet: new Int32Array(0),
    }
    const guest = binCycles === null ? empty : { kind: 'bins', binCycles, cycles: new Float64Array(worldIds.length) } as const
    return { runCycles: 1e6, fromCycles, toCycles, lanes: { guest } } as unknown as TimelineResult
  }
  const whole = result(0, 1e6, 2500)

  it('is nothing while the picture that is there is as good as can be', () => {
    expect(detailFor({ from: 0, to: 1e6 }, 800, whole, null)).toBeNull()
    expect(detailFor({ from: 100, to: 900 }, 800, whole, result(0, 1000, null))).toBeNull()
  })
  it('is the window with a margin on both sides, cut at the ends of the run', () => {
    expect(detailFor({ from: 10_000, to: 12_000 }, 800, whole, null)).toEqual({ fromCycles: 9000, toCycles: 13_000, bins: 800 })
    expect(detailFor({ from: 0, to: 2000 }, 800, whole, null)).toEqual({ fromCycles: 0, toCycles: 3000, bins: 600 })
  })
  it('is asked again where bins are too coarse or the window has left them', () => {
    const detail = result(9000, 13_000, 5)
    expect(detailFor({ from: 10_000, to: 12_000 }, 800, whole, detail)).toBeNull()
    expect(detailFor({ from: 10_000, to: 10_400 }, 800, whole, detail)).not.toBeNull()
    expect(detailFor({ from: 12_000, to: 14_000 }, 800, whole, detail)).not.toBeNull()
  })
  it('is one at a time, and the newest of those that came meanwhile', async () => {
    const begun: number[] = []
    const ends: (() => void)[] = []
    const newest = new Newest<number>((request) => new Promise((done) => {
      begun.push(request)
      ends.push(done)
    }))
    for (const request of [1, 2, 3]) newest.ask(request)
    expect(begun).toEqual([1])
    ends[0]!()
    await Promise.resolve()
    await Promise.resolve()
    expect(begun).toEqual([1, 3])
  })
})
