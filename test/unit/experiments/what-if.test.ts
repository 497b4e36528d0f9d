import { describe, expect, it } from 'vitest'
import type { ExperimentStep } from '../../../engine/experiment-kinds'
import { findExperiment } from '../../../engine/experiments/registry'
import { simulate } from '../../../engine/experiments/simulation'
import type { Sweep, SweepCell } from '../../../engine/experiments/sweep-types'
import { endsOf, knobValue } from '../../../engine/experiments/tornado'
import { knobIds, type TornadoBar, type TornadoResult } from '../../../engine/experiments/tornado-types'
import type { WhatIfResult } from '../../../engine/experiments/what-if-types'
import { costGroups, costLabel } from '../../../engine/machine/costs/groups'
import { costIds, costSheet } from '../../../engine/machine/costs/sheet'
import { parseScenario, defaultScenario, type Scenario } from '../../../engine/machine/scenario'
import { PlainErrorException } from '../../../engine/plain-error'
import { paperRunFigures, statusOfRunFigures } from '../../../engine/paper/reference'

function worked(id: string, request: unknown): { result: unknown; partials: unknown[]; steps: ExperimentStep[] } {
  const work = findExperiment(id, request)!.start()
  const [partials, steps]: [unknown[], ExperimentStep[]] = [[], []]
  let step = work.next()
  for (; !step.done; step = work.next()) {
    steps.push(step.value)
    if (step.value.partial !== undefined) partials.push(step.value.partial)
  }
  return { result: step.value, partials, steps }
}

function refusal(id: string, request: unknown): string {
  try {
    findExperiment(id, request)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PlainErrorException)
    return (thrown as PlainErrorException).plain.what
  }
  return 'was taken'
}

const small: Scenario = { ...defaultScenario, bytes: 300_000 }

describe('what-if', () => {
  it.each<[string, Partial<Scenario>]>([
    ['as it is', {}],
    ['with a clock, a link and costs of its own', { custom: { name: 'what-if', mhz: 500, linkMbps: 1000, costs: { worldSwitch: 2000, copyPerByte: 0.5 } } }],
    ['with section 4\'s ideas, receiving', { whatIfs: ['pic-inlined', 'no-skb-copy'], direction: 'receive' }],
  ])('gives what run gives for the same scenario, %s', (_, change) => {
    const scenario = parseScenario({ ...small, ...change })
    const { result, steps } = worked('what-if', { scenario })
    const run = simulate(scenario)
    expect((result as WhatIfResult).digest).toBe(run.digest)
    expect((result as WhatIfResult).report).toEqual(run.report)
    expect(steps.length).toBeGreaterThan(3)
  })
  it('refuses what a run would refuse, and names the field', () => {
    expect(refusal('what-if', { scenario: { ...small, custom: { name: 'x', mhz: 1 } } })).toContain('mhz 1 is out of range')
    expect(refusal('what-if', {})).toContain('scenario')
    expect(refusal('what-if', null)).toContain('what-if')
  })
  it('overtakes runs, while sweeps and tornados wait for them', () => {
    expect(findExperiment('what-if', { scenario: small })!.rank).toBe('interactive')
    expect(findExperiment('sweep', sweepRequest)!.rank).toBe('background')
  })
})

const sweepRequest = { machine: 'pc-733', configurations: ['native', '2.0', 'optimized'], sizes: [1024, 4096], seeds: [1, 2, 3], bytes: 1_000_000 }

describe('a sweep', () => {
  it('has a cell for each size and configuration, told as they are done, with every run counted', () => {
    const { result, partials, steps } = worked('sweep', sweepRequest)
    const { cells, request } = result as Sweep
    expect(request).toEqual(sweepRequest)
    expect(cells.map(({ sendSize, configuration }) => `${sendSize} ${configuration}`)).toEqual([
      '1024 native', '1024 2.0', '1024 optimized', '4096 native', '4096 2.0', '4096 optimized',
    ])
    expect(partials).toEqual(cells)
    expect(steps.at(-1)).toMatchObject({ done: 18, total: 18, unit: 'runs' })
    expect(steps.every((step, i) => i === 0 || step.done >= steps[i - 1]!.done)).toBe(true)
  })
  it('has the figures of the runs it stands for', () => {
    const { cells } = worked('sweep', sweepRequest).result as Sweep
    const cell = cells.find((one) => one.configuration === '2.0' && one.sendSize === 4096)!
    const runs = sweepRequest.seeds.map((seed) => simulate({ ...defaultScenario, optimizations: [], bytes: 1_000_000, seed }).report)
    const mean = runs.reduce((sum, { throughputMbps }) => sum + throughputMbps, 0) / 3
    expect(cell.throughputMbps.mean).toBeCloseTo(mean, 9)
    expect(cell.throughputMbps.n).toBe(3)
    expect(cell.throughputMbps.ci95![0]).toBeLessThan(mean)
    expect(cell.idlePercent.mean).toBeCloseTo(runs.reduce((sum, { idlePercent }) => sum + idlePercent.direct!, 0) / 3, 9)
  })
  it('keeps, when it is stopped, the cells that it has told', () => {
    const work = findExperiment('sweep', sweepRequest)!.start()
    let first: SweepCell | null = null
    for (let step = work.next(); !step.done && !first; step = work.next()) first = (step.value.partial as SweepCell | undefined) ?? null
    work.return(undefined)
    expect(first).toEqual((worked('sweep', { ...sweepRequest, sizes: [1024], configurations: ['native'] }).result as Sweep).cells[0])
  })
  it.each<[Record<string, unknown>, string]>([
    [{ machine: 'pc-9000' }, 'machine'], [{ configurations: [] }, 'at least one configuration'],
    [{ configurations: ['2.0', '2.0'] }, 'twice'], [{ sizes: [0] }, 'send size 0 is out of range'],
    [{ sizes: [4096, 70000] }, 'send size 70000'], [{ seeds: [1.5] }, 'seed 1.5'], [{ bytes: -1 }, 'bytes -1'],
    [{ custom: { name: 'x', linkMbps: 0 } }, 'linkMbps 0'], [{ more: 1 }, 'more'],
  ])('refuses %j', (change, words) => {
    expect(refusal('sweep', { ...sweepRequest, ...change })).toContain(words)
  })
  it('names the paper\'s whole-run figures only for the scenarios that it measured', () => {
    expect(paperRunFigures({ ...defaultScenario, optimizations: [] })).toEqual({ throughputMbps: 64, idlePercent: 0 })
    expect(paperRunFigures(defaultScenario)).toEqual({ throughputMbps: null, idlePercent: 21.7 })
    expect(statusOfRunFigures({ ...defaultScenario, optimizations: [] })).toEqual({ throughputMbps: 'calibrated', idlePercent: 'predicted' })
    expect(statusOfRunFigures(defaultScenario)).toEqual({ throughputMbps: 'predicted', idlePercent: 'calibrated' })
    for (const change of [{ machine: 'pc-350' as const }, { sendSize: 512 }, { vm: 'native' as const }, { custom: { name: 'x' } }]) {
      expect(paperRunFigures({ ...defaultScenario, optimizations: [], ...change })).toEqual({ throughputMbps: null, idlePercent: null })
    }
  })
})

const tornadoRequest = { scenario: { ...small, optimizations: [] }, swing: 'range', knobs: ['mhz', 'worldSwitch', 'guestTimer', 'probePair'], seeds: [1, 2, 3] }

describe('a tornado', () => {
  it('turns every entry to both ends, and finds what matters', () => {
    const { result, partials, steps } = worked('tornado', tornadoRequest)
    const { bars, base } = result as TornadoResult
    expect(partials).toEqual(bars)
    expect(steps.at(-1)).toMatchObject({ done: 27, total: 27, unit: 'runs' })
    const bar = (knob: string) => bars.find((one) => one.knob === knob)!
    const swing = (one: TornadoBar) => Math.abs(one.high!.effects.throughputMbps!.mean - one.low!.effects.throughputMbps!.mean)
    expect(bar('worldSwitch').low!.value).toBe(costSheet.worldSwitch.low)
    expect(bar('worldSwitch').low!.effects.throughputMbps!.mean).toBeGreaterThan(0)
    expect(bar('worldSwitch').high!.effects.throughputMbps!.mean).toBeLessThan(0)
    expect(bar('mhz').low!.value).toBeCloseTo(0.8 * 733, 5)
    expect(swing(bar('worldSwitch'))).toBeGreaterThan(10 * swing(bar('guestTimer')))
    // probes are free here: their cost moves nothing, and that is known exactly
    expect(bar('probePair').high!.effects.throughputMbps).toMatchObject({ mean: 0, sd: 0, ci95: null })
    expect(base.throughputMbps!.n).toBe(3)
  })
  it('is refused with a seed or an entry twice: the same run again is no evidence', () => {
    expect(refusal('tornado', { ...tornadoRequest, seeds: [1, 1] })).toContain('seeds: one is there twice')
    expect(refusal('tornado', { ...tornadoRequest, knobs: ['mhz', 'mhz'] })).toContain('knobs: one is there twice')
  })
  it('takes the difference seed by seed from the same run with one entry changed', () => {
    const { bars } = worked('tornado', { ...tornadoRequest, seeds: [7], knobs: ['worldSwitch'], swing: 'percent' }).result as TornadoResult
    const value = costSheet.worldSwitch.value
    const of = (worldSwitch: number) => simulate({
      ...small, optimizations: [], seed: 7, ...(worldSwitch === value ? {} : { custom: { name: 'what-if', costs: { worldSwitch } } }),
    }).report.throughputMbps
    const high = Math.round(value * 1.2)
    expect(bars[0]!.high).toMatchObject({ value: high })
    expect(bars[0]!.high!.effects.throughputMbps!.mean).toBeCloseTo(of(high) - of(value), 9)
  })
  it('says why an end cannot be run', () => {
    const scenario = { ...small, custom: { name: 'x', costs: { peerDither: 60, peerLatency: 61 } } }
    const { bars } = worked('tornado', { scenario, swing: 'range', knobs: ['peerLatency'], seeds: [1] }).result as TornadoResult
    expect(bars[0]!.low).toBeNull()
    expect(bars[0]!.high).not.toBeNull()
    expect(bars[0]!.problem).toContain('peerDither 60 is out of range')
  })
  it('never turns anything beyond what a machine may be', () => {
    for (const knob of knobIds) {
      for (const swing of ['range', 'percent'] as const) {
        const [low, high] = endsOf(knob, knobValue(defaultScenario, knob), swing)
        expect(low, knob).toBeGreaterThan(0)
        expect(high, knob).toBeGreaterThan(low)
      }
    }
  })
  it('refuses what is no request', () => {
    expect(refusal('tornado', { ...tornadoRequest, knobs: ['spoon'] })).toContain('knobs.0')
    expect(refusal('tornado', { ...tornadoRequest, seeds: [] })).toContain('seeds')
    expect(refusal('tornado', { ...tornadoRequest, scenario: {} })).toContain('machine')
  })
})

describe('the parts of the machine', () => {
  it('hold every entry of the sheet once', () => {
    expect(costGroups.flatMap(({ costs }) => costs).sort()).toEqual([...costIds].sort())
  })
  it('have names that people can tell apart', () => {
    expect(new Set(costIds.map(costLabel)).size).toBe(costIds.length)
    expect(costLabel('vmappEventLoop')).toBe('VMApp event loop')
    expect(costLabel('nicReceiveDma')).toBe('NIC receive DMA')
  })
})
