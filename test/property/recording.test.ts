import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Recording } from '../../engine/experiments/recording/recording'
import { type MachineState } from '../../engine/experiments/recording/snapshot'
import { range } from '../../engine/experiments/recording/range'
import { timeline } from '../../engine/experiments/recording/timeline'
import { type RangeResult, type Slices, type TimelineRequest, type TimelineResult, laneIds } from '../../engine/experiments/recording/types'
import { simulate } from '../../engine/experiments/simulation'
import type { Recorder } from '../../engine/machine/observer'
import { type Scenario, defaultScenario, scenarioSchema, whatIfIds } from '../../engine/machine/scenario'

function through<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

const small: Scenario = { ...defaultScenario, bytes: 400_000, samplerHz: 5000 }
const nobody: Recorder = { spent: () => {}, happened: () => {} }

const scenarios: [string, Partial<Scenario>][] = [
  ['optimized', {}],
  ['2.0', { optimizations: [] }],
  ['native', { vm: 'native', optimizations: [] }],
  ['receive', { direction: 'receive' }],
  ['native receive', { vm: 'native', optimizations: [], direction: 'receive' }],
  ['half duplex', { custom: { name: 'half', duplex: 'half' } }],
  ['probes that cost', { probes: 'tsc' }],
  ['samples that cost', { sampler: { clock: 'dithered', timer: 'maskable', sees: 'guest', cost: 'interrupt', attribution: 'taken' } }],
  ['samples that wait', { sampler: { clock: 'free-running', timer: 'maskable', sees: 'host', cost: 'free', attribution: 'due' } }],
  ['NMI that costs', { sampler: { clock: 'locked', timer: 'nmi', sees: 'guest', cost: 'interrupt', attribution: 'due' } }],
  ['all what-ifs', { whatIfs: [...whatIfIds] }],
  ['small calls', { sendSize: 500, bytes: 60_000 }],
]

/** Everything of a machine that a later run could depend on, and what it has seen. */
function stateOf(recording: Recording) {
  const { machine, sampler } = recording
  const state = (recording as unknown as { state: MachineState }).state.take()
  const samples = sampler ? { sequence: sampler.sequence((stack) => stack), times: sampler.times() } : null
  return { ...state, now: machine.clock.now, counts: { ...machine.counts }, samples }
}

describe('a checkpoint', () => {
  it.each(scenarios)('set back to and run on gives what running through gives: %s', (_, change) => {
    const scenario = scenarioSchema.parse({ ...small, ...change })
    const recording = new Recording(scenario)
    through(recording.prepare())
    const end = stateOf(recording)
    for (const share of [0.9, 0.02, 0.5]) {
      const from = Math.floor(recording.runCycles * share)
      through(recording.replay(from, recording.runCycles, () => nobody))
      expect(recording.machine.clock.now).toBe(end.now)
      expect(stateOf(recording)).toEqual(end)
    }
  })
})

describe('a timeline', () => {
  const runCycles = 12_000_000
  const request = (change: Partial<TimelineRequest>): TimelineResult =>
    through(timeline({ scenario: small, fromCycles: 0, toCycles: 0, bins: 200, ...change }))

  it('has the CPU on exactly one lane at a time, whether in slices or in bins', () => {
    fc.assert(fc.property(
      fc.integer({ min: 0, max: runCycles }), fc.integer({ min: 1, max: runCycles }), fc.integer({ min: 1, max: 2000 }),
      (from, length, bins) => {
        const result = request({ fromCycles: from, toCycles: from + length, bins })
        const { fromCycles, toCycles } = result
        let spent = 0
        for (const lane of laneIds.slice(0, 4)) {
          const held = result.lanes[lane]
          if (held.kind === 'bins') spent += held.cycles.reduce((a, b) => a + b, 0)
          else {
            expect(held.start.toSorted()).toEqual(held.start)
            held.depth.forEach((depth, i) => {
              if (depth === 0) spent += Math.min(held.end[i]!, toCycles) - Math.max(held.start[i]!, fromCycles)
            })
          }
        }
        expect(spent).toBe(toCycles - fromCycles)
      },
    ), { numRuns: 40 })
  })

  it('is the same for the same request, in whatever order ranges are asked for', () => {
    const first = request({ fromCycles: 1_000_000, toCycles: 1_300_000 })
    request({ fromCycles: 9_000_000, toCycles: 9_100_000 })
    request({})
    expect(request({ fromCycles: 1_000_000, toCycles: 1_300_000 })).toEqual(first)
  })
})

describe('a range', () => {
  const rangeOf = (scenario: Scenario, fromCycles: number, toCycles: number) =>
    through(range({ scenario, fromCycles, toCycles }))

  /** Samples and cycles by stack. */
  function dense({ profile }: RangeResult): number[][] {
    return profile.samples.weights.map((weights) => {
      const column = new Array<number>(profile.stacks.parent.length).fill(0)
      profile.samples.stack.forEach((stack, i) => { column[stack]! += weights[i]! })
      return column
    })
  }

  it.each(scenarios)('of the whole run is the run: %s', (_, change) => {
    const scenario = scenarioSchema.parse({ ...small, ...change })
    const { report, profile } = simulate(scenario)
    const whole = rangeOf(scenario, 0, 0)
    expect(whole.toCycles).toBe(report.books.cycles)
    expect(whole.profile).toEqual(profile)
    expect(whole.table).toEqual(report.table)
    expect(whole.samples).toBe(report.samples)
    expect(whole.packets).toBe(scenario.direction === 'send' ? report.counts.packetsSent : report.counts['packetsReceived'])
  })

  it.each(scenarios.slice(0, 4))('and the one behind it are the range over both: %s', (_, change) => {
    const scenario = scenarioSchema.parse({ ...small, ...change })
    const { toCycles: run } = rangeOf(scenario, 0, 0)
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: run }), { minLength: 3, maxLength: 3 }), (cuts) => {
      const [a, b, c] = cuts.toSorted((x, y) => x - y) as [number, number, number]
      const [left, right, both] = [rangeOf(scenario, a, b), rangeOf(scenario, b, c), rangeOf(scenario, a, c)]
      const [l, r] = [dense(left), dense(right)]
      expect(l.map((column, k) => column.map((value, i) => value + r[k]![i]!))).toEqual(dense(both))
      expect(left.samples + right.samples).toBe(both.samples)
      expect(left.packets + right.packets).toBe(both.packets)
      expect(dense(both)[1]!.reduce((sum, cycles) => sum + cycles, 0)).toBe(c - a)
    }), { numRuns: 8 })
  })

  it('has in each world the cycles that the timeline shows there', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 11_000_000 }), fc.integer({ min: 1, max: 400_000 }), (from, length) => {
      const { profile } = rangeOf(small, from, from + length)
      const inRange = new Map<number, number>()
      profile.samples.stack.forEach((stack, i) => {
        const world = profile.stacks.world[stack]!
        inRange.set(world, (inRange.get(world) ?? 0) + profile.samples.weights[1]![i]!)
      })
      const shown = through(timeline({ scenario: small, fromCycles: from, toCycles: from + length, bins: 10_000 }))
      const onLanes = new Map<number, number>()
      for (const lane of laneIds.slice(0, 4)) {
        const held = shown.lanes[lane]
        if (held.kind !== 'slices') throw new Error(`${lane} is binned`)
        held.start.forEach((start, i) => {
          const own = Math.min(held.end[i]!, from + length) - Math.max(start, from) - childCycles(held, i, from, from + length)
          if (own > 0) onLanes.set(held.world[i]!, (onLanes.get(held.world[i]!) ?? 0) + own)
        })
      }
      expect([...onLanes].toSorted()).toEqual([...inRange].toSorted())
    }), { numRuns: 15 })
  })
})

function childCycles({ start, end, depth }: Slices, i: number, from: number, to: number): number {
  let sum = 0
  for (let j = i + 1; j < start.length && depth[j]! > depth[i]! && start[j]! < end[i]!; j++) {
    if (depth[j] === depth[i]! + 1) sum += Math.min(end[j]!, to) - Math.max(start[j]!, from)
  }
  return sum
}
