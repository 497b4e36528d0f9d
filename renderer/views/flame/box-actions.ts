import { commands, type CommandId } from '../../../engine/commands'
import type { FrameRef, Transform } from '../../../engine/profile/transforms'
import type { CallTree } from '../../../engine/profile/tree'
import { worldIds, worldNames } from '../../../engine/worlds'
import { addTransform, setOrder } from '../../state/actions-flame'
import { pathOf } from '../../state/frame-path'
import type { FrameAs } from '../../state/store'
import { refOf, shortModule } from '../../state/transform-words'
import type { MenuItem } from '../../widgets/Menu'

/** A box of a drawing. */
export interface Box {
  order: FrameAs['order']
  tree: CallTree
  node: number
}

interface BoxAction {
  id: CommandId
  label: (frame: FrameRef, world: number) => string
  /** Why it cannot be done with this box, for who reads this; null when it can. */
  problem?: (box: Box, frame: FrameRef) => string | null
  make: (box: Box, frame: FrameRef) => Transform | (() => void)
}

const actions: readonly BoxAction[] = [
  { id: 'flame.focus', label: ({ name }) => `Focus ${name}`, make: (_, frame) => ({ kind: 'focus-function', frame }) },
  {
    id: 'flame.focus-path', label: ({ name }) => `Focus this way to ${name}`,
    problem: ({ order }) => (order === 'down' ? null : 'A way begins at the outermost frame: choose a box top-down.'),
    make: ({ tree, node }) => ({ kind: 'focus-path', path: pathOf(tree, node).map(refOf) }),
  },
  { id: 'flame.hide', label: ({ name }) => `Hide ${name} and its samples`, make: (_, frame) => ({ kind: 'hide-function', frame }) },
  { id: 'flame.merge', label: ({ name }) => `Merge ${name} into its callers`, make: (_, frame) => ({ kind: 'merge-function', frame }) },
  { id: 'flame.collapse-recursion', label: ({ name }) => `Collapse recursion of ${name}`, make: (_, frame) => ({ kind: 'collapse-recursion', frame }) },
  {
    id: 'flame.collapse-module', label: ({ module }) => `Collapse module ${shortModule(module)}`,
    problem: (_, { module }) => (module === '' ? 'The module of this function is not known.' : null),
    make: (_, { module }) => ({ kind: 'collapse-module', module }),
  },
  {
    id: 'flame.only-world', label: (_, world) => `Only ${worldNames[world]}`,
    make: ({ tree, node }) => ({ kind: 'only-world', world: worldIds[tree.world[node]!]! }),
  },
  {
    id: 'flame.sandwich', label: ({ name }) => `Callers and callees of ${name}`,
    make: (_, frame) => () => setOrder('sandwich', `${frame.module}\n${frame.name}`),
  },
]

function frameOf({ tree, node }: Box): FrameRef | null {
  const frame = tree.frame[node] ?? -1
  return frame < 0 ? null : { name: tree.frames.name[frame]!, module: tree.frames.module[frame]! }
}

/** What can be done with a box, as sections of a menu: none with the whole, and only what applies. */
export function boxMenu(box: Box): MenuItem[][] {
  const frame = frameOf(box)
  if (!frame) return []
  const items = actions.filter((action) => !action.problem?.(box, frame)).map((action) => ({
    id: action.id, label: action.label(frame, box.tree.world[box.node]!), keys: commands[action.id].keys[0],
    run: () => carryOut(action, box, frame),
  }))
  return [items.filter(({ id }) => id !== 'flame.sandwich'), items.filter(({ id }) => id === 'flame.sandwich')]
}

/** Does what a key means for a box; false when it means nothing, or cannot be done. */
export function boxKey(key: string, box: Box): boolean {
  const frame = frameOf(box)
  const action = actions.find((one) => (commands[one.id].keys as readonly string[]).includes(key.toUpperCase()))
  if (!frame || !action || action.problem?.(box, frame)) return false
  carryOut(action, box, frame)
  return true
}

function carryOut(action: BoxAction, box: Box, frame: FrameRef): void {
  const made = action.make(box, frame)
  if (typeof made === 'function') made()
  else addTransform(made)
}
