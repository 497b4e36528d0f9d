import { worldIds } from '../worlds'
import type { Profile } from './columns'
import { callersOf, invertedTree, type UpwardTree } from './inverted'
import { layoutFlame, type FlameLayout } from './layout'
import { calleesOf } from './sandwich'
import { applyTransforms, onlyVmmTime, withoutVmmFrame, type FrameRef, type Transform } from './transforms'
import { callTree, functionTable, wholeOf, type CallTree, type FunctionTable } from './tree'

/** What of a profile is drawn. */
export interface Choice {
  weight: number
  scope: 'total' | 'vmm'
  /** Null: all threads together. */
  thread: number | null
  transforms: readonly Transform[]
}

/** A tree and where its boxes lie. `stack` of its nodes are the profile's own stacks, whatever was done to it. */
export interface Drawing {
  tree: CallTree
  layout: FlameLayout
}

export interface UpwardDrawing extends Drawing {
  tree: UpwardTree
}

/** From callers to callees, with its functions. */
export interface Flame extends Drawing {
  functions: FunctionTable
}

export interface MadeFlame {
  down: Flame
  /** For each transform whether it found what it names. */
  found: boolean[]
  /** The denominator: the scope's weight before any transform. */
  whole: number
  /** Worlds that its boxes are of, ascending. */
  worlds: number[]
}

export function flameDrawing(profile: Profile, choice: Choice): MadeFlame {
  const { transforms, scope } = choice
  if (transforms.length === 0) {
    const tree = callTree(profile, { ...optionsOf(choice), scope })
    return { down: { ...laidOut(tree), functions: functionTable(tree) }, found: [], whole: tree.total[0]!, worlds: worldsOf(tree) }
  }
  const part = partOf(profile, choice)
  const tree = withOrigin(callTree(part.profile, { ...optionsOf(choice), scope: 'total' }), part.origin)
  return {
    down: { ...laidOut(tree), functions: functionTable(tree) }, found: part.found,
    whole: wholeOf(profile, { ...optionsOf(choice), scope }), worlds: worldsOf(tree),
  }
}

function worldsOf({ world }: CallTree): number[] {
  const seen = new Uint8Array(worldIds.length)
  for (let node = 1; node < world.length; node++) seen[world[node]!] = 1
  return [...seen.keys()].filter((one) => seen[one])
}

/** Leaves first, callers below them. */
export function invertedDrawing(profile: Profile, choice: Choice): UpwardDrawing {
  const part = partOf(profile, choice)
  return laidOut(withOrigin(invertedTree(part.profile, optionsOf(choice)), part.origin))
}

export interface Sandwich {
  callers: UpwardDrawing
  callees: Drawing
}

/** Around one function; null when nothing of it is left. */
export function sandwichDrawings(profile: Profile, choice: Choice, around: FrameRef): { sandwich: Sandwich | null } {
  const { profile: part, origin } = partOf(profile, choice)
  const frame = part.frames.name.findIndex((name, id) => name === around.name && part.frames.module[id] === around.module)
  if (frame < 0) return { sandwich: null }
  const callers = callersOf(part, frame, optionsOf(choice))
  if (callers.total[0]! <= 0) return { sandwich: null }
  const callees = calleesOf(part, frame, optionsOf(choice))
  return { sandwich: { callers: laidOut(withOrigin(callers, origin)), callees: laidOut(withOrigin(callees, origin)) } }
}

function laidOut<Tree extends CallTree>(tree: Tree): { tree: Tree; layout: FlameLayout } {
  return { tree, layout: layoutFlame(tree) }
}

/** Null: the stacks are the profile's own. */
function withOrigin<Tree extends CallTree>(tree: Tree, origin: Int32Array | null): Tree {
  return origin ? { ...tree, stack: tree.stack.map((stack) => (stack < 0 ? stack : origin[stack]!)) } : tree
}

function optionsOf({ weight, thread }: Choice): { weight: number; thread?: number } {
  return { weight, ...(thread === null ? {} : { thread }) }
}

interface Part {
  profile: Profile
  origin: Int32Array | null
  found: boolean[]
}

const parts = new WeakMap<Profile, Map<string, Part>>()
/** The one on screen, and the one that was there before. */
const mostParts = 2

/** What scope and transforms leave: it does not depend on weight and thread, and all orders of drawing share one. */
function partOf(profile: Profile, { scope, transforms }: Choice): Part {
  if (scope === 'total' && transforms.length === 0) return { profile, origin: null, found: [] }
  const known = parts.get(profile) ?? new Map<string, Part>()
  parts.set(profile, known)
  const key = `${scope} ${JSON.stringify(transforms)}`
  let part = known.get(key)
  if (!part) known.set(key, part = makePart(profile, scope, transforms))
  if (known.size > mostParts) known.delete(known.keys().next().value!)
  return part
}

function makePart(profile: Profile, scope: Choice['scope'], transforms: readonly Transform[]): Part {
  if (scope === 'total') return applyTransforms(profile, transforms)
  const vmm = onlyVmmTime(profile)
  const changed = applyTransforms(vmm.profile, transforms)
  const bare = withoutVmmFrame(changed.profile)
  return {
    profile: bare.profile, found: changed.found,
    origin: bare.origin.map((stack) => vmm.origin[changed.origin[stack]!]!),
  }
}
