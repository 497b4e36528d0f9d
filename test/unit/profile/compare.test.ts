import { describe, expect, it } from 'vitest'
import { compareFunctions, compareRows, compareTrees, partsOf, shareDifference, unlikeSamples } from '../../../engine/profile/compare'
import { callTree } from '../../../engine/profile/tree'
import type { TableRow } from '../../../engine/run-report'
import { newcombe } from '../../../engine/statistics/share'
import { someReport } from '../../fixtures/session'
import { folded } from './build'

/** As `treeOf`, with modules behind an @. */
function jitTree(...lines: string[]) {
  const profile = folded(...lines)
  const split = profile.frames.name.map((name) => name.split('@'))
  return callTree({ ...profile, frames: { name: split.map(([name]) => name!), module: split.map(([, module]) => module ?? '') } }, { weight: 0, scope: 'total' })
}

const treeOf = (...lines: string[]) => callTree(folded(...lines), { weight: 0, scope: 'total' })

describe('compareTrees', () => {
  it('joins two trees by path: A in its order, what only B has behind it', () => {
    const a = treeOf('main;read 6', 'main;old;deep 2')
    const b = treeOf('main;fresh 1', 'main;read 9', 'start 5')
    const both = compareTrees(a, b)
    const lines = Array.from(both.parent, (parent, node) => {
      const [inA, inB] = [both.nodeA[node]!, both.nodeB[node]!]
      const name = inA > 0 ? a.frames.name[a.frame[inA]!] : inB > 0 ? b.frames.name[b.frame[inB]!] : '(all)'
      const parts = partsOf(both, node)
      return `${parent} ${name} ${parts.a}/${parts.wholeA} ${parts.b}/${parts.wholeB}`
    })
    expect(lines).toEqual([
      '-1 (all) 8/8 15/15', '0 main 8/8 10/15', '0 start 0/8 5/15', '1 read 6/8 9/15', '1 old 2/8 0/15', '1 fresh 0/8 1/15',
      '4 deep 2/8 0/15',
    ])
  })
})

describe('code that a process has made for itself', () => {
  const made = (pid: number, weight: number) => `vcpu;[perf-${pid}.map]@/tmp/perf-${pid}.map;helper ${weight}`
  const bothOf = (a: string[], b: string[]) => {
    const both = compareTrees(jitTree(...a), jitTree(...b))
    return Array.from(both.parent, (_, node) => `${Math.sign(both.nodeA[node]!)} ${Math.sign(both.nodeB[node]!)}`).slice(1)
  }

  it('is the same part of the program under another process number', () => {
    expect(bothOf([made(10, 3)], [made(20, 5)])).toEqual(['1 1', '1 1', '1 1'])
    const rows = compareFunctions(jitTree(made(10, 3), 'vcpu;[perf-10.map]@/tmp/perf-10.map 2'), jitTree('vcpu;[perf-20.map]@/tmp/perf-20.map 9'))
    expect(rows.map(({ name, self }) => `${name} ${self.a}>${self.b}`).sort()).toEqual(['[perf-*.map] 2>9', 'helper 3>0', 'vcpu 0>0'])
  })

  it('keeps its own where both sides have it, and loses none of several', () => {
    const two = [made(10, 3), made(11, 4)]
    expect(bothOf(two, two)).toEqual(['1 1', '1 1', '1 1', '1 1', '1 1'])
    // one of A's finds a partner, the other stays A's own
    expect(bothOf(two, [made(20, 5)]).sort()).toEqual(['1 -1', '1 -1', '1 1', '1 1', '1 1'])
    expect(bothOf([made(20, 5)], two).sort()).toEqual(['-1 1', '-1 1', '1 1', '1 1', '1 1'])
  })

  it('of other files is told apart as ever', () => {
    expect(bothOf(['a;f@/tmp/x-1.map 1'], ['a;f@/tmp/x-2.map 1']).sort()).toEqual(['-1 1', '1 -1', '1 1'])
  })
})

describe('shareDifference', () => {
  it('is B minus A, by Newcombe where samples were counted', () => {
    expect(shareDifference({ a: 10, wholeA: 100, b: 30, wholeB: 120 }, true)).toEqual(newcombe(30, 120, 10, 100))
    expect(shareDifference({ a: 10, wholeA: 100, b: 30, wholeB: 120 }, false)).toEqual({ difference: 0.15, lo: null, hi: null })
    expect(shareDifference({ a: 0, wholeA: 0, b: 30, wholeB: 120 }, true)).toBeNull()
  })
})

describe('compareFunctions', () => {
  it('shows what has changed most first, whatever the callers', () => {
    const rows = compareFunctions(treeOf('a;x 5', 'b;x 1', 'a;y 4'), treeOf('a;x 1', 'c;z 9'))
    expect(rows.map(({ name, self, total }) => `${name} ${self.a}>${self.b} ${total.a}>${total.b}`)).toEqual([
      'z 0>9 0>9', 'x 6>1 6>1', 'y 4>0 4>0', 'a 0>0 9>1', 'b 0>0 1>0', 'c 0>0 0>9',
    ])
  })
})

describe('compareRows', () => {
  const row = (changes: Partial<TableRow>): TableRow => ({ ...someReport.table[0]!, ...changes })
  it('subtracts A from B with the interval of the difference', () => {
    const [vmm] = compareRows([row({ percent: 60, ci95: [57, 63] })], [row({ percent: 70, ci95: [66, 74] })])
    expect(vmm!.difference!.points).toBe(10)
    // sqrt(4^2 + 3^2) to either side
    expect(vmm!.difference!.ci95).toEqual([5, 15])
  })
  it('keeps rows that only one run has, and says nothing where one has no figure', () => {
    const rows = compareRows([row({ id: 'x' }), row({ id: 'vmm', percent: null })], [row({}), row({ id: 'y', ci95: null })])
    expect(rows.map(({ id, a, b, difference }) => [id, a !== null, b !== null, difference])).toEqual([
      ['x', true, false, null], ['vmm', true, true, null], ['y', false, true, null],
    ])
    expect(compareRows([row({ ci95: null })], [row({ percent: 70 })])[0]!.difference).toEqual({ points: -1.5, ci95: null })
  })
})

describe('samples of two profiles', () => {
  const counted = (name: string, kind: 'sampled' | 'true' = 'sampled') => {
    const profile = folded('a;b 1')
    profile.weightTypes = [{ name: 'samples', unit: 'count', kind: 'sampled' }, { name, unit: 'cycles', kind }]
    return profile
  }

  it('are alike when they count the same event', () => {
    expect(unlikeSamples(counted('cycles'), counted('cycles'))).toBeNull()
  })

  it('are named where they count different things', () => {
    expect(unlikeSamples(counted('cpu-clock'), counted('cycles'))).toContain('A\'s samples count cpu-clock, B\'s cycles')
    expect(unlikeSamples(counted('cycles', 'true'), counted('cycles'))).toContain('simulated time')
  })
})
