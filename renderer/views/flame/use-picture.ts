import { useMemo, useState } from 'react'
import type { PlainError } from '../../../engine/plain-error'
import type { Drawing, UpwardDrawing } from '../../../engine/profile/drawings'
import type { SessionRun } from '../../../engine/session/document'
import { stepOfSelection } from '../../state/flame-selection'
import { choiceOf, flameOfMade, type ShownFlame } from '../../state/flame-shown'
import type { FlameOrder } from '../../state/flame-state'
import { shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { refOf } from '../../state/transform-words'
import { useTrees } from '../../state/trees'

/** All that is drawn, of one and the same choice. */
export interface Picture {
  flame: ShownFlame
  order: FlameOrder
  /** The function in the middle of a sandwich. */
  around: string | null
  /** Null: there is nothing to draw. */
  drawing: Drawing | null
  /** The upper half of a sandwich. */
  callers: UpwardDrawing | null
  /** From this depth on callers are left out; null: all are there. */
  cutAtDepth: number | null
}

export interface Shown {
  /** What was there before, until what was chosen is there; null: nothing yet. */
  picture: Picture | null
  /** It is not what was chosen. */
  stale: boolean
  failure: PlainError | null
}

/** What the flame shows of a run. Trees of a large profile come later than they are asked for. */
export function usePicture(whole: SessionRun): Shown {
  const run = useWorkbench((state) => shownRun(state, whole))
  const view = useWorkbench((state) => state.document.view)
  const thread = useWorkbench((state) => state.flame.thread)
  const order = useWorkbench((state) => state.flame.order)
  const chosenAround = useWorkbench((state) => state.flame.around)
  const step = useWorkbench(({ selection }) => (selection.kind === 'frame' && selection.run === whole.id ? stepOfSelection(selection) : ''))
  const choice = useMemo(() => choiceOf(run, view, thread), [run, view, thread])
  const profiles = useMemo(() => [run.profile], [run])
  const made = useTrees('flame', profiles, choice)
  const flame = made.answer && flameOfMade(run, choice, made.answer)
  const around = order === 'sandwich' ? chosenAround ?? (step || (flame && topFunction(flame))) : null
  const inverted = useTrees('inverted', profiles, order === 'up' ? choice : null)
  const sandwich = useTrees('sandwich', profiles, around === null ? null : { choice, around: refOf(around) })
  const complete = order === 'down' || (order === 'up' ? inverted.answer !== null : around === null || sandwich.answer !== null)
  const now = useMemo((): Picture | null => {
    if (!flame || !complete) return null
    const around_ = sandwich.answer?.sandwich ?? null
    const drawing = order === 'down' ? flame.down : order === 'up' ? inverted.answer : around_?.callees ?? null
    const callers = order === 'sandwich' ? around_?.callers ?? null : null
    return { flame, order, around, drawing, callers, cutAtDepth: (order === 'up' ? inverted.answer : callers)?.tree.cutAtDepth ?? null }
  }, [flame, complete, order, around, inverted.answer, sandwich.answer])
  const [last, setLast] = useState(now)
  if (now && now !== last) setLast(now)
  return { picture: now ?? last, stale: now === null, failure: made.failure ?? inverted.failure ?? sandwich.failure }
}

/** The function with most time of its own. */
export function topFunction({ down: { functions, tree } }: ShownFlame): string | null {
  const frame = functions.frame[0]
  return frame === undefined ? null : `${tree.frames.module[frame]!}\n${tree.frames.name[frame]!}`
}
