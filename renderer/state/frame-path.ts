import type { FrameTable } from '../../engine/profile/columns'
import { rootFrames } from '../../engine/profile/roots'
import type { CallTree } from '../../engine/profile/tree'

/**
 * A box by the names on the way to it, so that it outlives a change of weight and can be found in another run.
 * Each step is `module\nname`: plain text, fit for a saved view.
 */
export type FramePath = string[]

/** A step of such a path. */
export function stepOf(frames: FrameTable, frame: number): string {
  return `${frames.module[frame]!}\n${frames.name[frame]!}`
}

export function nameOfStep(step: string): string {
  return step.slice(step.indexOf('\n') + 1)
}

export function moduleOfStep(step: string): string {
  return step.slice(0, step.indexOf('\n'))
}

/** The function that a step names, or -1 where the table has none. */
export function frameOfStep({ name, module }: FrameTable, step: string): number {
  const [wanted, inside] = [nameOfStep(step), moduleOfStep(step)]
  return name.findIndex((one, frame) => one === wanted && module[frame] === inside)
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

/** As `nodeOf`, in whichever scope the box was chosen: a path of VMM time alone lacks its outermost frame. */
export function boxAt(tree: CallTree, path: FramePath): number {
  const node = nodeOf(tree, path)
  const [first, ...below] = path
  if (node >= 0 || first === undefined) return node
  if (nameOfStep(first) === rootFrames.vmm) return below.length > 0 ? nodeOf(tree, below) : -1
  let root = tree.firstChild[0]!
  while (root >= 0 && tree.frames.name[tree.frame[root]!] !== rootFrames.vmm) root = tree.nextSibling[root]!
  return root < 0 ? -1 : nodeOf(tree, [...pathOf(tree, root), ...path])
}
