import { describe, expect, it } from 'vitest'
import { MachineState } from '../../../engine/experiments/recording/snapshot'
import { packets } from '../../../engine/experiments/recording/packets'
import { range } from '../../../engine/experiments/recording/range'
import { recordingOf } from '../../../engine/experiments/recording/recording'
import { laneSums, markCount } from '../../../engine/experiments/recording/timeline-sums'
import { timeline } from '../../../engine/experiments/recording/timeline'
import {
  type Bins, type Counter, type Slices, type TimelineResult, counterIds, laneIds, markKinds,
} from '../../../engine/experiments/recording/types'
import { findExperiment } from '../../../engine/experiments/registry'
import { simulate } from '../../../engine/experiments/simulation'
import { HostLine } from '../../../engine/machine/host/lines'
import { type Scenario, defaultScenario } from '../../../engine/machine/scenario'
import { World, worldIds } from '../../../engine/worlds'

const small: Scenario = { ...defaultScenario, bytes: 1_000_000 }

function through<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

const shown = (scenario: Scenario, fromCycles: number, toCycles: number, bins: number) =>
  through(timeline({ scenario, fromCycles, toCycles, bins }))

const marksIn = (result: TimelineResult, kind: (typeof markKinds)[number]) => {
  const marks = result.marks[kind]
  return marks.kind === 'marks' ? marks.at.length : marks.count.reduce((sum, n) => sum + n, 0)
}

describe('the timeline of a whole run', () => {
  it.each([['optimized', {}], ['2.0', { optimizations: [] }], ['native', { vm: 'native', optimizations: [] }]] as const)(
    'has every interrupt, world switch and sample that the run counted: %s', (_, change) => {
      const scenario: Scenario = { ...small, ...change, optimizations: [...('optimizations' in change ? change.optimizations : small.optimizations)] }
      const { report } = simulate(scenario)
      const { counts } = report
      for (const bins of [50, 10_000]) {
        const result = shown(scenario, 0, 0, bins)
        expect(result.runCycles).toBe(report.books.cycles)
        expect(marksIn(result, 'world-switch')).toBe(counts.worldSwitches)
        expect(marksIn(result, 'guest-irq')).toBe(counts.guestIrqs)
        expect(marksIn(result, 'host-irq')).toBe(counts['hostNicIrqs']! + counts['hostTimerIrqs']!)
        expect(marksIn(result, 'sample')).toBe(report.samples)
      }
    })

  it('shows the window full and packets held back, in steps and in bins alike', () => {
    const range = (bins: number) => shown(small, 20_000_000, 24_000_000, bins)
    const most = (counter: Counter) => Math.max(...(counter.kind === 'steps' ? counter.value : counter.high))
    const least = (counter: Counter) => Math.min(...(counter.kind === 'steps' ? counter.value : counter.low))
    const [fine, coarse] = [range(10_000), range(20)]
    expect(counterIds.map((id) => fine.counters[id].kind)).toEqual(['steps', 'steps', 'steps', 'steps'])
    for (const id of counterIds) {
      expect(coarse.counters[id].kind).toBe('bins')
      expect([least(coarse.counters[id]), most(coarse.counters[id])]).toEqual([least(fine.counters[id]), most(fine.counters[id])])
    }
    expect(most(fine.counters['queued-packets'])).toBe(2)
    expect(most(fine.counters['frames-in-flight'])).toBe(22)
    expect(most(fine.counters['send-window'])).toBe(22)
  })

  // wide ranges come from the bins of the whole run, narrow ones of a longer run are binned as they are simulated
  it.each([[small, 20_000_000, 2_000_000, 20], [{ ...small, bytes: 10_000_000 }, 300_000_123, 300_000, 50]] as const)(
    'has everything for as many cycles in bins as in slices (%#)', (scenario, start, length, bins) => {
      const coarse = shown(scenario, start, start + length, bins)
      const { fromCycles: from, toCycles: to } = coarse
      expect([from, to][0]).toBeLessThanOrEqual(start)
      const fine = shown(scenario, from, to, 10_000)
      const inRange = (a: number, b: number) => Math.min(b, to) - Math.max(a, from)
      for (const lane of laneIds) {
        const [exact, binned] = [fine.lanes[lane] as Slices, coarse.lanes[lane] as Bins]
        const total = binned.cycles.reduce((sum, n) => sum + n, 0)
        // on the wire frames of both directions may be at the same time, and count once
        if (lane === 'wire') expect(total).toBeLessThanOrEqual(to - from)
        expect(laneSums(exact, fine, from, to).reduce((sum, n) => sum + n, 0), lane).toBe(total)
        const outermost = exact.start.reduce((sum, at, i) => sum + (exact.depth[i] === 0 ? inRange(at, exact.end[i]!) : 0), 0)
        expect(total, lane)[lane === 'wire' ? 'toBeGreaterThanOrEqual' : 'toBe'](outermost)
        expect(binned.cycles.length / worldIds.length).toBe(Math.ceil((to - from) / binned.binCycles))
      }
      for (const kind of markKinds) expect(marksIn(coarse, kind), kind).toBe(marksIn(fine, kind))
    })

  it.each([[small, 58], [small, 333], [{ ...small, bytes: 10_000_000 }, 736]] as const)(
    'says in figures what it holds, whatever the number of bins (%#)', (scenario, bins) => {
      for (const [start, end] of [[0, 0], [300_000_123, 303_782_600], [20_000_123, 47_000_321]] as const) {
        const result = shown(scenario, start, end, bins)
        const { fromCycles: from, toCycles: to } = result
        expect(result.lanes.guest.kind).toBe('bins')
        const cpu = laneIds.slice(0, 4).flatMap((lane) => [...laneSums(result.lanes[lane], result, from, to)])
        expect(cpu.reduce((sum, cycles) => sum + cycles, 0)).toBeCloseTo(to - from, 3)
        expect(marksIn(result, 'sample')).toBe(through(range({ scenario, fromCycles: from, toCycles: to })).samples)
        for (const kind of markKinds) expect(markCount(result.marks[kind], result, from, to), kind).toBe(marksIn(result, kind))
      }
    })

  it('puts each world on its own lane and marks what was interrupted', () => {
    const result = shown(small, 20_000_000, 21_000_000, 10_000)
    const worlds = (lane: (typeof laneIds)[number]) => {
      const held = result.lanes[lane]
      return held.kind === 'slices' ? [...new Set(held.world)].sort() : []
    }
    expect(worlds('guest')).toEqual([World.Guest, World.GuestIdle])
    expect(worlds('vmm')).toEqual([World.Vmm, World.WorldSwitch])
    expect(worlds('vmapp')).toEqual([World.VmApp])
    expect(worlds('host-kernel')).toEqual([World.VmNet, World.HostKernel, World.HostIrq].sort())
    const { marks, names } = result
    const hostIrqs = marks['host-irq']
    if (hostIrqs.kind !== 'marks') throw new Error('binned')
    expect(new Set(Array.from(hostIrqs.what, (name) => names[name]))).toEqual(new Set(['host NIC']))
    expect(hostIrqs.world).toContain(World.VmNet)
  })

  it('is simulated again from checkpoints also when someone gave up before it was gone through', () => {
    const scenario = { ...small, seed: 77 }
    const work = recordingOf(scenario)
    for (let i = 0; i < 5; i++) work.next()
    const resumed = shown(scenario, 5_000_000, 5_100_000, 1000)
    const other = timeline({ scenario, fromCycles: 1_000_000, toCycles: 30_000_000, bins: 10_000 })
    for (let i = 0; i < 2; i++) other.next()
    expect(shown(scenario, 5_000_000, 5_100_000, 1000)).toEqual(resumed)
    const { report } = simulate(scenario)
    expect(resumed.runCycles).toBe(report.books.cycles)
  })

  it('tells how far it is, in cycles, many times', () => {
    const steps = [...timeline({ scenario: { ...small, seed: 78 }, fromCycles: 0, toCycles: 0, bins: 100 })]
    expect(steps.length).toBeGreaterThan(5)
    for (const { unit, done, total } of steps) {
      expect(unit).toBe('cycles')
      expect(done).toBeLessThanOrEqual(total)
    }
  })
})

describe('requests', () => {
  const good = { scenario: small, fromCycles: 0, toCycles: 0 }
  it.each([
    ['timeline', { ...good, bins: 0 }, /timeline.*bins/],
    ['timeline', { ...good, bins: 1e6 }, /timeline.*bins/],
    ['timeline', { ...good, bins: 10, fromCycles: NaN }, /timeline.*fromCycles/],
    ['timeline', { ...good, bins: 10, more: 1 }, /timeline/],
    ['timeline', null, /timeline/],
    ['range', { ...good, toCycles: -1 }, /range.*toCycles/],
    ['range', { ...good, scenario: { ...small, bytes: 0 } }, /bytes 0 is out of range/],
    ['range', { fromCycles: 0, toCycles: 0 }, /scenario/],
    ['packets', { scenario: small, limit: 0 }, /packets.*limit/],
    ['packets', { scenario: small, limit: 'all' }, /packets.*limit/],
  ])('of %s that are none are refused with the field: %j', (id, request, words) => {
    expect(() => findExperiment(id, request)).toThrow(words)
  })

  it('beyond the end, or empty, are for the whole run', () => {
    const { runCycles } = shown(small, 0, 0, 10)
    for (const [from, to] of [[runCycles, runCycles + 5], [7, 7], [9, 3]] as const) {
      const { fromCycles, toCycles } = shown(small, from, to, 10)
      expect([fromCycles, toCycles]).toEqual([0, runCycles])
    }
  })
})

it('a run of one byte has one packet with all its stations', () => {
  const { packet, packetsInRun, at } = through(packets({ scenario: { ...small, bytes: 1 }, limit: 5 }))
  expect([packet.length, packetsInRun]).toEqual([1, 1])
  expect(at.map(([first]) => Number.isNaN(first)).filter((missing) => missing).length).toBe(0)
})

describe('the state of a machine', () => {
  it('that hides where fields do not show it is refused, and so is one whose parts change', () => {
    expect(() => new MachineState([{ queue: new Map() }], () => false)).toThrow('queue')
    const part: { next: object | null } = { next: null }
    const state = new MachineState([part], () => false)
    part.next = {}
    expect(() => state.take()).toThrow('next')
  })

  it('comes back into the same objects, and columns that have grown are emptied behind it', () => {
    const inner = { flag: true, words: new Int32Array([1, 2]) }
    const part = { inner, n: 1 }
    const state = new MachineState([part], () => false)
    const taken = state.take()
    part.n = 2
    inner.flag = false
    inner.words = new Int32Array([5, 6, 7])
    state.restore(taken)
    expect(part).toEqual({ inner: { flag: true, words: new Int32Array([1, 2, 0]) }, n: 1 })
    expect(part.inner).toBe(inner)
  })
})

it('lines of the host are those that marks can name', () => {
  const { names } = shown(small, 0, 0, 10)
  expect(Object.keys(HostLine)).toHaveLength(3)
  expect(names).toEqual(expect.arrayContaining(['host timer', 'host NIC', 'sampling interrupt line']))
})
