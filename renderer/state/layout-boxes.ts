import type { FlameLayout } from '../../engine/profile/layout'

const boxes = new WeakMap<FlameLayout, Int32Array>()

/** Where a node lies, in parts of the whole's width: a layout is in drawing order, its tree in its own. */
export function placeOfNode(layout: FlameLayout, node: number): { left: number; width: number } {
  const box = boxOf(layout, node)
  return { left: layout.left[box]!, width: layout.width[box]! }
}

function boxOf(layout: FlameLayout, node: number): number {
  // trees are numbered in drawing order, but those of two profiles together
  if (layout.node[node] === node) return node
  let known = boxes.get(layout)
  if (!known) {
    known = new Int32Array(layout.node.length)
    for (let box = 0; box < layout.node.length; box++) known[layout.node[box]!] = box
    boxes.set(layout, known)
  }
  return known[node]!
}
