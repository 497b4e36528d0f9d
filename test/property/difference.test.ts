import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../engine/machine/random'
import { importProfile } from '../../engine/formats/open-profile'
import type { Profile } from '../../engine/profile/columns'
import { compareFunctions } from '../../engine/profile/compare'
import { differencesOfParts, type Differences, type Evidence, type PartColumns } from '../../engine/profile/difference'
import { layoutFlame } from '../../engine/profile/layout'
import { callTree, type CallTree } from '../../engine/profile/tree'
import { meanOfSides, treeOfUnion, unionTree, type UnionTree } from '../../engine/profile/union'
import { anyProfile } from '../fixtures/profiles'

const capture = (name: string): Profile => importProfile(name, new Uint8Array(readFileSync(`test/fixtures/${name}`))).profile
const captures = [capture('perf-sym-pcnet.txt.gz'), capture('perf-sym-system2-pcnet.txt.gz'), capture('go-encoding-json.pb.gz')]

/** Profiles of up to some hundred samples, and the captures: weights small enough that their sums are exact. */
const exact = fc.oneof(
  { weight: 9, arbitrary: anyProfile.map((profile) => ({
    ...profile, samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((weight) => weight % 256)) },
  })) },
  { weight: 1, arbitrary: fc.constantFrom(...captures) },
)
const treeOf = (profile: Profile): CallTree => callTree(profile, { weight: 0, scope: 'total' })
const partsOf = ({ a, b }: UnionTree): PartColumns => ({ a: a.total, b: b.total, wholeA: a.total[0]!, wholeB: b.total[0]! })
const scale = fc.double({ min: 0.5, max: 500, noNaN: true })
const evidences = fc.constantFrom<Evidence>('sampled', 'counted', 'none')

/** Code that a process makes for itself is one function on both sides, whatever number its process had. */
const ofAnyProcess = (name: string) => name.replace(/perf-(\d+|\*)\.map/, 'perf-*.map')

/** A box by the names on its way: the same in both directions of a comparison. */
function pathsOf({ parent, frame, frames }: UnionTree): string[] {
  const paths = ['']
  for (let node = 1; node < parent.length; node++) {
    paths.push(`${paths[parent[node]!]}\n${frames.module[frame[node]!]}\t${frames.name[frame[node]!]}`)
  }
  return paths
}

function expectTurned(there: Differences, back: Differences, same: (part: number) => number): void {
  expect(there.tested).toBe(back.tested)
  there.difference.forEach((_, part) => {
    const other = same(part)
    expect(there.difference[part]).toBe(0 - back.difference[other]!)
    expect(there.lo[part]! + 0).toBe(0 - back.hi[other]!)
    expect(there.verdict[part]! + back.verdict[other]!).toBe(0)
    expect(there.a[part]).toBe(back.b[other])
  })
}

describe('unions of trees', () => {
  it('hold the weights of both sides, path by path, and nothing else', () => {
    fc.assert(fc.property(exact, exact, (x, y) => {
      const [a, b] = [treeOf(x), treeOf(y)]
      const union = unionTree(a, b)
      for (const [tree, side, nodeOf] of [[a, union.a, union.nodeA], [b, union.b, union.nodeB]] as const) {
        expect(side.self.reduce((sum, weight) => sum + weight, 0)).toBe(tree.total[0])
        const seen = [...nodeOf].filter((node) => node >= 0).sort((one, other) => one - other)
        expect(seen).toEqual(Array.from(tree.parent.keys()))
        nodeOf.forEach((node, at) => {
          if (node <= 0) return
          expect(ofAnyProcess(union.frames.name[union.frame[at]!]!)).toBe(ofAnyProcess(tree.frames.name[tree.frame[node]!]!))
          expect(nodeOf[union.parent[at]!]).toBe(tree.parent[node])
          expect(union.depth[at]).toBe(tree.depth[node])
        })
      }
    }), { numRuns: 60 })
  })
  it('stand in one order, whichever side is A', () => {
    fc.assert(fc.property(exact, exact, (x, y) => {
      const order = (union: UnionTree) => {
        const paths = pathsOf(union)
        return [...layoutFlame(treeOfUnion(union, meanOfSides(union, 1, 1))).node].map((node) => paths[node])
      }
      const [a, b] = [treeOf(x), treeOf(y)]
      expect(order(unionTree(a, b))).toEqual(order(unionTree(b, a)))
    }), { numRuns: 60 })
  })
  it('are wide enough for their children when drawn at the mean of both', () => {
    fc.assert(fc.property(exact, exact, scale, scale, (x, y, scaleA, scaleB) => {
      const union = unionTree(treeOf(x), treeOf(y))
      const { total } = meanOfSides(union, scaleA, scaleB)
      const below = new Float64Array(total.length)
      for (let node = 1; node < total.length; node++) below[union.parent[node]!]! += total[node]!
      below.forEach((width, node) => expect(width).toBeLessThanOrEqual(total[node]! * (1 + 1e-9)))
    }), { numRuns: 60 })
  })
})

describe('differences of boxes', () => {
  it('of a profile with itself are 0, and grey, whatever the evidence', () => {
    fc.assert(fc.property(exact, evidences, scale, (profile, evidence, one) => {
      const union = unionTree(treeOf(profile), treeOf(profile))
      const { difference, verdict, lo, hi } = differencesOfParts(partsOf(union), { scaleA: one, scaleB: one, evidence })
      expect(difference.every((change) => change === 0)).toBe(true)
      expect(verdict.every((one) => one === 0)).toBe(true)
      if (evidence === 'sampled') lo.forEach((end, node) => expect(!(end > 0) && !(hi[node]! < 0)).toBe(true))
    }), { numRuns: 60 })
  })
  it('of B and A are those of A and B with every sign turned', () => {
    fc.assert(fc.property(exact, exact, evidences, scale, scale, (x, y, evidence, scaleA, scaleB) => {
      const [a, b] = [treeOf(x), treeOf(y)]
      const [there, back] = [unionTree(a, b), unionTree(b, a)]
      const places = new Map(pathsOf(back).map((path, node) => [path, node]))
      const paths = pathsOf(there)
      expect(there.parent.length).toBe(back.parent.length)
      expectTurned(
        differencesOfParts(partsOf(there), { scaleA, scaleB, evidence }),
        differencesOfParts(partsOf(back), { scaleA: scaleB, scaleB: scaleA, evidence }),
        (node) => places.get(paths[node]!)!,
      )
    }), { numRuns: 60 })
  })
  it('lie in their interval, and a verdict only where that leaves 0 out', () => {
    fc.assert(fc.property(exact, exact, (x, y) => {
      const parts = partsOf(unionTree(treeOf(x), treeOf(y)))
      const { difference, lo, hi, verdict } = differencesOfParts(parts, { scaleA: 100, scaleB: 100, evidence: 'sampled' })
      difference.forEach((change, node) => {
        if (Number.isNaN(lo[node]!)) return
        expect(lo[node]).toBeLessThanOrEqual(change)
        expect(hi[node]).toBeGreaterThanOrEqual(change)
        if (verdict[node]! > 0) expect(lo[node]).toBeGreaterThan(0)
        if (verdict[node]! < 0) expect(hi[node]).toBeLessThan(0)
      })
    }), { numRuns: 60 })
  })
  it('are less sure where samples count for fewer independent ones', () => {
    const parts = { a: Float64Array.of(300), b: Float64Array.of(350), wholeA: 1000, wholeB: 1000 }
    const width = (effective: number) => {
      const { lo, hi } = differencesOfParts(parts, { scaleA: 1, scaleB: 1, evidence: 'sampled', effectiveA: () => effective, effectiveB: () => effective })
      return hi[0]! - lo[0]!
    }
    expect(width(100)).toBeGreaterThan(3 * width(1000))
  })
  it('of many boxes that do not differ are mostly grey: of all differences called real few are not', () => {
    const parts = { a: new Float64Array(400).fill(300), b: Float64Array.from({ length: 400 }, (_, i) => 300 + 43 * Number(i % 20 === 0)), wholeA: 1000, wholeB: 1000 }
    const options = { scaleA: 100, scaleB: 100, evidence: 'sampled' as const }
    const alone = differencesOfParts({ ...parts, a: parts.a.slice(0, 1), b: parts.b.slice(0, 1) }, options)
    expect(alone.verdict[0]).toBe(1) // p of about 0.04 by itself
    expect(differencesOfParts(parts, options).verdict.some((one) => one !== 0)).toBe(false)
  })
  it('without any difference call one real in no more than one of twenty trees, parents and siblings together', () => {
    const random = new Random(7, 1)
    const chances = Array.from({ length: 30 }, (_, leaf) => 1 / (leaf + 3))
    const all = chances.reduce((sum, chance) => sum + chance, 0)
    /** 1000 samples of 30 leaves; boxes are the leaves, six parents of five of them, and the whole. */
    const boxes = () => {
      const found = new Float64Array(37)
      for (let sample = 0; sample < 1000; sample++) {
        let at = (random.next() / 2 ** 32) * all
        let leaf = 0
        while (leaf < 29 && at >= chances[leaf]!) at -= chances[leaf++]!
        for (const box of [leaf, 30 + Math.floor(leaf / 5), 36]) found[box]!++
      }
      return found
    }
    let wrong = 0
    for (let trial = 0; trial < 400; trial++) {
      const { verdict } = differencesOfParts({ a: boxes(), b: boxes(), wholeA: 1000, wholeB: 1000 }, { scaleA: 100, scaleB: 100, evidence: 'sampled' })
      if (verdict.some((one) => one !== 0)) wrong++
    }
    expect(wrong / 400).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400)) // three standard errors of 400 trials
  })
  it('of true figures count from a thousandth of the larger whole on', () => {
    const parts = { a: Float64Array.of(5000, 5000, 5000), b: Float64Array.of(5009, 5011, 4980), wholeA: 10000, wholeB: 10000 }
    expect([...differencesOfParts(parts, { scaleA: 100, scaleB: 100, evidence: 'counted' }).verdict]).toEqual([0, 1, -1])
  })
})

describe('differences of functions', () => {
  it('of a profile with itself are 0, and turn their sign when A and B are exchanged', () => {
    fc.assert(fc.property(exact, exact, (x, y) => {
      const [a, b] = [treeOf(x), treeOf(y)]
      for (const { self, total } of compareFunctions(a, a)) expect([self.a, total.a]).toEqual([self.b, total.b])
      const back = new Map(compareFunctions(b, a).map((row) => [`${row.module}\n${row.name}`, row]))
      const there = compareFunctions(a, b)
      expect(there.length).toBe(back.size)
      for (const { module, name, self, total } of there) {
        const other = back.get(`${module}\n${name}`)!
        expect([self.a, self.b, total.a, total.b]).toEqual([other.self.b, other.self.a, other.total.b, other.total.a])
      }
    }), { numRuns: 40 })
  })
})
