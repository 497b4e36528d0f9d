import { callersOf } from './inverted'
import type { Profile } from './columns'
import { applyTransforms } from './transforms'
import { callTree, type CallTree, type TreeOptions } from './tree'

export { callersOf }

/**
 * All that a function calls, from all its calls together; node 0 is the function itself, its total is that of the
 * function table (a sample in which it recurs counts once). `stack` names stacks of the profile given.
 */
export function calleesOf(profile: Profile, frame: number, options: Omit<TreeOptions, 'scope'>): CallTree {
  const ref = { name: profile.frames.name[frame]!, module: profile.frames.module[frame]! }
  const { profile: part, origin } = applyTransforms(profile, [{ kind: 'focus-function', frame: ref }])
  const tree = callTree(part, { ...options, scope: 'total' })
  // the function is the only child of the whole, unless nothing of it has weight
  if (tree.parent.length < 2) return { ...tree, frame: Int32Array.of(frame) }
  const up = (column: Int32Array) => column.slice(1).map((node) => (node > 0 ? node - 1 : -1))
  return {
    frames: profile.frames, frame: tree.frame.slice(1), world: tree.world.slice(1),
    parent: up(tree.parent), firstChild: up(tree.firstChild), nextSibling: up(tree.nextSibling),
    stack: tree.stack.slice(1).map((stack) => origin[stack]!),
    self: tree.self.slice(1), total: tree.total.slice(1), depth: tree.depth.slice(1).map((depth) => depth - 1),
  }
}
