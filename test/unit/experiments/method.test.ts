import { describe, expect, it } from 'vitest'
import { findExperiment } from '../../../engine/experiments/registry'
import type { ExperimentId, ExperimentKinds, ExperimentStep } from '../../../engine/experiment-kinds'
import { simulate } from '../../../engine/experiments/simulation'
import { Fn } from '../../../engine/machine/functions'
import { type Scenario, defaultScenario } from '../../../engine/machine/scenario'
import { PHASE_PARTS } from '../../../engine/statistics/aliasing'

const scenario: Scenario = { ...defaultScenario, bytes: 1_000_000, samplerHz: 20_000 }

/** Runs an experiment as the queue does; the steps beside the result. */
function run<Id extends ExperimentId>(id: Id, request: unknown): { result: ExperimentKinds[Id]['result']; steps: ExperimentStep[] } {
  const work = findExperiment(id, request)!.start()
  const steps: ExperimentStep[] = []
  for (;;) {
    const next = work.next()
    if (next.done) return { result: next.value as ExperimentKinds[Id]['result'], steps }
    steps.push(next.value)
  }
}

describe('how often each function is called', () => {
  const { report, profile } = simulate(scenario)
  const { result, steps } = run('calls', { scenario })
  const calls = (...fns: number[]) => profile.stacks.frame.reduce((sum, fn, stack) => sum + (fns.includes(fn) ? result.calls[stack]! : 0), 0)

  it('is counted in the same run: the same stacks, the same cycles', () => {
    expect(result.cycles).toBe(report.books.cycles)
    expect(result.parent).toEqual(profile.stacks.parent)
    expect(result.functionOf).toEqual(profile.stacks.frame)
    expect(result.calls.length).toBe(result.parent.length)
    expect(steps.length).toBeGreaterThan(5)
    expect(steps.every(({ done, total }) => done <= total)).toBe(true)
  })

  it('agrees with what the machine counts by itself', () => {
    const { counts } = report
    expect(calls(Fn.VmnetTransmit)).toBe(counts.vmnetTransmits)
    expect(calls(Fn.PicAccess)).toBe(counts.picAccesses)
    expect(calls(Fn.SwitchToHost, Fn.SwitchToVmm)).toBe(counts.worldSwitches)
    expect(calls(Fn.HostIrqInVmm)).toBe(counts.hostIrqsInVmm)
    expect(calls(Fn.Select)).toBe(counts.selectCalls)
    expect(calls(Fn.DoIrq)).toBe(counts.guestIrqs)
    expect(calls(Fn.Schedule)).toBe(counts.guestContextSwitches)
    expect(calls(Fn.Halted, Fn.VmmTime)).toBe(0)
  })

  it('refuses what is no scenario, in words', () => {
    expect(() => findExperiment('calls', {})).toThrow(/scenario/i)
    expect(() => findExperiment('calls', 7)).toThrow(/No scenario/)
  })
})

describe('the phases of the samples', () => {
  it('count every sample within whole periods once, and agree with the run\'s own check', () => {
    const { report } = simulate(scenario)
    const { result } = run('phases', { scenario })
    expect(result.samples).toBe(report.samples)
    expect(result.sources.map(({ name, check }) => [name, check.known ? check.words : check.why]))
      .toEqual(report.sampling!.aliasing.map(({ source, p, verdict }) => [source, p === null ? expect.any(String) : verdict]))
    const checked = result.sources.filter(({ check }) => check.known)
    expect(checked.length).toBeGreaterThan(0)
    for (const { check } of checked) {
      if (!check.known) continue
      expect(check.histogram).toHaveLength(PHASE_PARTS)
      expect(check.histogram.reduce((sum, count) => sum + count, 0)).toBe(check.samples)
    }
  })

  it('show a sampler that is locked to the tick in one part of its period', () => {
    const locked = { ...defaultScenario, bytes: 10_000_000, sampler: { clock: 'locked', timer: 'nmi', sees: 'guest', cost: 'free', attribution: 'due' } }
    const { result } = run('phases', { scenario: { ...locked, samplerHz: 100 } })
    const { check } = result.sources[0]!
    expect(check).toMatchObject({ known: true, verdict: 'in step' })
    expect(check.known && check.histogram.filter((count) => count > 0).length).toBeLessThanOrEqual(2)
  })

  it('say that there are none without a sampler', () => {
    const { result } = run('phases', { scenario: { ...scenario, samplerHz: 0 } })
    expect(result.samples).toBe(0)
    expect(result.sources.every(({ check }) => !check.known && check.why.includes('no samples'))).toBe(true)
  })
})

describe('the planner', () => {
  const request = { share: 0.304, halfWidth: 0.005, difference: 0.01, power: 0.8, ratePerSecond: 1000, inflation: 1 }

  it('asks for more samples when the row is to be known closer, and when samples follow from each other', () => {
    const { know, see } = run('plan', request).result
    // Wald: 1.96^2 p (1 - p) / d^2 = 32,512; Wilson needs about as many
    expect(know.known && know.samples).toBeGreaterThan(32_000)
    expect(know.known && know.samples).toBeLessThan(33_000)
    expect(know.known && know.seconds).toBeCloseTo(know.known ? know.samples / 1000 : 0)
    expect(see.known && see.samples).toBeGreaterThan(30_000)
    const closer = run('plan', { ...request, halfWidth: 0.0025 }).result.know
    expect(closer.known && know.known && closer.samples / know.samples).toBeCloseTo(4, 1)
    const dependent = run('plan', { ...request, inflation: 3 }).result.know
    expect(dependent.known && know.known && dependent.samples).toBe(know.known ? 3 * know.samples : 0)
  })

  it('says in words what cannot be planned', () => {
    expect(run('plan', { ...request, halfWidth: 0.6 }).result.know).toMatchObject({ known: false })
    expect(() => findExperiment('plan', { ...request, power: 1 })).toThrow(/no plan/)
    expect(() => findExperiment('plan', { ...request, ratePerSecond: 0 })).toThrow(/ratePerSecond/)
  })
})
