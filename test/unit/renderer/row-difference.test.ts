import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newcombe } from '../../../engine/statistics/share'
import { StackBuilder } from '../../../engine/profile/columns'
import { pairedWeights, worldDifferences } from '../../../engine/profile/paired'
import { World } from '../../../engine/worlds'
import { differenceOf, differenceOfRows, differencesOfTables } from '../../../renderer/state/row-difference'
import { compareWorlds } from '../../../renderer/state/world-shares'
import { importedRun, rowOf, simulatedProfile } from './fixture'

const counts = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('differences', () => {
  it('of two sampled rows have exactly Newcombe\'s interval', () => {
    fc.assert(fc.property(counts, counts, ([hitsA, nA], [hitsB, nB]) => {
      const expected = newcombe(hitsB, nB, hitsA, nA)!
      const rows = differenceOfRows(rowOf((100 * hitsA) / nA, hitsA, nA), rowOf((100 * hitsB) / nB, hitsB, nB))
      expect(rows.ci95![0]).toBeCloseTo(100 * expected.lo, 9)
      expect(rows.ci95![1]).toBeCloseTo(100 * expected.hi, 9)
    }))
  })

  it('turn round when the sides do', () => {
    fc.assert(fc.property(counts, counts, ([hitsA, nA], [hitsB, nB]) => {
      const a = rowOf((100 * hitsA) / nA, hitsA, nA)
      const b = rowOf((100 * hitsB) / nB, hitsB, nB)
      const [there, back] = [differenceOfRows(a, b), differenceOfRows(b, a)]
      expect(there.points).toBeCloseTo(-back.points!, 10)
      expect(there.ci95![0]).toBeCloseTo(-back.ci95![1], 10)
      expect(there.verdict === 'lower').toBe(back.verdict === 'higher')
    }))
  })

  it('of a row with itself are no evidence', () => {
    const row = rowOf(30, 300, 1000)
    expect(differenceOfRows(row, row)).toMatchObject({ points: 0, verdict: 'no-evidence', words: 'no evidence of a difference' })
  })

  it('of a whole table allow for the number of rows: one weak row among many is no evidence, a strong one is', () => {
    const row = (id: string, hits: number) => ({ ...rowOf((100 * hits) / 1000, hits, 1000), id })
    const a = Array.from({ length: 20 }, (_, i) => row(`r${i}`, 300))
    const b = a.map((one, i) => row(one.id, i === 0 ? 343 : i === 1 ? 500 : 300)) // 4.3 points: p about 0.04 alone
    expect(differenceOfRows(a[0], b[0]).verdict).toBe('higher')
    const together = differencesOfTables(a, b)
    expect(together.get('r0')).toMatchObject({ verdict: 'no-evidence', words: 'no evidence: among 20 rows chance does that' })
    expect(together.get('r1')!.verdict).toBe('higher')
    expect(together.get('r2')!.words).toBe('no evidence of a difference')
  })

  it('are said in words', () => {
    expect(differenceOf(-9.6, [-10.2, -8.9])).toMatchObject({ verdict: 'lower', words: 'lower by 9.6 points [8.9, 10.2]' })
    // an interval that leaves zero out is not written as one that holds it
    expect(differenceOf(1.7, [0.3, 3.1]).words).toBe('higher by 1.7 points [0.3, 3.1]')
    expect(differenceOf(-1.7, [-3.1, -0.3]).words).toBe('lower by 1.7 points [0.3, 3.1]')
    expect(differenceOf(3, [2, 4]).words).toBe('higher by 3 points [2, 4]')
    expect(differenceOfRows(rowOf(null), rowOf(5, 5, 100)).words).toBe('no figure in A')
    expect(differenceOfRows(rowOf(5, 5, 100), undefined).words).toBe('no figure in B')
    expect(differenceOfRows(rowOf(5), rowOf(9)).words).toContain('no verdict')
  })

  it('of worlds work between a simulated and an imported profile', () => {
    const { rows, evidence } = compareWorlds(simulatedProfile(), importedRun('x').profile)
    expect(evidence).toBe('sampled')
    const vmm = rows.find((row) => row.world === World.Vmm)!
    expect(vmm.b).toBeCloseTo(40)
    expect(vmm.difference.verdict).toBe('higher')
    expect(rows.reduce((sum, row) => sum + row.a, 0)).toBeCloseTo(100)
    expect(rows.reduce((sum, row) => sum + row.b, 0)).toBeCloseTo(100)
    expect(rows.every((row) => row.a > 0 || row.b > 0)).toBe(true)
  })

  it('of worlds are less sure where the samples count for fewer independent ones', () => {
    const [a, b] = [simulatedProfile(), importedRun('x').profile]
    const width = (effective: object) => {
      const { ci95 } = compareWorlds(a, b, effective).rows.find((row) => row.world === World.Vmm)!.difference
      return ci95![1] - ci95![0]
    }
    expect(width({ b: new Map([[World.Vmm, 3]]) })).toBeGreaterThan(1.2 * width({}))
  })

  it('of worlds by true figures have no interval, and are counted', () => {
    const counted = (other = 0) => {
      const { weightTypes, samples, ...profile } = simulatedProfile(other)
      return { ...profile, weightTypes: [weightTypes[1]!], samples: { ...samples, weights: [samples.weights[1]!] }, defaultWeight: 0 }
    }
    const { rows, evidence } = compareWorlds(counted(), counted(100))
    expect(evidence).toBe('counted')
    expect(rows.every((row) => row.difference.ci95 === null && /counted$/.test(row.difference.words))).toBe(true)
  })

  it('of worlds allow for how many there are, in the window as on the command line', () => {
    // seven worlds of 1000 samples; two differ by 4 points: an interval of each alone leaves zero out
    const profile = (first: number) => {
      const builder = new StackBuilder()
      const hits = [first, ...Array.from({ length: 5 }, () => 100), 500 - first]
      const stack = Int32Array.from(hits, (_, world) => builder.stackId(-1, builder.frameId(`f${world}`, ''), world as World))
      return {
        name: 'x', ...builder.tables(), threads: [], defaultWeight: 0, samples: { stack, weights: [Float64Array.from(hits)] },
        weightTypes: [{ name: 'samples', unit: 'count' as const, kind: 'sampled' as const }],
      }
    }
    const [a, b] = [profile(250), profile(290)]
    const { rows } = compareWorlds(a, b)
    expect(rows[0]!.difference.ci95![0]).toBeGreaterThan(0)
    expect(rows[0]!.difference.words).toBe('no evidence: among 7 worlds chance does that')
    const cli = worldDifferences(a, b, pairedWeights(a, b)[0]!)
    const signs = { higher: 1, lower: -1, 'no-evidence': 0, 'not-comparable': 0 }
    expect(rows.map(({ difference }) => signs[difference.verdict])).toEqual([...cli.differences.verdict])
    expect(compareWorlds(a, profile(450)).rows[0]!.difference.verdict).toBe('higher')
  })
})
