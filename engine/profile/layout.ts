import type { CallTree } from './tree'

/**
 * Where the boxes of an icicle lie, row by row: box i shows `node[i]` from `left[i]` over `width[i]`, both parts of
 * the root's width. Row d is boxes rowStart[d] .. rowStart[d + 1] - 1, from left to right; row 0 is the root. The
 * children of box i are boxes childStart[i] .. childStart[i + 1] - 1.
 */
export interface FlameLayout {
  node: Int32Array
  left: Float64Array
  width: Float64Array
  depth: Int32Array
  rowStart: Int32Array
  childStart: Int32Array
}

export function layoutFlame(tree: CallTree): FlameLayout {
  const boxes = tree.parent.length
  const node = new Int32Array(boxes)
  const left = new Float64Array(boxes)
  const width = new Float64Array(boxes)
  const depth = new Int32Array(boxes)
  const childStart = new Int32Array(boxes + 1)
  const rows = [0]
  const whole = tree.total[0]!
  width[0] = whole > 0 ? 1 : 0
  let count = 1
  for (let box = 0; box < boxes; box++) {
    childStart[box] = count
    let edge = left[box]!
    for (let child = tree.firstChild[node[box]!]!; child >= 0; child = tree.nextSibling[child]!) {
      if (depth[box]! + 1 === rows.length) rows.push(count)
      node[count] = child
      depth[count] = depth[box]! + 1
      left[count] = edge
      // a difference's negative weight has no width
      width[count] = whole > 0 ? Math.max(0, tree.total[child]! / whole) : 0
      edge += width[count]!
      count++
    }
  }
  childStart[boxes] = count
  rows.push(count)
  return { node, left, width, depth, rowStart: Int32Array.from(rows), childStart }
}

/**
 * Writes the boxes that can be seen when [from, to) is drawn over `pixels`, row by row, and answers how many. A box
 * narrower than `minPixels` is written, but nothing below it is visited; of a run of such siblings only one every
 * `minPixels` is written, so that the work depends on what is on screen and not on the size of the profile. Stops
 * when `out` is full.
 */
export function cull(
  layout: FlameLayout, from: number, to: number, pixels: number, minPixels: number, out: Int32Array,
): number {
  const { left, width, childStart } = layout
  if (out.length === 0 || left.length === 0 || !(to > from)) return 0
  const narrow = (minPixels * (to - from)) / pixels
  let count = 0
  out[count++] = 0
  for (let i = 0; i < count; i++) {
    const box = out[i]!
    if (width[box]! < narrow) continue
    const end = childStart[box + 1]!
    let child = firstEndingAfter(layout, childStart[box]!, end, from)
    while (child < end && left[child]! < to && count < out.length) {
      out[count++] = child
      child = width[child]! < narrow ? nextFrom(layout, child + 1, end, left[child]! + narrow) : child + 1
    }
  }
  return count
}

/** The first box of lo..hi-1 whose right edge is beyond `x`. */
function firstEndingAfter({ left, width }: FlameLayout, lo: number, hi: number, x: number): number {
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (left[middle]! + width[middle]! > x) hi = middle
    else lo = middle + 1
  }
  return lo
}

/** The next box of a run of narrow siblings: the first at or beyond `x`, or the first that is wide again. */
function nextFrom({ left, width }: FlameLayout, lo: number, end: number, x: number): number {
  // what ends beyond x begins before it by less than its own width: never skip that one if it is the wide one
  let hi = end
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (left[middle]! + width[middle]! >= x) hi = middle
    else lo = middle + 1
  }
  return lo
}
