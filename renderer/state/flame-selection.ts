import type { WeightType } from '../../engine/profile/columns'
import type { CallTree } from '../../engine/profile/tree'
import type { SessionRun } from '../../engine/session/document'
import { pathOfStack } from './flame-rows'
import { flameWith, invertedOf, plainChoice, sandwichOf, shownFlame, type Drawing, type ShownFlame } from './flame-shown'
import { boxAt, frameOfStep, moduleOfStep, nameOfStep, nodeOf, pathOf, stepOf, type FramePath } from './frame-path'
import type { FrameAs, Selection, Workbench } from './store'

type FrameSelection = Extract<Selection, { kind: 'frame' }>

/** The last step of what is selected: the function, as module and name. */
export function stepOfSelection(selection: FrameSelection): string {
  const path = selection.as?.path ?? selection.path
  return path[path.length - 1] ?? ''
}

function stepOfNode({ frames, frame }: CallTree, node: number): string {
  return stepOf(frames, frame[node]!)
}

/** What to select for a box of a drawing; null for the whole. */
export function selectionOfNode(flame: ShownFlame, order: FrameAs['order'], tree: CallTree, node: number): FrameSelection | null {
  const inside = order === 'callers' || order === 'callees'
  if (node < 0 || (node === 0 && !inside)) return null
  const stack = tree.stack[node]!
  const path = stack < 0 ? [] : pathOfStack(flame.run.profile, stack, flame.scope)
  const plain = order === 'down' && flame.found.length === 0
  if (plain) return { kind: 'frame', run: flame.run.id, path: pathOf(tree, node) }
  const own = inside ? [stepOfNode(tree, 0), ...pathOf(tree, node)] : pathOf(tree, node)
  const as: FrameAs = inside && node === 0 ? { order: 'function', path: own } : { order, path: own }
  return { kind: 'frame', run: flame.run.id, path, as }
}

/** What to select for a function of the table: itself, and the heaviest of its boxes for views that know boxes only. */
export function selectionOfFunction(flame: ShownFlame, frame: number): FrameSelection {
  const { tree } = flame.down
  const path = pathOf(tree, heaviestBox(tree, frame))
  const heaviest = flame.found.length === 0 ? path : pathOfStack(
    flame.run.profile, tree.stack[heaviestBox(tree, frame)]!, flame.scope)
  const step = stepOf(tree.frames, frame)
  return { kind: 'frame', run: flame.run.id, path: heaviest, as: { order: 'function', path: [step] } }
}

export function heaviestBox(tree: CallTree, frame: number): number {
  let best = -1
  for (let node = 1; node < tree.frame.length; node++) {
    if (tree.frame[node] === frame && (best < 0 || tree.total[node]! > tree.total[best]!)) best = node
  }
  return best
}

/** The selected box of a drawing, or -1: it is selected where boxes hang together in another way, or not there. */
export function selectedNode(flame: ShownFlame, order: FrameAs['order'], tree: CallTree, selection: Selection): number {
  if (selection.kind !== 'frame' || selection.run !== flame.run.id) return -1
  const { as } = selection
  if (!as) return order === 'down' ? boxAt(tree, selection.path) : -1
  if (order === 'callers' || order === 'callees') {
    if (as.path[0] !== stepOfNode(tree, 0)) return -1
    return as.order === 'function' ? 0 : as.order === order ? nodeOf(tree, as.path.slice(1)) : -1
  }
  if (as.order === order) return nodeOf(tree, as.path)
  if (as.order !== 'function') return -1
  // a function is a box of its own where leaves come first, and its heaviest box where they come last
  if (order === 'up') return nodeOf(tree, as.path)
  return heaviestBox(tree, frameOfStep(tree.frames, as.path[0] ?? ''))
}

/** The selected function, whose boxes are marked, as a frame of a tree; -1 when none is selected. */
export function frameOfSelected(flame: ShownFlame, { frames }: CallTree, selection: Selection): number {
  if (selection.kind !== 'frame' || selection.run !== flame.run.id) return -1
  return frameOfStep(frames, stepOfSelection(selection))
}

export interface FrameFigures {
  flame: ShownFlame
  self: number
  total: number
  /** The denominator: weight of the scope, before any transform. */
  whole: number
  type: WeightType | undefined
  world: number
  name: string
  module: string
  /** How it hangs together: "called this way", "all its calls". */
  way: string
  callers: FramePath
}

/**
 * The figures of what is selected, of the drawing that it was selected in; null when that has no such box now, or is not
 * there yet. A box of the plain tree that transforms have changed is looked up without them.
 */
export function frameFigures(
  state: Pick<Workbench, 'document' | 'flame' | 'range'>, run: SessionRun, selection: FrameSelection,
): FrameFigures | null {
  const flame = shownFlame(state, run)
  if (!flame) return null
  const { as } = selection
  if (as?.order === 'function') return functionFigures(flame, selection)
  const drawing = as ? drawingOf(flame, as) : flame.down
  if (drawing) {
    const node = as?.order === 'callers' || as?.order === 'callees' ? nodeOf(drawing.tree, as.path.slice(1))
      : as ? nodeOf(drawing.tree, as.path) : boxAt(drawing.tree, selection.path)
    if (node > 0) return figuresOf(flame, drawing.tree, node, selection)
  }
  if (as || flame.found.length === 0) return null
  const plain = flameWith(flame.run, { ...plainChoice(flame), transforms: [] })
  const node = plain ? boxAt(plain.down.tree, selection.path) : -1
  return plain && node > 0 ? figuresOf(plain, plain.down.tree, node, selection) : null
}

function drawingOf(flame: ShownFlame, { order, path }: FrameAs): Drawing | null {
  if (order === 'down') return flame.down
  if (order === 'up') return invertedOf(flame)
  const sandwich = sandwichOf(flame, path[0] ?? '')
  return sandwich && (order === 'callers' ? sandwich.callers : sandwich.callees)
}

const ways: Record<FrameAs['order'], string> = {
  down: 'called this way', up: 'self time of the innermost frame, called this way', callers: 'calling this way',
  callees: 'called this way', function: 'all its calls, whoever calls',
}

function figuresOf(flame: ShownFlame, tree: CallTree, node: number, selection: FrameSelection): FrameFigures {
  const step = stepOfSelection(selection)
  const path = selection.as?.path ?? selection.path
  const order = selection.as?.order ?? 'down'
  return {
    flame, self: tree.self[node]!, total: tree.total[node]!, whole: flame.whole,
    type: flame.run.profile.weightTypes[flame.weight], world: tree.world[node]!, name: nameOfStep(step),
    module: moduleOfStep(step), way: ways[order], callers: order === 'up' || order === 'callers' ? [] : path.slice(0, -1),
  }
}

function functionFigures(flame: ShownFlame, selection: FrameSelection): FrameFigures | null {
  const { functions, tree } = flame.down
  const step = stepOfSelection(selection)
  const row = functions.frame.indexOf(frameOfStep(tree.frames, step))
  if (row < 0) return null
  const node = heaviestBox(tree, functions.frame[row]!)
  return {
    flame, self: functions.self[row]!, total: functions.total[row]!, whole: flame.whole,
    type: flame.run.profile.weightTypes[flame.weight], world: tree.world[node] ?? 0, name: nameOfStep(step),
    module: moduleOfStep(step), way: ways.function, callers: [],
  }
}
