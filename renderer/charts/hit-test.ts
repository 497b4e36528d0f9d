import type { FlameLayout } from '../../engine/profile/layout'

/** The node drawn at row `depth` and at `x` (0..1 of the whole), or -1. */
export function nodeAt(layout: FlameLayout, depth: number, x: number): number {
  if (depth < 0 || depth + 1 >= layout.rowStart.length) return -1
  let lo = layout.rowStart[depth]!
  let hi = layout.rowStart[depth + 1]!
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (layout.left[middle]! + layout.width[middle]! > x) hi = middle
    else lo = middle + 1
  }
  if (lo >= layout.rowStart[depth + 1]! || layout.left[lo]! > x) return -1
  return layout.node[lo]!
}
