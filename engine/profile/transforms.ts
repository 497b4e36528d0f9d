import { worldIds, worldNames } from '../worlds'
import { rowsWhere, samplesAt, type FrameTable, type Profile } from './columns'
import { NewStacks, dropped, frameless, usedStacks, type Remapped } from './remap'
import { rootFrames } from './roots'

/** A function by what is printed of it, never by an id: so that a list of transforms can be replayed on any profile. */
export interface FrameRef {
  name: string
  module: string
}

/**
 * What can be done to a profile before it is drawn. Plain data, kept in a session as an ordered list.
 *
 * - `focus-function`: only samples through the function; it becomes the outermost frame (its outermost call where it recurs).
 * - `focus-path`: the same for one way to it, outermost frame first; VMM time may be left out of its beginning, as it is
 *   where VMM time is the whole.
 * - `hide-function`: samples through the function are dropped.
 * - `merge-function`: the function disappears, its time goes to its caller.
 * - `collapse-recursion`: what lies between the outermost and the innermost call of the function disappears.
 * - `collapse-module`: each run of calls inside a module, in one world, becomes one frame with the names of both.
 * - `only-world`: only samples whose innermost frame is of this world (`worldIds`).
 */
export type Transform =
  | { kind: 'focus-function'; frame: FrameRef }
  | { kind: 'focus-path'; path: FrameRef[] }
  | { kind: 'hide-function'; frame: FrameRef }
  | { kind: 'merge-function'; frame: FrameRef }
  | { kind: 'collapse-recursion'; frame: FrameRef }
  | { kind: 'collapse-module'; module: string }
  | { kind: 'only-world'; world: string }

export interface Transformed extends Remapped {
  /** For each transform of the list, whether it found what it names in what those before it had left. */
  found: boolean[]
}

type Step = Remapped & { found: boolean }

/** The list applied in its order. Pure; all columns are new but for the names of frames, which may be shared. */
export function applyTransforms(profile: Profile, transforms: readonly Transform[]): Transformed {
  let at: Remapped = { profile, origin: Int32Array.from(profile.stacks.parent.keys()) }
  const found: boolean[] = []
  for (const transform of transforms) {
    const step = applyOne(at.profile, transform)
    at = { profile: step.profile, origin: step.origin.map((stack) => at.origin[stack]!) }
    found.push(step.found)
  }
  return { ...at, found }
}

/** Only the samples under VMM time, the outermost frame of what the VMM does. */
export function onlyVmmTime(profile: Profile): Remapped {
  const isVmm = framesNamed(profile, rootFrames.vmm)
  return rebuilt(profile, dropped, (stack, above, stacks) => {
    const outermost = profile.stacks.parent[stack]! < 0
    return (outermost ? isVmm[profile.stacks.frame[stack]!] : above !== dropped) ? stacks.keep(stack, above) : dropped
  })
}

/** The same samples without VMM time as their outermost frame: "of VMM time", that is the whole and no box in it. */
export function withoutVmmFrame(profile: Profile): Remapped {
  const isVmm = framesNamed(profile, rootFrames.vmm)
  return rebuilt(profile, frameless, (stack, above, stacks) => {
    const outermost = profile.stacks.parent[stack]! < 0
    return outermost && isVmm[profile.stacks.frame[stack]!] ? frameless : stacks.keep(stack, above)
  })
}

function framesNamed({ frames }: Profile, name: string): Uint8Array {
  return Uint8Array.from(frames.name, (one) => (one === name ? 1 : 0))
}

function applyOne(profile: Profile, transform: Transform): Step {
  switch (transform.kind) {
    case 'focus-function': return focus(profile, [transform.frame], false)
    case 'focus-path': return focus(profile, transform.path, true)
    case 'hide-function': return hide(profile, transform.frame)
    case 'merge-function': return merge(profile, transform.frame)
    case 'collapse-recursion': return collapseRecursion(profile, transform.frame)
    case 'collapse-module': return collapseModule(profile, transform.module)
    case 'only-world': return onlyWorld(profile, worldIds.indexOf(transform.world))
    // of a session that a newer version saved
    default: return { profile, origin: Int32Array.from(profile.stacks.parent.keys()), found: false }
  }
}

interface Keeper {
  /** The same frame in the same world under another parent. */
  keep(stack: number, parent: number): number
  /** Another frame in its place. */
  put(stack: number, parent: number, frame: number): number
}

/** Goes through all used stacks, parents first; `place` says where each goes, given where its parent went. */
function rebuilt(
  profile: Profile, framelessTo: typeof frameless | typeof dropped,
  place: (stack: number, above: number, stacks: Keeper) => number, frames: FrameTable = profile.frames,
): Remapped {
  const { parent, frame, world } = profile.stacks
  const fresh = new NewStacks()
  const keeper: Keeper = {
    keep: (stack, above) => fresh.child(above, frame[stack]!, world[stack]!, stack),
    put: (stack, above, other) => fresh.child(above, other, world[stack]!, stack),
  }
  const used = usedStacks(profile)
  const moved = new Int32Array(parent.length).fill(dropped)
  for (let stack = 0; stack < parent.length; stack++) {
    if (used[stack]) moved[stack] = place(stack, parent[stack]! < 0 ? frameless : moved[parent[stack]!]!, keeper)
  }
  return fresh.remapped(profile, { stack: moved, framelessTo }, frames)
}

/** 1 for each frame of that name and module. */
function framesLike({ frames }: Profile, { name, module }: FrameRef): Uint8Array {
  return Uint8Array.from(frames.name, (one, id) => (one === name && frames.module[id] === module ? 1 : 0))
}

/** `anchored`: the path has to begin at the outermost frame. */
function focus(profile: Profile, path: readonly FrameRef[], anchored: boolean): Step {
  const wanted = path.map((frame) => framesLike(profile, frame))
  const { parent, frame } = profile.stacks
  const isVmm = framesNamed(profile, rootFrames.vmm)
  // how many frames of the path have been met on the way to each stack
  const met = new Int32Array(parent.length).fill(-1)
  let found = false
  const step = rebuilt(profile, dropped, (stack, above, stacks) => {
    const before = parent[stack]! < 0 ? 0 : met[parent[stack]!]!
    if (before === wanted.length) {
      met[stack] = before
      return stacks.keep(stack, above)
    }
    const next = before >= 0 && wanted[before]![frame[stack]!] === 1
    const mayFollow = !anchored || (parent[stack]! < 0 && isVmm[frame[stack]!] === 1)
    met[stack] = next ? before + 1 : mayFollow ? before : -1
    if (met[stack] !== wanted.length) return dropped
    found = true
    return stacks.keep(stack, frameless)
  })
  return { ...step, found }
}

function hide(profile: Profile, ref: FrameRef): Step {
  const hidden = framesLike(profile, ref)
  let found = false
  const step = rebuilt(profile, frameless, (stack, above, stacks) => {
    if (above === dropped) return dropped
    if (!hidden[profile.stacks.frame[stack]!]) return stacks.keep(stack, above)
    found = true
    return dropped
  })
  return { ...step, found }
}

function merge(profile: Profile, ref: FrameRef): Step {
  const merged = framesLike(profile, ref)
  let found = false
  const step = rebuilt(profile, frameless, (stack, above, stacks) => {
    if (!merged[profile.stacks.frame[stack]!]) return stacks.keep(stack, above)
    found = true
    return above
  })
  return { ...step, found }
}

function collapseRecursion(profile: Profile, ref: FrameRef): Step {
  const like = framesLike(profile, ref)
  const { parent, frame } = profile.stacks
  /** Where the outermost call of the function went, of stacks inside it. */
  const outermost = new Int32Array(parent.length).fill(-1)
  let found = false
  const step = rebuilt(profile, frameless, (stack, above, stacks) => {
    const open = parent[stack]! < 0 ? -1 : outermost[parent[stack]!]!
    outermost[stack] = open
    if (!like[frame[stack]!]) return stacks.keep(stack, above)
    found ||= open >= 0
    return outermost[stack] = open >= 0 ? open : stacks.keep(stack, above)
  })
  return { ...step, found }
}

function collapseModule(profile: Profile, module: string): Step {
  const { frames, stacks: { parent, frame, world } } = profile
  const inside = (stack: number) => frames.module[frame[stack]!] === module
  const short = module.slice(module.lastIndexOf('/') + 1) || 'unknown module'
  // a frame for each world: one box has one colour
  const extended = {
    name: [...frames.name, ...worldNames.map((name) => `${short} (${name})`)],
    module: [...frames.module, ...worldNames.map(() => module)],
  }
  let found = false
  const step = rebuilt(profile, frameless, (stack, above, stacks) => {
    if (!inside(stack)) return stacks.keep(stack, above)
    found = true
    const caller = parent[stack]!
    const goesOn = caller >= 0 && inside(caller) && world[caller] === world[stack]
    return goesOn ? above : stacks.put(stack, above, frames.name.length + world[stack]!)
  }, extended)
  return { ...step, found }
}

function onlyWorld(profile: Profile, wanted: number): Step {
  const { samples, stacks } = profile
  const worldOf = (stack: number) => (stack < 0 ? worldIds.length - 1 : stacks.world[stack])
  const kept = rowsWhere(samples, (row) => worldOf(samples.stack[row]!) === wanted)
  const step = rebuilt({ ...profile, samples: samplesAt(samples, kept) }, frameless, (stack, above, fresh) => fresh.keep(stack, above))
  return { ...step, found: kept.length > 0 }
}
