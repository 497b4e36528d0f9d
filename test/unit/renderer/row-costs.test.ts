import { describe, expect, it } from 'vitest'
import type { CallsResult } from '../../../engine/experiments/method/types'
import { findExperiment } from '../../../engine/experiments/registry'
import { simulate } from '../../../engine/experiments/simulation'
import { costSheet } from '../../../engine/machine/costs/sheet'
import { Fn } from '../../../engine/machine/functions'
import { defaultScenario } from '../../../engine/machine/scenario'
import type { SimulatedRun } from '../../../engine/session/document'
import { callsOfFrame, functionOfStep, spentCosts } from '../../../renderer/state/row-costs'
import { stacksOfRow } from '../../../renderer/state/row-stacks'

const scenario = { ...defaultScenario, bytes: 1_000_000 }
const { report, profile, digest } = simulate(scenario)
const run: SimulatedRun = { kind: 'simulated', id: 'run-0', name: 'r', report, digest, profile }
const work = findExperiment('calls', { scenario })!.start()
let next = work.next()
while (!next.done) next = work.next()
const counted = next.value as CallsResult

describe('what a function spends', () => {
  it('is the sheet\'s value, in cycles and on the run\'s CPU', () => {
    const [cost] = spentCosts(Fn.StatusAccess, run)
    expect(cost).toMatchObject({ id: 'lanceStatusAccess', value: 667, spent: 667, factor: 1, custom: false })
    // the paper's 0.91 us at 733 MHz
    expect(cost!.microseconds).toBeCloseTo(0.91, 2)
  })

  it('is more for guest code in a virtual machine, and as the sheet says on a bare one', () => {
    const [hosted] = spentCosts(Fn.TcpTransmit, run)
    expect(hosted!.factor).toBe(costSheet.vmLocality.value)
    expect(hosted!.spent).toBe(Math.round(hosted!.value * hosted!.factor))
    const native = { ...run, report: { ...report, scenario: { ...scenario, vm: 'native' as const, optimizations: [] } } }
    expect(spentCosts(Fn.TcpTransmit, native)[0]).toMatchObject({ factor: 1, spent: hosted!.value })
  })

  it('is the custom machine\'s own where it has one', () => {
    const custom = { ...run, report: { ...report, scenario: { ...scenario, custom: { name: 'mine', costs: { worldSwitch: 1000 } } } } }
    expect(spentCosts(Fn.SwitchToHost, custom)[0]).toMatchObject({ value: 1000, custom: true })
    expect(spentCosts(Fn.SwitchToHost, custom)[0]!.entry.value).toBe(costSheet.worldSwitch.value)
  })
})

describe('the calls of a frame', () => {
  it('times the cost are its cycles, where a call spends one entry once', () => {
    const { path } = stacksOfRow(run, 'pic-access')[0]!
    const calls = callsOfFrame(run, counted, path)!
    expect(calls.everywhere.calls).toBe(report.counts.picAccesses)
    expect(calls.everywhere.cycles).toBe(report.counts.picAccesses * 572)
    expect(calls.here.calls).toBeLessThanOrEqual(calls.everywhere.calls)
    expect(calls.here.cycles).toBe(calls.here.calls * 572)
    // the path of a flame of VMM time
    expect(callsOfFrame(run, counted, path.slice(1))).toEqual(calls)
  })

  it('of all stacks of a function add up', () => {
    const stacks = profile.stacks.frame.reduce<number[]>((all, fn, stack) => (fn === Fn.Privileged ? [...all, stack] : all), [])
    const step = 'vmm monitor\nprivileged instruction'
    expect(functionOfStep(step)).toBe(Fn.Privileged)
    const paths = stacksOfRow(run, 'privileged-instruction').filter(({ path }) => path.at(-1) === step)
    const here = paths.map(({ path }) => callsOfFrame(run, counted, path)!.here.calls)
    expect(here.reduce((sum, calls) => sum + calls, 0)).toBe(callsOfFrame(run, counted, paths[0]!.path)!.everywhere.calls)
    expect(stacks.length).toBeGreaterThanOrEqual(paths.length)
  })

  it('are not said of a run that another engine made', () => {
    const other = { ...run, report: { ...report, books: { cycles: report.books.cycles + 1, attributed: 1 } } }
    expect(callsOfFrame(other, counted, stacksOfRow(run, 'pic-access')[0]!.path)).toBeNull()
  })
})
