import type { CallTree } from '../../../engine/profile/tree'

/** Few enough to be looked over at once. */
const openAtFirst = 60

/** Rows on screen of a tree in which only `open` nodes show what is below them: depth first, without the whole. */
export function visibleRows(tree: CallTree, open: ReadonlySet<number>): number[] {
  const rows: number[] = []
  let node = tree.firstChild[0]!
  while (node > 0) {
    rows.push(node)
    let next = open.has(node) ? tree.firstChild[node]! : -1
    while (next < 0 && node > 0) {
      next = tree.nextSibling[node]!
      node = tree.parent[node]!
    }
    node = next
  }
  return rows
}

/** At first the widest nodes are open, as long as the rows fit a screen or two. */
export function openedAtFirst(tree: CallTree): Set<number> {
  const open = new Set<number>()
  let rows = 0
  for (let node = tree.firstChild[0]!; node >= 0; node = tree.nextSibling[node]!) rows++
  // nodes come level by level, siblings by descending weight
  for (let node = 1; node < tree.parent.length && rows < openAtFirst; node++) {
    if (tree.parent[node] !== 0 && !open.has(tree.parent[node]!)) continue
    if (tree.total[node]! < tree.total[0]! * 0.05 || tree.firstChild[node]! < 0) continue
    open.add(node)
    for (let child = tree.firstChild[node]!; child >= 0; child = tree.nextSibling[child]!) rows++
  }
  return open
}

/** The ancestors that must be open for a node to be seen. */
export function withAncestors(tree: CallTree, open: ReadonlySet<number>, node: number): ReadonlySet<number> {
  let all: Set<number> | null = null
  for (let at = tree.parent[node]!; at > 0; at = tree.parent[at]!) {
    if (open.has(at)) continue
    all ??= new Set(open)
    all.add(at)
  }
  return all ?? open
}

export interface TreeMove {
  select?: number
  toggle?: number
}

/** What a key does in the tree: right opens and then goes in, left closes and then goes out. */
export function treeKey(key: string, tree: CallTree, rows: readonly number[], open: ReadonlySet<number>, selected: number): TreeMove | null {
  const at = rows.indexOf(selected)
  const row = (index: number): TreeMove => {
    const select = rows[Math.min(rows.length - 1, Math.max(0, index))]
    return select === undefined ? {} : { select }
  }
  switch (key) {
    case 'ArrowDown': return row(at + 1)
    case 'ArrowUp': return row(at - 1)
    case 'PageDown': return row(at + 10)
    case 'PageUp': return row(at - 10)
    case 'Home': return row(0)
    case 'End': return row(rows.length - 1)
    case 'ArrowRight':
      if (at < 0) return row(0)
      if (tree.firstChild[selected]! < 0) return {}
      return open.has(selected) ? { select: tree.firstChild[selected]! } : { toggle: selected }
    case 'ArrowLeft':
      if (at < 0) return row(0)
      if (open.has(selected) && tree.firstChild[selected]! >= 0) return { toggle: selected }
      return tree.parent[selected]! > 0 ? { select: tree.parent[selected]! } : {}
    default: return null
  }
}
