import type { FlameLayout } from '../../../engine/profile/layout'
import type { CallTree } from '../../../engine/profile/tree'
import { placeOfNode } from '../../state/layout-boxes'
import type { Zoom } from '../../state/store'

export function zoomToNode(layout: FlameLayout, node: number): Zoom {
  const { left, width } = placeOfNode(layout, Math.max(0, node))
  return width > 0 ? { from: left, to: left + width } : { from: 0, to: 1 }
}

/** Rounding must not keep a box from covering a zoom made from itself. */
const slack = 1e-9

/** The deepest node whose box spans all that is on screen: where the zoom stands in the tree. */
export function coveringNode(layout: FlameLayout, zoom: Zoom): number {
  let box = 0
  for (;;) {
    let inside = -1
    for (let child = layout.childStart[box]!; child < layout.childStart[box + 1]!; child++) {
      const left = layout.left[child]!
      if (left > zoom.from + slack) break
      if (left + layout.width[child]! >= zoom.to - slack) inside = child
    }
    if (inside < 0) return layout.node[box]!
    box = inside
  }
}

/** One step out: the nearest box around the view that is wider than it. */
export function zoomOut(layout: FlameLayout, tree: CallTree, zoom: Zoom): Zoom {
  let node = coveringNode(layout, zoom)
  let wider = zoomToNode(layout, node)
  while (node > 0 && wider.to - wider.from <= zoom.to - zoom.from + slack) {
    node = tree.parent[node]!
    wider = zoomToNode(layout, node)
  }
  return wider
}

export function wheelZoom(zoom: Zoom, at: number, move: { zoom: number; pan: number }): Zoom {
  const width = zoom.to - zoom.from
  if (move.pan !== 0) return { from: zoom.from + move.pan * width, to: zoom.to + move.pan * width }
  const next = Math.min(1, width * 1.25 ** Math.max(-4, Math.min(4, move.zoom)))
  const from = zoom.from + at * (width - next)
  return { from, to: from + next }
}

export interface Place {
  layout: FlameLayout
  tree: CallTree
  zoom: Zoom
  selected: number
  firstRow: number
  rows: number
  /** Root at the bottom: up leads to callees. */
  upward?: boolean
}

export interface Move {
  select?: number
  zoom?: Zoom
  firstRow?: number
}

interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/** What a key does in a flame; null when it is none of its keys. The help overlay lists the same keys (engine/commands.ts). */
export function keyMove(event: Pressed, place: Place): Move | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const { layout, tree, zoom, selected } = place
  // without a selection the keys start from the whole, which is node 0
  const at = Math.max(0, selected)
  switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
    case 'ArrowUp':
    case 'ArrowDown': {
      const out = (event.key === 'ArrowUp') !== (place.upward ?? false)
      return toNode(place, out ? Math.max(0, tree.parent[at]!) : firstOr(tree.firstChild[at]!, at))
    }
    case 'ArrowRight': return toNode(place, firstOr(tree.nextSibling[at]!, at))
    case 'ArrowLeft': return toNode(place, previousSibling(tree, at))
    case 'Enter': return { zoom: zoomToNode(layout, at) }
    case 'Escape':
    case 'Backspace': return { zoom: zoomOut(layout, tree, zoom) }
    case '0': return { zoom: { from: 0, to: 1 }, firstRow: 0 }
    case 'w':
    case '+':
    case '=': return { zoom: wheelZoom(zoom, 0.5, { zoom: -2, pan: 0 }) }
    case 's':
    case '-': return { zoom: wheelZoom(zoom, 0.5, { zoom: 2, pan: 0 }) }
    case 'a': return { zoom: wheelZoom(zoom, 0.5, { zoom: 0, pan: -0.2 }) }
    case 'd': return { zoom: wheelZoom(zoom, 0.5, { zoom: 0, pan: 0.2 }) }
    case 'PageDown': return { firstRow: place.firstRow + place.rows }
    case 'PageUp': return { firstRow: place.firstRow - place.rows }
    default: return null
  }
}

function firstOr(node: number, otherwise: number): number {
  return node >= 0 ? node : otherwise
}

function previousSibling(tree: CallTree, node: number): number {
  const parent = tree.parent[node]!
  let at = parent < 0 ? node : tree.firstChild[parent]!
  while (at >= 0 && tree.nextSibling[at] !== node) at = tree.nextSibling[at]!
  return at >= 0 ? at : node
}

function toNode(place: Place, node: number): Move {
  return { select: node, ...intoSight(place, node) }
}

/** Brings a node into sight: sideways when it is off screen, up or down when its row is. */
export function intoSight(place: Omit<Place, 'selected'>, node: number): Move {
  const { layout, tree, zoom, firstRow, rows } = place
  const move: Move = {}
  const box = zoomToNode(layout, node)
  const width = zoom.to - zoom.from
  if (box.to <= zoom.from || box.from >= zoom.to) {
    const from = Math.min(1 - width, Math.max(0, (box.from + box.to - width) / 2))
    move.zoom = { from, to: from + width }
  }
  const row = tree.depth[node]!
  if (row < firstRow) move.firstRow = row
  else if (row >= firstRow + rows) move.firstRow = row - rows + 1
  return move
}
