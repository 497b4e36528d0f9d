import type { FlameLayout } from '../../engine/profile/layout'

/** Where a node lies, in parts of the whole's width: a layout is in drawing order, its tree in its own. */
export function placeOfNode(layout: FlameLayout, node: number): { left: number; width: number } {
  const box = boxOf(layout, node)
  return { left: layout.left[box]!, width: layout.width[box]! }
}

function boxOf(layout: FlameLayout, node: number): number {
  // trees are numbered in drawing order, but those of two profiles together
  if (layout.node[node] === node) return node
  return layout.node.indexOf(node)
}
