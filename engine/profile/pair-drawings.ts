import { World } from '../worlds'
import type { FrameTable, Profile } from './columns'
import { differencesOfParts, type Differences, type Evidence } from './difference'
import type { Drawing } from './drawings'
import { layoutFlame } from './layout'
import { functionDifferences, type FunctionDifferences } from './paired'
import { callTree, type CallTree } from './tree'
import { meanOfSides, treeOfUnion, unionTree, type UnionTree } from './union'

/** What of two profiles is compared, A's and B's. */
export interface PairChoice {
  scope: 'total' | 'vmm'
  weights: Sides<number>
  /** What the whole of each side is in the unit shown. */
  wholes: Sides<number>
  evidence: Evidence
}

export interface Sides<T> {
  a: T
  b: T
}

/** By world, how many independent samples a side's samples count for; null: as many as there are. */
export type WorldSizes = readonly (readonly [world: number, samples: number])[] | null

/** Two profiles as boxes that have one numbering of nodes. */
export interface PairDrawings {
  union: UnionTree
  a: Drawing
  b: Drawing
  /** The mean of both, which the difference is drawn on. */
  mean: Drawing
  differences: Differences
}

export function pairDrawings(profiles: Sides<Profile>, choice: PairChoice, sizes: Sides<WorldSizes>): PairDrawings {
  const { a, b } = treesOf(profiles, choice)
  const union = unionTree(a, b)
  const { wholes, evidence } = choice
  const effective = (of: WorldSizes) => {
    const known = of && new Map(of)
    return known && ((node: number) => known.get(union.world[node]!) ?? Infinity)
  }
  const drawn = (tree: CallTree) => ({ tree, layout: layoutFlame(tree) })
  return {
    union, a: drawn(treeOfUnion(union, union.a)), b: drawn(treeOfUnion(union, union.b)),
    mean: drawn(treeOfUnion(union, meanOfSides(union, wholes.a, wholes.b))),
    differences: differencesOfParts(
      { a: union.a.total, b: union.b.total, wholeA: union.a.total[0]!, wholeB: union.b.total[0]! },
      { scaleA: wholes.a, scaleB: wholes.b, evidence, ...effectiveOptions({ a: effective(sizes.a), b: effective(sizes.b) }) },
    ),
  }
}

export interface PairFunctions extends FunctionDifferences {
  /** 1 for each function that runs only while the guest is idle: more of it is neither slower nor faster. */
  idle: Uint8Array
}

/** Functions whatever their callers, of both sides. A function may run in several worlds: it counts for what the least of them does. */
export function pairFunctions(
  profiles: Sides<Profile>, choice: PairChoice, of: 'self' | 'total', sizes: Sides<number | null>,
): PairFunctions {
  const { a, b } = treesOf(profiles, choice)
  const effective = (size: number | null) => (size === null ? null : () => size)
  const { rows, differences } = functionDifferences([a, b], of, {
    scaleA: choice.wholes.a, scaleB: choice.wholes.b, evidence: choice.evidence,
    ...effectiveOptions({ a: effective(sizes.a), b: effective(sizes.b) }),
  })
  const busy = new Set([a, b].flatMap(busyFunctions))
  return { rows, differences, idle: Uint8Array.from(rows, ({ module, name }) => Number(!busy.has(keyOf(module, name)))) }
}

function treesOf(profiles: Sides<Profile>, { weights, scope }: PairChoice): Sides<CallTree> {
  return { a: keptTree(profiles.a, weights.a, scope), b: keptTree(profiles.b, weights.b, scope) }
}

const trees = new WeakMap<Profile, { key: string; tree: CallTree }>()

/** Boxes and functions of a pair, and its next measure, are made of the same two trees. */
function keptTree(profile: Profile, weight: number, scope: 'total' | 'vmm'): CallTree {
  const key = `${weight} ${scope}`
  const known = trees.get(profile)
  if (known?.key === key) return known.tree
  const tree = callTree(profile, { weight, scope })
  trees.set(profile, { key, tree })
  return tree
}

type Effective = ((part: number) => number) | null

function effectiveOptions({ a, b }: Sides<Effective>) {
  return { ...(a ? { effectiveA: a } : {}), ...(b ? { effectiveB: b } : {}) }
}

function busyFunctions({ frame, frames, world }: CallTree): string[] {
  const busy = new Uint8Array(frames.name.length)
  for (let node = 1; node < frame.length; node++) if (world[node] !== World.GuestIdle) busy[frame[node]!] = 1
  return namesWhere(frames, busy)
}

function namesWhere({ name, module }: FrameTable, wanted: Uint8Array): string[] {
  return name.flatMap((one, frame) => (wanted[frame] ? [keyOf(module[frame]!, one)] : []))
}

const keyOf = (module: string, name: string) => `${module}\n${name}`
