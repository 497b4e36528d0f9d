import type { Profile } from '../../engine/profile/columns'
import { differencesOfParts, type Differences } from '../../engine/profile/difference'
import { layoutFlame, type FlameLayout } from '../../engine/profile/layout'
import type { CallTree } from '../../engine/profile/tree'
import { meanOfSides, treeOfUnion, unionTree, type UnionTree } from '../../engine/profile/union'
import type { SessionRun } from '../../engine/session/document'
import { effectiveSizes } from '../../engine/session/effective-sizes'
import type { PairedWeight } from '../../engine/profile/paired'
import type { Measure, Pair } from './compare'
import { flameOf } from './derived'
import { nodeOf, type FramePath } from './frame-path'
import { placeOfNode } from './layout-boxes'
import type { Zoom } from './store'

/** One of the three icicles: A, B, or the mean of both that the difference is drawn on. All have one numbering of nodes. */
export interface Icicle {
  tree: CallTree
  layout: FlameLayout
  /** Width of the whole in the measure's unit. */
  whole: number
}

export interface CompareBoxes {
  union: UnionTree
  weight: PairedWeight
  measure: Measure
  a: Icicle
  b: Icicle
  mean: Icicle
  differences: Differences
}

interface Union {
  union: UnionTree
  a: Pick<Icicle, 'tree' | 'layout'>
  b: Pick<Icicle, 'tree' | 'layout'>
}

const unions = new WeakMap<Profile, WeakMap<Profile, Map<string, Union>>>()

/** Kept as long as both profiles are. */
function unionOf({ a, b }: Pair, weight: PairedWeight, scope: 'total' | 'vmm'): Union {
  let ofA = unions.get(a.profile)
  if (!ofA) unions.set(a.profile, ofA = new WeakMap())
  let known = ofA.get(b.profile)
  if (!known) ofA.set(b.profile, known = new Map())
  const key = `${weight.a} ${weight.b} ${scope}`
  let found = known.get(key)
  if (!found) {
    const union = unionTree(flameOf(a.profile, weight.a, scope, null).tree, flameOf(b.profile, weight.b, scope, null).tree)
    const laidOut = (tree: CallTree) => ({ tree, layout: layoutFlame(tree) })
    found = { union, a: laidOut(treeOfUnion(union, union.a)), b: laidOut(treeOfUnion(union, union.b)) }
    known.set(key, found)
  }
  return found
}

/** `whole`: the runs of the session, of which the pair may show a range. */
export function compareBoxes(pair: Pair, whole: Pair, scope: 'total' | 'vmm', weight: PairedWeight, measure: Measure): CompareBoxes {
  const { union, a, b } = unionOf(pair, weight, scope)
  const { wholeA, wholeB } = measure
  const mean = treeOfUnion(union, meanOfSides(union, wholeA, wholeB))
  const effective = { a: effectiveOf(union, pair.a, whole.a), b: effectiveOf(union, pair.b, whole.b) }
  return {
    union, weight, measure,
    a: { ...a, whole: wholeA }, b: { ...b, whole: wholeB },
    mean: { tree: mean, layout: layoutFlame(mean), whole: mean.total[0]! },
    differences: differencesOfParts(
      { a: union.a.total, b: union.b.total, wholeA: union.a.total[0]!, wholeB: union.b.total[0]! },
      {
        scaleA: wholeA, scaleB: wholeB, evidence: weight.evidence,
        ...(effective.a ? { effectiveA: effective.a } : {}), ...(effective.b ? { effectiveB: effective.b } : {}),
      },
    ),
  }
}

/** Samples of a box depend on each other as those of its world do, of which the reader found how many they count for. */
function effectiveOf({ world }: UnionTree, shown: SessionRun, whole: SessionRun): ((node: number) => number) | null {
  const sizes = effectiveSizes(shown, whole)
  return sizes ? (node) => sizes.get(world[node]!) ?? Infinity : null
}

/** All three begin at the zoomed box's left edge and span the widest of them: one scale. Null: no such box there. */
export function rangesOf({ a, b, mean }: Pick<CompareBoxes, 'a' | 'b' | 'mean'>, zoom: FramePath): (Zoom | null)[] {
  const node = nodeOf(mean.tree, zoom)
  const places = [a, b, mean].map(({ layout, whole }) => {
    if (node < 0) return null
    const { left, width } = placeOfNode(layout, node)
    return width > 0 ? { left: left * whole, width: width * whole } : null
  })
  const width = Math.max(...places.map((place) => place?.width ?? 0))
  return places.map((place) => place && { from: place.left, to: place.left + width })
}
