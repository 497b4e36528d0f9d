import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffOf, weightOf, type Diff, type DiffFigure, type DiffSide } from '../../engine/cli/diff-figures'
import { limitOf, regressionsOf } from '../../engine/cli/diff-limits'
import { classifiedRun } from '../../engine/cli/rules'
import { simulate } from '../../engine/experiments/simulation'
import { importProfile } from '../../engine/formats/open-profile'
import { emptyLoadReport } from '../../engine/formats/load-report'
import { defaultScenario, optimizationsOfPreset } from '../../engine/machine/scenario'
import type { Profile } from '../../engine/profile/columns'
import type { SessionRun } from '../../engine/session/document'
import { anyProfile } from '../fixtures/profiles'

const side = (run: SessionRun): DiffSide =>
  ({ file: run.name, run, table: run.kind === 'simulated' ? run.report.table : classifiedRun(run, null).table.rows })

function capture(name: string): DiffSide {
  const { profile, format, report, rules } = importProfile(name, new Uint8Array(readFileSync(`test/fixtures/${name}`)))
  return side({ kind: 'imported', id: name, name, source: { fileName: name, format, report }, rules, profile })
}

function simulated(vm: '2.0' | 'optimized', seed: number): DiffSide {
  const scenario = { ...defaultScenario, optimizations: [...optimizationsOfPreset(vm)], bytes: 400_000, samplerHz: 5000, seed }
  return side({ kind: 'simulated', id: `${vm} ${seed}`, name: vm, ...simulate(scenario) })
}

const real = [
  capture('perf-sym-pcnet.txt.gz'), capture('perf-sym-system2-pcnet.txt.gz'), capture('go-encoding-json.pb.gz'),
  simulated('2.0', 1), simulated('optimized', 2),
]
const made = anyProfile.map((profile: Profile): DiffSide => {
  // weights small enough that their sums are exact
  const weights = profile.samples.weights.map((column) => column.map((weight) => weight % 256))
  const exact = { ...profile, samples: { ...profile.samples, weights } }
  return side({ kind: 'imported', id: 'made', name: 'made', source: { fileName: 'made', format: 'made', report: emptyLoadReport('made', '') }, profile: exact })
})
const anySide = fc.oneof({ weight: 3, arbitrary: made }, { weight: 1, arbitrary: fc.constantFrom(...real) })
const of = fc.constantFrom('self' as const, 'total' as const)

const diff = (a: DiffSide, b: DiffSide, time: 'self' | 'total'): Diff =>
  diffOf(a, b, { of: time, weight: weightOf(a.run.profile, b.run.profile, undefined).weight! })

/** Every figure by what it is of. */
function figures({ rows, worlds, functions }: Diff): Map<string, DiffFigure> {
  return new Map<string, DiffFigure>([
    ...rows.map((row) => [`row ${row.id}`, row] as const), ...worlds.map((world) => [`world ${world.id}`, world] as const),
    ...functions.map((one) => [`function ${one.module}\n${one.name}`, one] as const),
  ])
}

const turned = { higher: 'lower', lower: 'higher', 'no evidence': 'no evidence' } as const
const negative = (value: number | null) => (value === null ? null : 0 - value)

describe('diff', () => {
  it('of a side with itself has no evidence of anything', () => {
    fc.assert(fc.property(anySide, of, (a, time) => {
      for (const [what, { points, ci95, verdict }] of figures(diff(a, a, time))) {
        expect([what, points === null ? 0 : points]).toEqual([what, 0])
        expect([null, 'no evidence']).toContain(verdict)
        if (ci95) expect(ci95[0] <= 0 && ci95[1] >= 0).toBe(true)
      }
    }), { numRuns: 40 })
  })

  it('of B and A is that of A and B with every sign turned', () => {
    fc.assert(fc.property(anySide, anySide, of, (a, b, time) => {
      const there = figures(diff(a, b, time))
      const back = figures(diff(b, a, time))
      expect([...back.keys()].sort()).toEqual([...there.keys()].sort())
      for (const [what, figure] of there) {
        const other = back.get(what)!
        expect([figure.a, figure.b, negative(figure.points)]).toEqual([other.b, other.a, other.points === null ? null : other.points + 0])
        expect(figure.verdict && turned[figure.verdict]).toBe(other.verdict)
        if (figure.ci95) expect([0 - figure.ci95[1], 0 - figure.ci95[0]]).toEqual(other.ci95!.map((end) => end + 0))
        else expect(other.ci95).toBeNull()
      }
    }), { numRuns: 40 })
  })

  it('breaks no limit the other way round, and none with more allowed than there is', () => {
    fc.assert(fc.property(fc.constantFrom(...real), fc.constantFrom(...real), (a, b) => {
      const found = diff(a, b, 'self')
      for (const { id, points, verdict } of found.worlds) {
        if (verdict === null || points === null) continue
        const broken = (way: 'more' | 'less', allowed: string) => regressionsOf(found, [limitOf(`world:${id}${allowed}`, way)]).length
        expect(broken('more', '')).toBe(verdict === 'higher' ? 1 : 0)
        expect(broken('less', '')).toBe(verdict === 'lower' ? 1 : 0)
        expect(broken('more', `:${Math.ceil(Math.abs(points))}`) + broken('less', `:${Math.ceil(Math.abs(points))}`)).toBe(0)
      }
    }), { numRuns: 25 })
  })
})
