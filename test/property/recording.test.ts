import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Recording } from '../../engine/experiments/recording/recording'
import { type MachineState } from '../../engine/experiments/recording/snapshot'
import { timeline } from '../../engine/experiments/recording/timeline'
import { type TimelineRequest, type TimelineResult, laneIds } from '../../engine/experiments/recording/types'
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
