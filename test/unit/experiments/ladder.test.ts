import { describe, expect, it } from 'vitest'
import { ladder, parseLadder } from '../../../engine/experiments/ladder'
import {
  combinationOf, combinations, ladderRest, optimizationsOf, overSeeds, rungs, shapley, type LadderResult, type LadderRun,
} from '../../../engine/experiments/ladder-shares'
import { simulate } from '../../../engine/experiments/simulation'
import { defaultScenario, optimizationIds } from '../../../engine/machine/scenario'
import { rowById } from '../../../engine/paper/rows'

const bytes = 2_000_000

function finished(seeds: number, scenario = defaultScenario): { result: LadderResult; partials: LadderRun[]; steps: number } {
  const work = ladder(parseLadder({ scenario: { ...scenario, bytes }, seeds }))
  const partials: LadderRun[] = []
  for (let steps = 0; ; steps++) {
    const next = work.next()
    if (next.done) return { result: next.value, partials, steps }
    if (next.value.partial) partials.push(next.value.partial)
    expect(next.value.total).toBe(seeds * combinations)
  }
}

describe('the ladder', () => {
  const { result, partials, steps } = finished(2)

  it('runs every combination with every seed, and hands on each as it is done', () => {
    expect(result.runs.map(({ combination, seed }) => `${seed} ${combination}`))
      .toEqual([1, 2].flatMap((seed) => Array.from({ length: 8 }, (_, c) => `${seed} ${c}`)))
    expect(partials).toEqual(result.runs)
    expect(steps).toBeGreaterThan(result.runs.length) // it can be cancelled within a run as well
  })

  it('tells the same of a combination as a run of it does', () => {
    const { report } = simulate({ ...defaultScenario, bytes, seed: 2, optimizations: optimizationsOf(5) })
    const run = result.runs.find(({ combination, seed }) => combination === 5 && seed === 2)!
    expect(run.throughputMbps).toBe(report.throughputMbps)
    expect(run.microseconds).toBeCloseTo((report.simulatedSeconds * 1e6) / report.counts.packetsSent, 9)
    const idle = report.table.find(({ id }) => id === 'guest-idle')!.truthPercent! / 100
    const vmm = report.table.find(({ id }) => id === 'vmm')!.truthPercent! / 100
    expect(run.rows['guest-idle']).toBeCloseTo(idle * vmm * run.microseconds, 9)
  })

  it('gives every cycle to exactly one row, and knows each row', () => {
    for (const { rows, microseconds } of result.runs) {
      expect(Object.values(rows).reduce((sum, row) => sum + row, 0)).toBeCloseTo(microseconds, 9)
      for (const id of Object.keys(rows)) expect(rowById.has(id) || Object.values<string>(ladderRest).includes(id), id).toBe(true)
    }
  })

  it('falls from 2.0 to optimized by as much as its steps, in any order, and as the shares', () => {
    const values = result.runs.slice(0, combinations).map(({ microseconds }) => microseconds)
    const whole = values.at(-1)! - values[0]!
    expect(whole).toBeLessThan(0)
    expect(shapley(values).reduce((sum, share) => sum + share, 0)).toBeCloseTo(whole, 9)
    for (const order of [optimizationIds, [...optimizationIds].reverse()]) {
      const path = rungs(order)
      expect(path[0]).toBe(0)
      expect(path.at(-1)).toBe(combinations - 1)
      const steps = path.slice(1).map((rung, i) => values[rung]! - values[path[i]!]!)
      expect(steps.reduce((sum, step) => sum + step, 0)).toBeCloseTo(whole, 9)
    }
  })

  it('knows no interval of one seed, and Student\'s of two', () => {
    expect(finished(1).result.halfWidthFactor).toBeNull()
    expect(result.halfWidthFactor).toBeCloseTo(12.706 / Math.SQRT2, 3) // t at 97.5 % with one degree of freedom
    expect(overSeeds([1, 3], result.halfWidthFactor)).toMatchObject({ mean: 2, sd: Math.SQRT2 })
    expect(overSeeds([4], null)).toEqual({ mean: 4, sd: null, ci95: null })
  })

  it('runs what was asked for without instruments, and refuses what has no ladder', () => {
    const probes = 'tsc' as const
    expect(parseLadder({ scenario: { ...defaultScenario, probes }, seeds: 3 }).scenario)
      .toEqual({ ...defaultScenario, optimizations: [], samplerHz: 0 })
    expect(() => parseLadder({ scenario: { ...defaultScenario, vm: 'native' }, seeds: 3 })).toThrow('native run')
    for (const seeds of [0, 1.5, 51]) expect(() => parseLadder({ scenario: defaultScenario, seeds })).toThrow('seeds')
    expect(() => parseLadder({ scenario: { ...defaultScenario, seed: 2 ** 32 - 2 }, seeds: 3 })).toThrow('seed')
    expect(() => parseLadder('ladder')).toThrow('unreadable')
  })

  it('names combinations by their optimizations', () => {
    for (let combination = 0; combination < combinations; combination++) {
      expect(combinationOf(optimizationsOf(combination))).toBe(combination)
    }
  })
})
