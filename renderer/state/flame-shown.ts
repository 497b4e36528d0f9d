import type { Choice, Flame, MadeFlame, Sandwich, UpwardDrawing } from '../../engine/profile/drawings'
import type { Transform } from '../../engine/profile/transforms'
import type { SessionRun } from '../../engine/session/document'
import { hasVmmTime, weightIndex } from './derived'
import { shownRun } from './shown'
import type { Workbench } from './store'
import { refOf } from './transform-words'
import { trees } from './trees'

export type { Drawing } from '../../engine/profile/drawings'

/** A run as the flame shows it: scope, transforms, weight and thread applied. */
export interface ShownFlame extends Choice {
  /** With the range chosen, if there is one. */
  run: SessionRun
  /** For each transform whether it found what it names. */
  found: readonly boolean[]
  /** From callers to callees, with the function table: what the twins show. */
  down: Flame
  /** The denominator: the scope's weight before any transform. */
  whole: number
  /** Worlds that its boxes are of. */
  worlds: readonly number[]
}

const noTransforms: readonly Transform[] = []

/** What the flame is to show of a run (that of `shownRun`). */
export function choiceOf(run: SessionRun, { weight, scope, transforms }: Workbench['document']['view'], thread: number | null): Choice {
  return {
    weight: weightIndex(run.profile, weight), scope: hasVmmTime(run.profile) ? scope : 'total', thread,
    transforms: transforms ?? noTransforms,
  }
}

/** What the flame would show of this run now; null while the trees of a large profile are being made. */
export function shownFlame(state: Pick<Workbench, 'document' | 'flame' | 'range'>, of: SessionRun): ShownFlame | null {
  const run = shownRun(state, of)
  return flameWith(run, choiceOf(run, state.document.view, state.flame.thread))
}

export function flameWith(run: SessionRun, choice: Choice): ShownFlame | null {
  const made = trees.now('flame', [run.profile], choice)
  return made && flameOfMade(run, choice, made)
}

const shown = new WeakMap<MadeFlame, ShownFlame>()

/** The same object each time. */
export function flameOfMade(run: SessionRun, choice: Choice, made: MadeFlame): ShownFlame {
  const known = shown.get(made)
  if (known?.run === run) return known
  const flame = { run, ...choice, ...made }
  shown.set(made, flame)
  return flame
}

/** Leaves first, callers below them; null while it is being made. */
export function invertedOf(flame: ShownFlame): UpwardDrawing | null {
  return trees.now('inverted', [flame.run.profile], plainChoice(flame))
}

/** Around one function; null when nothing of it is left, or while it is being made. */
export function sandwichOf(flame: ShownFlame, step: string): Sandwich | null {
  return trees.now('sandwich', [flame.run.profile], { choice: plainChoice(flame), around: refOf(step) })?.sandwich ?? null
}

/** Only what answers are kept by. */
export function plainChoice({ weight, scope, thread, transforms }: Choice): Choice {
  return { weight, scope, thread, transforms }
}
