import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultOf } from '../../../engine/formats/read-steps'
import { layoutFlame } from '../../../engine/profile/layout'
import { callTree, type CallTree } from '../../../engine/profile/tree'
import { World } from '../../../engine/worlds'
import { markedSteps, matchSteps, nextMatchSteps, searchOf } from '../../../renderer/state/flame-search'
import { profileOf } from './fixture'

/** Trees of a few functions that call each other and themselves, some twice under one caller's different callers. */
const trees = fc.array(
  fc.tuple(fc.array(fc.constantFrom('a', 'ab', 'b', 'c'), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 })),
  { minLength: 1, maxLength: 25 },
).map((stacks) => {
  const tree = callTree(profileOf(stacks.map(([names, samples]) => [names.join(';'), World.Guest, samples] as const)), { weight: 0, scope: 'total' })
  return { tree, layout: layoutFlame(tree) }
})

const nameOf = ({ frame, frames }: CallTree, node: number) => (node === 0 ? '' : frames.name[frame[node]!]!)

describe('a search in a flame', () => {
  it('marks what has the text in its name, and weighs each sample under a match once', () => {
    fc.assert(fc.property(trees, fc.constantFrom('a', 'b', 'ab', 'z'), fc.integer({ min: 1, max: 30 }), ({ tree }, text, atOnce) => {
      const nodes = [...tree.parent.keys()]
      const isMatch = (node: number) => nameOf(tree, node).includes(text)
      const hasMatchAbove = (node: number): boolean => node > 0 && (isMatch(tree.parent[node]!) || hasMatchAbove(tree.parent[node]!))
      const wanted = {
        matched: Uint8Array.from(nodes, (node) => Number(isMatch(node))), count: nodes.filter(isMatch).length,
        total: nodes.filter((node) => isMatch(node) && !hasMatchAbove(node)).reduce((sum, node) => sum + tree.total[node]!, 0),
      }
      expect(resultOf(matchSteps(tree, searchOf(text)!, atOnce))).toEqual(wanted)
      expect(resultOf(markedSteps(tree, isMatch, atOnce))).toEqual(wanted)
    }))
  })

  it('goes through the matches as they are read, from left to right and then down, forth and back and round', () => {
    fc.assert(fc.property(trees, fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 30 }), ({ tree, layout }, text, atOnce) => {
      const match = resultOf(matchSteps(tree, searchOf(text)!))
      const next = (from: number, step: 1 | -1) => resultOf(nextMatchSteps(layout, match, from, step, atOnce))
      const read = [...layout.node.keys()].filter((box) => match.matched[layout.node[box]!])
        .sort((a, b) => layout.left[a]! - layout.left[b]! || layout.depth[a]! - layout.depth[b]! || a - b).map((box) => layout.node[box]!)
      for (const [i, node] of read.entries()) {
        expect(next(node, 1)).toBe(read[(i + 1) % read.length])
        expect(next(node, -1)).toBe(read.at(i - 1))
      }
      expect(next(-1, 1)).toBe(read[0] ?? -1)
      expect(next(-1, -1)).toBe(read.at(-1) ?? -1)
    }))
  })
})
