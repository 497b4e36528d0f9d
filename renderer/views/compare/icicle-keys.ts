import type { CallTree } from '../../../engine/profile/tree'
import { pathOf, type FramePath } from '../../state/frame-path'

interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/** Keys of an icicle: the flame's, without its free zoom, because both sides must keep one scale. */
export function icicleKey(
  event: Pressed, tree: CallTree, selected: number, zoom: FramePath,
): { select?: number; zoom?: FramePath } | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const at = Math.max(0, selected)
  switch (event.key) {
    case 'ArrowUp': return { select: Math.max(0, tree.parent[at]!) }
    case 'ArrowDown': return { select: tree.firstChild[at]! < 0 ? at : tree.firstChild[at]! }
    case 'ArrowRight': return { select: tree.nextSibling[at]! < 0 ? at : tree.nextSibling[at]! }
    case 'ArrowLeft': return { select: siblingBefore(tree, at) }
    case 'Enter': return { zoom: pathOf(tree, at) }
    case 'Escape':
    case 'Backspace': return { zoom: zoom.slice(0, -1) }
    case '0': return { zoom: [] }
    default: return null
  }
}

function siblingBefore(tree: CallTree, node: number): number {
  const parent = tree.parent[node]!
  let at = parent < 0 ? -1 : tree.firstChild[parent]!
  while (at >= 0 && tree.nextSibling[at] !== node) at = tree.nextSibling[at]!
  return at < 0 ? node : at
}
