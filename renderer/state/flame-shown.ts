import type { Profile } from '../../engine/profile/columns'
import { invertedTree, type UpwardTree } from '../../engine/profile/inverted'
import { layoutFlame, type FlameLayout } from '../../engine/profile/layout'
import { calleesOf, callersOf } from '../../engine/profile/sandwich'
import { applyTransforms, onlyVmmTime, withoutVmmFrame, type Transform } from '../../engine/profile/transforms'
import type { CallTree } from '../../engine/profile/tree'
import type { SessionRun } from '../../engine/session/document'
import { flameOf, hasVmmTime, weightIndex, type Flame } from './derived'
import { moduleOfStep, nameOfStep } from './frame-path'
import { shownRun } from './shown'
import type { Workbench } from './store'

/** A run as the flame shows it: scope, transforms, weight and thread applied. */
export interface ShownFlame {
  /** With the range chosen, if there is one. */
  run: SessionRun
  weight: number
  scope: 'total' | 'vmm'
  thread: number | null
  /** The samples left, in stacks of their own. */
  profile: Profile
  /** The run's stack that each of them was; null: they are the run's own. */
  origin: Int32Array | null
  /** For each transform whether it found what it names. */
  found: readonly boolean[]
  /** From callers to callees, with the function table: what the twins show. */
  down: Flame
  /** The denominator: the scope's weight before any transform. */
  whole: number
}

export interface Drawing {
  tree: CallTree
  layout: FlameLayout
}

const noTransforms: readonly Transform[] = []

/** What the flame would show of this run now. Made once for each choice, and kept as long as the profile is. */
export function shownFlame(state: Pick<Workbench, 'document' | 'flame' | 'range'>, of: SessionRun): ShownFlame {
  const run = shownRun(state, of)
  const { view } = state.document
  const scope = hasVmmTime(run.profile) ? view.scope : 'total'
  return flameWith(run, weightIndex(run.profile, view.weight), scope, state.flame.thread, view.transforms ?? noTransforms)
}

const shown = new WeakMap<SessionRun, Map<string, ShownFlame>>()
/** Enough to go back and forth in; a big profile's trees have some ten MB. */
const mostKept = 8

export function flameWith(
  run: SessionRun, weight: number, scope: 'total' | 'vmm', thread: number | null, transforms: readonly Transform[],
): ShownFlame {
  const make = (): ShownFlame => {
    const part = partOf(run.profile, scope, transforms)
    const before = flameOf(run.profile, weight, scope, thread)
    const down = transforms.length === 0 ? before : flameOf(part.profile, weight, 'total', thread)
    return { run, weight, scope, thread, ...part, down, whole: before.tree.total[0]! }
  }
  return kept(shown, run, `${weight} ${scope} ${thread} ${JSON.stringify(transforms)}`, make)
}

interface Part {
  profile: Profile
  origin: Int32Array | null
  found: readonly boolean[]
}

const parts = new WeakMap<Profile, Map<string, Part>>()

/** Profiles do not depend on weight and thread: those share one. */
function partOf(profile: Profile, scope: 'total' | 'vmm', transforms: readonly Transform[]): Part {
  if (scope === 'total' && transforms.length === 0) return { profile, origin: null, found: [] }
  return kept(parts, profile, `${scope} ${JSON.stringify(transforms)}`, () => {
    if (scope === 'total') return applyTransforms(profile, transforms)
    const vmm = onlyVmmTime(profile)
    const changed = applyTransforms(vmm.profile, transforms)
    const bare = withoutVmmFrame(changed.profile)
    const origin = bare.origin.map((stack) => vmm.origin[changed.origin[stack]!]!)
    return { profile: bare.profile, origin, found: changed.found }
  })
}

function kept<Key extends object, Value>(all: WeakMap<Key, Map<string, Value>>, of: Key, key: string, make: () => Value): Value {
  let known = all.get(of)
  if (!known) all.set(of, known = new Map())
  let value = known.get(key)
  if (value === undefined) value = make()
  // the newest last: what was not used for longest goes first
  known.delete(key)
  known.set(key, value)
  if (known.size > mostKept) known.delete(known.keys().next().value!)
  return value
}

const inverted = new WeakMap<ShownFlame, Drawing & { tree: UpwardTree }>()

/** Leaves first, callers below them. */
export function invertedOf(flame: ShownFlame): Drawing & { tree: UpwardTree } {
  let known = inverted.get(flame)
  if (!known) {
    const tree = invertedTree(flame.profile, optionsOf(flame))
    inverted.set(flame, known = { tree, layout: layoutFlame(tree) })
  }
  return known
}

export interface Sandwich {
  callers: Drawing & { tree: UpwardTree }
  callees: Drawing
}

const sandwiches = new WeakMap<ShownFlame, Map<string, Sandwich | null>>()

/** Around one function; null when nothing of it is left. */
export function sandwichOf(flame: ShownFlame, step: string): Sandwich | null {
  const frame = frameOfStep(flame.profile, step)
  if (frame < 0) return null
  return kept<ShownFlame, Sandwich | null>(sandwiches, flame, step, () => {
    const callers = callersOf(flame.profile, frame, optionsOf(flame))
    if (callers.total[0]! <= 0) return null
    const callees = calleesOf(flame.profile, frame, optionsOf(flame))
    return {
      callers: { tree: callers, layout: layoutFlame(callers) }, callees: { tree: callees, layout: layoutFlame(callees) },
    }
  })
}

function frameOfStep({ frames }: Profile, step: string): number {
  const [name, module] = [nameOfStep(step), moduleOfStep(step)]
  return frames.name.findIndex((one, id) => one === name && frames.module[id] === module)
}

function optionsOf({ weight, thread }: ShownFlame): { weight: number; thread?: number } {
  return { weight, ...(thread === null ? {} : { thread }) }
}
