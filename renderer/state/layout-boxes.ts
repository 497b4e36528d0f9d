import type { FlameLayout } from '../../engine/profile/layout'

const boxes = new WeakMap<FlameLayout, Int32Array>()

/** Where a node lies, in parts of the whole's width: a layout is in drawing order, its tree in its own. */
export function placeOfNode(layout: FlameLayout, node: number): { left: number; width: number } {
  let boxOf = boxes.get(layout)
  if (!boxOf) {
    boxOf = new Int32Array(layout.node.length)
    for (let box = 0; box < layout.node.length; box++) boxOf[layout.node[box]!] = box
    boxes.set(layout, boxOf)
  }
  const box = boxOf[node]!
  return { left: layout.left[box]!, width: layout.width[box]! }
}
