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
export function matchOf({ frame, frames, parent, total: weights }: CallTree, search: string): Match | null {
  const found = searchOf(search)
  if (!found) return null
  const wanted = Uint8Array.from(frames.name, (name) => (found.test(name) ? 1 : 0))
  const matched = new Uint8Array(frame.length)
  const covered = coveredOf(frame.length)
  let [total, count] = [0, 0]
  // one plain loop without a call: of a large profile it goes over millions of nodes with every letter that is typed
  for (let node = 1; node < frame.length; node++) {
    // parents come before their children
    const above = covered[parent[node]!]!
    if (wanted[frame[node]!]! === 0) {
      covered[node] = above
      continue
    }
    matched[node] = covered[node] = 1
    count++
    if (above === 0) total += weights[node]!
  }
  return { matched, total, count }
}

/** The nodes (but node 0) that a test picks, and the weight under them. */
export function marked({ parent, total: weights }: CallTree, test: (node: number) => boolean): Match {
  const matched = new Uint8Array(parent.length)
  const covered = coveredOf(parent.length)
  let [total, count] = [0, 0]
  for (let node = 1; node < parent.length; node++) {
    const above = covered[parent[node]!]!
    const is = Number(test(node))
    matched[node] = is
    covered[node] = above | is
    count += is
    if (is > above) total += weights[node]!
  }
  return { matched, total, count }
}

let coveredNodes = new Uint8Array(0)

/** 1 for each node that matches or is below one that does. The same memory each time: whoever asks writes each node but 0 before its children. */
function coveredOf(nodes: number): Uint8Array {
  if (coveredNodes.length < nodes) coveredNodes = new Uint8Array(nodes)
  return coveredNodes
}

/**
 * The next match in reading order, from left to right and then down, going round; -1 without any. Once through all
 * boxes (sorting the matches of a large profile would take a second), and whether a box matches is asked last: most lie
 * farther off than the nearest match that is known, which their places tell one after another in memory.
 */
export function nextMatch(layout: FlameLayout, { matched }: Match, from: number, step: 1 | -1): number {
  const at = matched[from] ? layout.node.indexOf(from) : -1
  const next = at < 0 ? -1 : nearest(layout, matched, at, step)
  const found = next < 0 ? nearest(layout, matched, -1, step) : next
  return found < 0 ? -1 : layout.node[found]!
}

/** The first matching box after `at` in the direction gone; `at` -1: of all. */
function nearest({ node, left, depth }: FlameLayout, matched: Uint8Array, at: number, step: 1 | -1): number {
  // how far b comes after a
  const after = (a: number, b: number) => step * (left[b]! - left[a]! || depth[b]! - depth[a]! || b - a)
  const start = at < 0 ? -Infinity : step * left[at]!
  let next = -1
  let end = Infinity
  for (let box = 0; box < node.length; box++) {
    const place = step * left[box]!
    if (place < start || place > end || matched[node[box]!]! === 0) continue
    if ((at >= 0 && after(at, box) <= 0) || (next >= 0 && after(box, next) <= 0)) continue
    next = box
    end = place
  }
  return next
}
