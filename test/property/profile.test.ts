import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTrees, partsOf, shareDifference } from '../../engine/profile/compare'
import { sampleCount } from '../../engine/profile/columns'
import type { Profile } from '../../engine/profile/columns'
import { cull, layoutFlame } from '../../engine/profile/layout'
import { callTree, functionTable } from '../../engine/profile/tree'
import { newcombe, wilson } from '../../engine/statistics/share'
import { anyProfile } from '../fixtures/profiles'

/** Weights small enough that every sum of them is exact: then nothing needs a tolerance. */
const exactProfile: fc.Arbitrary<Profile> = anyProfile.map((profile) => ({
  ...profile,
  samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((weight) => weight % 65536)) },
}))
const sum = (column: Float64Array) => column.reduce((a, b) => a + b, 0)

describe('call trees', () => {
  it('conserve weight: the whole is the sum of the rows, and of every self', () => {
    fc.assert(fc.property(exactProfile, fc.nat(2), (profile, k) => {
      const weight = k % profile.weightTypes.length
      const tree = callTree(profile, { weight, scope: 'total' })
      expect(tree.total[0]).toBe(sum(profile.samples.weights[weight]!))
      expect(sum(tree.self)).toBe(tree.total[0])
    }))
  })
  it('give every node its own and its children\'s weight, parents first, siblings by descending total', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const tree = callTree(profile, { weight: 0, scope: 'total' })
      const below = tree.self.slice()
      for (let node = tree.parent.length - 1; node > 0; node--) {
        expect(tree.parent[node]).toBeLessThan(node)
        expect(tree.depth[node]).toBe(tree.depth[tree.parent[node]!]! + 1)
        below[tree.parent[node]!]! += below[node]!
        const next = tree.nextSibling[node]!
        if (next >= 0) expect(tree.total[next]).toBeLessThanOrEqual(tree.total[node]!)
      }
      expect([...tree.total]).toEqual([...below])
    }))
  })
  it('split by thread without loss', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const threads = profile.threads.map((_, thread) => callTree(profile, { weight: 0, scope: 'total', thread }).total[0]!)
      if (profile.samples.thread) expect(threads.reduce((a, b) => a + b, 0)).toBe(sum(profile.samples.weights[0]!))
    }))
  })
  it('make function tables whose selves are all there is and whose totals are no more than the whole', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const tree = callTree(profile, { weight: 0, scope: 'total' })
      const table = functionTable(tree)
      expect(sum(table.self) + tree.self[0]!).toBe(tree.total[0])
      table.frame.forEach((_, i) => {
        expect(table.total[i]).toBeGreaterThanOrEqual(table.self[i]!)
        expect(table.total[i]).toBeLessThanOrEqual(tree.total[0]!)
      })
    }))
  })
})

describe('layouts', () => {
  it('hold every box inside its parent, without overlap, and widths that sum to the whole', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const tree = callTree(profile, { weight: 0, scope: 'total' })
      const { node, left, width, rowStart, childStart } = layoutFlame(tree)
      expect([...node].sort((a, b) => a - b)).toEqual(Array.from(tree.parent.keys()))
      expect(rowStart.at(-1)).toBe(node.length)
      for (let box = 0; box < node.length; box++) {
        let edge = left[box]!
        for (let child = childStart[box]!; child < childStart[box + 1]!; child++) {
          expect(tree.parent[node[child]!]).toBe(node[box])
          expect(left[child]).toBeCloseTo(edge, 12)
          edge = left[child]! + width[child]!
        }
        expect(edge).toBeLessThanOrEqual(left[box]! + width[box]! + 1e-12)
      }
      const selves = node.reduce((all, id) => all + tree.self[id]!, 0)
      if (tree.total[0]! > 0) expect(selves / tree.total[0]!).toBeCloseTo(width[0]!, 12)
    }))
  })
  it('are culled to exactly the boxes in range while none is too narrow', () => {
    fc.assert(fc.property(exactProfile, fc.nat(99), fc.integer({ min: 1, max: 100 }), (profile, from, wide) => {
      const layout = layoutFlame(callTree(profile, { weight: 0, scope: 'total' }))
      const [lo, hi] = [from / 100, Math.min(1, (from + wide) / 100)]
      const out = new Int32Array(layout.node.length)
      const seen = [...out.subarray(0, cull(layout, lo, hi, 1, 0, out))]
      const expected = Array.from(layout.node.keys()).filter((box) =>
        box === 0 || (layout.left[box]! < hi && layout.left[box]! + layout.width[box]! > lo))
      expect(seen).toEqual(expected)
    }))
  })
  it('are culled to an amount that depends on the pixels', () => {
    fc.assert(fc.property(exactProfile, fc.integer({ min: 1, max: 30 }), (profile, pixels) => {
      const layout = layoutFlame(callTree(profile, { weight: 0, scope: 'total' }))
      const out = new Int32Array(layout.node.length)
      const rows = layout.rowStart.length - 1
      // in a row, a wide box and the first narrow one beside it need a pixel between them
      expect(cull(layout, 0, 1, pixels, 1, out)).toBeLessThanOrEqual(rows * (2 * pixels + 2))
    }))
  })
})

describe('comparisons', () => {
  const trees = (a: Profile, b: Profile) =>
    [a, b].map((profile) => callTree(profile, { weight: 0, scope: 'total' })) as [ReturnType<typeof callTree>, ReturnType<typeof callTree>]

  it('of a profile with itself are 0 everywhere', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const [a, b] = trees(profile, profile)
      const both = compareTrees(a, b)
      expect(both.parent.length).toBe(a.parent.length)
      both.parent.forEach((_, node) => {
        expect(shareDifference(partsOf(both, node), false)?.difference ?? 0).toBe(0)
      })
    }))
  })
  it('turn their sign when A and B are exchanged, path by path', () => {
    fc.assert(fc.property(exactProfile, exactProfile, (x, y) => {
      const [a, b] = trees(x, y)
      const there = compareTrees(a, b)
      const back = compareTrees(b, a)
      const byNodes = new Map(Array.from(back.parent.keys(), (node) => [`${back.nodeB[node]} ${back.nodeA[node]}`, node]))
      expect(there.parent.length).toBe(back.parent.length)
      there.parent.forEach((_, node) => {
        const other = byNodes.get(`${there.nodeA[node]} ${there.nodeB[node]}`)!
        const [d, minus] = [partsOf(there, node), partsOf(back, other)].map((parts) => shareDifference(parts, true))
        expect((d?.difference ?? 0) + (minus?.difference ?? 0)).toBeCloseTo(0, 12)
        expect((d?.lo ?? 0) + (minus?.hi ?? 0)).toBeCloseTo(0, 12)
      })
    }))
  })
})

describe('shares', () => {
  const hitsOf = fc.integer({ min: 1, max: 1e6 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)))
  it('lie in their interval, and the interval in 0..1', () => {
    fc.assert(fc.property(hitsOf, ([hits, n]) => {
      const [lo, hi] = wilson(hits, n)!
      expect(lo).toBeGreaterThanOrEqual(0)
      expect(lo).toBeLessThanOrEqual(hits / n)
      expect(hi).toBeGreaterThanOrEqual(hits / n)
      expect(hi).toBeLessThanOrEqual(1)
      const [mirroredLo, mirroredHi] = wilson(n - hits, n)!
      expect(mirroredLo).toBeCloseTo(1 - hi, 10)
      expect(mirroredHi).toBeCloseTo(1 - lo, 10)
    }))
  })
  it('of all worlds sum to one', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const tree = callTree(profile, { weight: 0, scope: 'total' })
      const worlds = new Float64Array(9)
      tree.self.forEach((self, node) => worlds[tree.world[node]!]! += self)
      if (tree.total[0]! > 0) expect(sum(worlds.map((self) => self / tree.total[0]!))).toBeCloseTo(1, 12)
      expect(sampleCount(profile)).toBe(profile.samples.weights[0]!.length)
    }))
  })
  it('differ within an interval that holds 0 when they are equal', () => {
    fc.assert(fc.property(hitsOf, ([hits, n]) => {
      const same = newcombe(hits, n, hits, n)!
      expect(same.difference).toBe(0)
      expect(same.lo).toBeLessThanOrEqual(0)
      expect(same.hi).toBeGreaterThanOrEqual(0)
    }))
  })
})
