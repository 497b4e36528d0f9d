import type { FlameLayout } from '../../engine/profile/layout'
import type { CallTree } from '../../engine/profile/tree'

export interface Match {
  /** 1 for each matching node. */
  matched: Uint8Array
  /** Weight under any match, counted once. */
  total: number
  count: number
}

export interface Search {
  test: (name: string) => boolean
  /** What is wrong with the pattern; nothing matches then. */
  problem: string | null
}

/** Part of a name in any case, or /pattern/. Null when there is nothing to search. */
export function searchOf(text: string): Search | null {
  const search = text.trim()
  if (search === '') return null
  const pattern = /^\/(.+)\/$/.exec(search)
  if (!pattern) {
    const wanted = search.toLowerCase()
    return { test: (name) => name.toLowerCase().includes(wanted), problem: null }
  }
  try {
    const expression = new RegExp(pattern[1]!, 'i')
    return { test: (name) => expression.test(name), problem: null }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/^.*\/: /, '') : ''
    return { test: () => false, problem: `no regular expression${why ? `: ${why}` : ''}` }
  }
}

/** Nodes whose function matches. In any order of the boxes: what is under a match is not counted twice. */
export function matchOf(tree: CallTree, search: string): Match | null {
  const found = searchOf(search)
  if (!found) return null
  const { frame, frames } = tree
  const wanted = Uint8Array.from(frames.name, (name) => (found.test(name) ? 1 : 0))
  const matched = new Uint8Array(frame.length)
  // a plain loop without a call: of a large profile it goes over a million nodes with every letter that is typed
  for (let node = 1; node < frame.length; node++) matched[node] = wanted[frame[node]!]!
  return weighed(tree, matched)
}

/** The nodes (but node 0) that a test picks, and the weight under them. */
export function marked(tree: CallTree, test: (node: number) => boolean): Match {
  const matched = new Uint8Array(tree.parent.length)
  for (let node = 1; node < matched.length; node++) matched[node] = Number(test(node))
  return weighed(tree, matched)
}

function weighed({ parent, total: weights }: CallTree, matched: Uint8Array): Match {
  const covered = matched.slice()
  let [total, count] = [0, 0]
  // parents come before their children
  for (let node = 1; node < matched.length; node++) {
    const above = covered[parent[node]!]!
    if (matched[node]) {
      count++
      if (!above) total += weights[node]!
    } else covered[node] = above
  }
  return { matched, total, count }
}

/**
 * The next match in reading order, from left to right and then down, going round; -1 without any. Once through all
 * boxes: sorting the matches of a large profile would take a second.
 */
export function nextMatch(layout: FlameLayout, { matched }: Match, from: number, step: 1 | -1): number {
  const { node, left, depth } = layout
  const at = matched[from] ? node.indexOf(from) : -1
  // how far b comes after a, in the direction gone
  const after = (a: number, b: number) => step * (left[b]! - left[a]! || depth[b]! - depth[a]! || b - a)
  let [next, first] = [-1, -1]
  for (let box = 0; box < node.length; box++) {
    if (!matched[node[box]!]) continue
    if (first < 0 || after(first, box) < 0) first = box
    if (at >= 0 && after(at, box) > 0 && (next < 0 || after(next, box) < 0)) next = box
  }
  const found = next < 0 ? first : next
  return found < 0 ? -1 : node[found]!
}
