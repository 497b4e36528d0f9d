import type { FrameTable } from '../../engine/profile/columns'
import type { CallTree } from '../../engine/profile/tree'

/**
 * A box by the names on the way to it, so that it outlives a change of weight and can be found in another run.
 * Each step is `module\nname`: plain text, fit for a saved view.
 */
export type FramePath = string[]

function stepOf(frames: FrameTable, frame: number): string {
  return `${frames.module[frame]!}\n${frames.name[frame]!}`
}

export function nameOfStep(step: string): string {
  return step.slice(step.indexOf('\n') + 1)
}

export function moduleOfStep(step: string): string {
  return step.slice(0, step.indexOf('\n'))
}

export function pathOf(tree: CallTree, node: number): FramePath {
  const path: FramePath = []
  for (let at = node; at > 0; at = tree.parent[at]!) path.push(stepOf(tree.frames, tree.frame[at]!))
  return path.reverse()
}

/** The node at the end of a path, or -1 when this tree has no such box; the empty path is the whole. */
export function nodeOf(tree: CallTree, path: FramePath): number {
  let node = 0
  for (const step of path) {
    let child = tree.firstChild[node]!
    while (child >= 0 && stepOf(tree.frames, tree.frame[child]!) !== step) child = tree.nextSibling[child]!
    if (child < 0) return -1
    node = child
  }
  return node
}
