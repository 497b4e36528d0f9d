import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Profile } from '../../engine/profile/columns'
import { callersOf, invertedTree } from '../../engine/profile/inverted'
import { calleesOf } from '../../engine/profile/sandwich'
import { applyTransforms, type FrameRef, type Transform } from '../../engine/profile/transforms'
import { callTree, functionTable, type CallTree } from '../../engine/profile/tree'
import { worldIds, worldNames } from '../../engine/worlds'
import { anyProfile, meaning } from '../fixtures/profiles'

/** Weights small enough that every sum of them is exact: then nothing needs a tolerance. */
const exactProfile: fc.Arbitrary<Profile> = anyProfile.map((profile) => ({
  ...profile,
  samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((weight) => weight % 65536)) },
}))
const sum = (column: Float64Array) => column.reduce((a, b) => a + b, 0)
const options = { weight: 0 }
const refOf = (profile: Profile, frame: number): FrameRef => (
  { name: profile.frames.name[frame] ?? 'nowhere', module: profile.frames.module[frame] ?? '' })

/** Every row's frames, outermost first, with its weight: what a transform is meant to change. */
function rowsOf({ stacks, samples, frames }: Profile): { path: string[]; weight: number }[] {
  return Array.from(samples.stack, (leaf, row) => {
    const path: string[] = []
    for (let at = leaf; at >= 0; at = stacks.parent[at]!) path.unshift(nameOf(refOf({ frames } as Profile, stacks.frame[at]!)))
    return { path, weight: samples.weights[0]![row]! }
  })
}
const nameOf = (ref: FrameRef) => `${ref.module}|${ref.name}`

function checkTree(tree: CallTree): void {
  const below = tree.self.slice()
  for (let node = tree.parent.length - 1; node > 0; node--) {
    expect(tree.parent[node]).toBeLessThan(node)
    expect(tree.depth[node]).toBe(tree.depth[tree.parent[node]!]! + 1)
    below[tree.parent[node]!]! += below[node]!
    const next = tree.nextSibling[node]!
    if (next >= 0) {
      expect(tree.parent[next]).toBe(tree.parent[node])
      expect(tree.total[next]).toBeLessThanOrEqual(tree.total[node]!)
    }
  }
  expect([...tree.total]).toEqual([...below])
}

describe('an inverted tree', () => {
  it('holds all self time once, and its functions have theirs', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const down = callTree(profile, { weight: 0, scope: 'total' })
      const table = functionTable(down)
      const up = invertedTree(profile, options)
      checkTree(up)
      expect(up.total[0]).toBe(down.total[0])
      expect(up.cutAtDepth).toBeNull()
      const selfOf = new Map(Array.from(table.frame, (frame, i) => [frame, table.self[i]!]))
      for (let node = up.firstChild[0]!; node >= 0; node = up.nextSibling[node]!) {
        expect(up.total[node]).toBe(selfOf.get(up.frame[node]!))
        selfOf.delete(up.frame[node]!)
      }
      for (const left of selfOf.values()) expect(left).toBe(0)
    }))
  })
  it('keeps its weight when it is cut', () => {
    fc.assert(fc.property(exactProfile, fc.nat(12), (profile, most) => {
      const up = invertedTree(profile, options, most)
      checkTree(up)
      expect(up.total[0]).toBe(sum(profile.samples.weights[0]!))
      if (up.cutAtDepth !== null) expect(Math.max(...up.depth)).toBeLessThanOrEqual(up.cutAtDepth)
    }))
  })
})

describe('a sandwich', () => {
  it('has the function\'s total on both sides', () => {
    fc.assert(fc.property(exactProfile, (profile) => {
      const table = functionTable(callTree(profile, { weight: 0, scope: 'total' }))
      table.frame.forEach((frame, i) => {
        const callees = calleesOf(profile, frame, options)
        const callers = callersOf(profile, frame, options)
        checkTree(callees)
        checkTree(callers)
        expect([callees.total[0], callers.total[0]]).toEqual([table.total[i], table.total[i]])
        expect([callees.frame[0], callers.frame[0]]).toEqual([frame, frame])
        for (let node = 1; node < callees.stack.length; node++) {
          expect(profile.stacks.frame[callees.stack[node]!]).toBe(callees.frame[node])
        }
      })
    }))
  })
})

describe('transforms', () => {
  const any = fc.record({ profile: exactProfile, frame: fc.nat(12), other: fc.nat(12), world: fc.nat(8) })

  it('do to every row what they say', () => {
    fc.assert(fc.property(any, ({ profile, frame }) => {
      const ref = refOf(profile, frame)
      const name = nameOf(ref)
      const before = rowsOf(profile)
      const after = (transform: Transform) => rowsOf(applyTransforms(profile, [transform]).profile)
      const through = before.filter(({ path }) => path.includes(name))
      expect(after({ kind: 'focus-function', frame: ref }))
        .toEqual(through.map(({ path, weight }) => ({ path: path.slice(path.indexOf(name)), weight })))
      expect(after({ kind: 'hide-function', frame: ref })).toEqual(before.filter(({ path }) => !path.includes(name)))
      expect(after({ kind: 'merge-function', frame: ref }))
        .toEqual(before.map(({ path, weight }) => ({ path: path.filter((one) => one !== name), weight })))
      expect(after({ kind: 'collapse-recursion', frame: ref })).toEqual(before.map(({ path, weight }) => {
        const [first, last] = [path.indexOf(name), path.lastIndexOf(name)]
        return { path: first < 0 ? path : path.filter((_, i) => i <= first || i > last), weight }
      }))
    }))
  })
  it('focus one way to a function', () => {
    fc.assert(fc.property(exactProfile, fc.nat(40), fc.nat(4), (profile, row, length) => {
      const before = rowsOf(profile)
      const path = before[row % Math.max(1, before.length)]?.path.slice(0, length + 1) ?? []
      fc.pre(path.length > 0)
      const refs = path.map((name) => ({ module: name.slice(0, name.indexOf('|')), name: name.slice(name.indexOf('|') + 1) }))
      const { profile: after, found } = applyTransforms(profile, [{ kind: 'focus-path', path: refs }])
      expect(found).toEqual([true])
      expect(rowsOf(after)).toEqual(before.filter((one) => path.every((name, i) => one.path[i] === name))
        .map((one) => ({ path: one.path.slice(path.length - 1), weight: one.weight })))
    }))
  })
  it('keep the weight of what they only rename, and split all of it between the worlds', () => {
    fc.assert(fc.property(any, ({ profile }) => {
      const whole = sum(profile.samples.weights[0]!)
      for (const module of new Set(profile.frames.module)) {
        const { profile: after } = applyTransforms(profile, [{ kind: 'collapse-module', module }])
        expect(sum(after.samples.weights[0]!)).toBe(whole)
        const { parent, frame, world } = after.stacks
        parent.forEach((above, stack) => {
          const inside = (at: number) => at >= 0 && after.frames.module[frame[at]!] === module
          if (inside(stack) && inside(above)) expect(frame[above]).not.toBe(frame[stack])
          if (inside(stack)) expect(after.frames.name[frame[stack]!]).toContain(worldNames[world[stack]!])
        })
      }
      const parts = worldIds.map((world) => sum(applyTransforms(profile, [{ kind: 'only-world', world }]).profile.samples.weights[0]!))
      expect(parts.reduce((a, b) => a + b, 0)).toBe(whole)
    }))
  })
  it('name what they did not find, change nothing then, and follow each other', () => {
    fc.assert(fc.property(any, ({ profile, frame, other }) => {
      const nowhere = { name: 'no such function', module: 'nowhere' }
      const list: Transform[] = [{ kind: 'merge-function', frame: nowhere }, { kind: 'collapse-recursion', frame: nowhere }]
      const { profile: same, found } = applyTransforms(profile, list)
      expect(found).toEqual([false, false])
      expect(meaning(same)).toEqual(meaning(profile))
      const [one, two]: Transform[] = [
        { kind: 'merge-function', frame: refOf(profile, frame) }, { kind: 'hide-function', frame: refOf(profile, other) },
      ]
      const both = applyTransforms(profile, [one!, two!])
      const apart = applyTransforms(applyTransforms(profile, [one!]).profile, [two!])
      expect(meaning(both.profile)).toEqual(meaning(apart.profile))
      both.origin.forEach((stack, fresh) => {
        expect(profile.stacks.frame[stack]).toBe(both.profile.stacks.frame[fresh])
      })
    }))
  })
})
