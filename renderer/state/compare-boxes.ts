import type { Drawing } from '../../engine/profile/drawings'
import type { Differences } from '../../engine/profile/difference'
import type { PairChoice, PairDrawings, WorldSizes } from '../../engine/profile/pair-drawings'
import type { PairedWeight } from '../../engine/profile/paired'
import type { TreeArgs } from '../../engine/profile/tree-work'
import type { UnionTree } from '../../engine/profile/union'
import type { SessionRun } from '../../engine/session/document'
import { effectiveSizes } from '../../engine/session/effective-sizes'
import type { Measure, Pair } from './compare'
import { nodeOf, type FramePath } from './frame-path'
import { placeOfNode } from './layout-boxes'
import type { Zoom } from './store'

/** One of the three icicles: A, B, or the mean of both that the difference is drawn on. All have one numbering of nodes. */
export interface Icicle extends Drawing {
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

export function pairChoice(scope: 'total' | 'vmm', weight: PairedWeight, { wholeA, wholeB }: Measure): PairChoice {
  return { scope, weights: { a: weight.a, b: weight.b }, wholes: { a: wholeA, b: wholeB }, evidence: weight.evidence }
}

/** `whole`: the runs of the session, of which the pair may show a range. */
export function boxesArgs(pair: Pair, whole: Pair, choice: PairChoice): TreeArgs<'pair'> {
  return { choice, sizes: { a: sizesOf(pair.a, whole.a), b: sizesOf(pair.b, whole.b) } }
}

/** Samples of a box depend on each other as those of its world do, of which the reader found how many they count for. */
function sizesOf(shown: SessionRun, whole: SessionRun): WorldSizes {
  return [...effectiveSizes(shown, whole) ?? []]
}

export function boxesOf({ union, a, b, mean, differences }: PairDrawings, weight: PairedWeight, measure: Measure): CompareBoxes {
  return {
    union, weight, measure, differences, a: { ...a, whole: measure.wholeA }, b: { ...b, whole: measure.wholeB },
    mean: { ...mean, whole: mean.tree.total[0]! },
  }
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
