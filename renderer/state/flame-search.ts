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

/** Of a large profile a search goes over millions of nodes with every letter that is typed: it is made in steps. */
export type MatchSteps = Generator<void, Match, void>

/** So many nodes or boxes take some 2 ms: a step. */
const nodesAtOnce = 1 << 17

/** Nodes whose function matches. In any order of the boxes: what is under a match is not counted twice. */
export function matchSteps(tree: CallTree, { test }: Search, atOnce = nodesAtOnce): MatchSteps {
  const { frame, frames } = tree
  const wanted = Uint8Array.from(frames.name, (name) => (test(name) ? 1 : 0))
  return weighed(tree, (matched, from, to) => {
    // a plain loop without a call
    for (let node = from; node < to; node++) matched[node] = wanted[frame[node]!]!
  }, atOnce)
}

/** The nodes (but node 0) that a test picks, and the weight under them. */
export function markedSteps(tree: CallTree, test: (node: number) => boolean, atOnce = nodesAtOnce): MatchSteps {
  return weighed(tree, (matched, from, to) => {
    for (let node = from; node < to; node++) matched[node] = Number(test(node))
  }, atOnce)
}

type Pick = (matched: Uint8Array, from: number, to: number) => void

function* weighed({ parent, total: weights }: CallTree, pick: Pick, atOnce: number): MatchSteps {
  const nodes = parent.length
  const matched = new Uint8Array(nodes)
  /** 1 for each node that matches or is below one that does. */
  const covered = new Uint8Array(nodes)
  const match: Match = { matched, total: 0, count: 0 }
  for (let from = 1; from < nodes; from += atOnce) {
    const to = Math.min(nodes, from + atOnce)
    pick(matched, from, to)
    addWeights(match, covered, parent, weights, from, to)
    yield
  }
  return match
}

function addWeights(match: Match, covered: Uint8Array, parent: Int32Array, weights: Float64Array, from: number, to: number): void {
  const { matched } = match
  let { total, count } = match
  // parents come before their children
  for (let node = from; node < to; node++) {
    const above = covered[parent[node]!]!
    if (matched[node]) {
      count++
      covered[node] = 1
      if (!above) total += weights[node]!
    } else covered[node] = above
  }
  Object.assign(match, { total, count })
}

/**
 * The next match in reading order, from left to right and then down, going round; -1 without any. Once through all
 * boxes: sorting the matches of a large profile would take a second.
 */
export function* nextMatchSteps(
  layout: FlameLayout, { matched }: Match, from: number, step: 1 | -1, atOnce = nodesAtOnce,
): Generator<void, number, void> {
  const at = matched[from] ? layout.node.indexOf(from) : -1
  let next = at < 0 ? -1 : yield* nearest(layout, matched, at, step, atOnce)
  if (next < 0) next = yield* nearest(layout, matched, -1, step, atOnce)
  return next < 0 ? -1 : layout.node[next]!
}

/** The first matching box after `at` in the direction gone; `at` -1: of all. */
function* nearest(layout: FlameLayout, matched: Uint8Array, at: number, step: 1 | -1, atOnce: number): Generator<void, number, void> {
  const boxes = layout.node.length
  let next = -1
  for (let from = 0; from < boxes; from += atOnce) {
    next = nearestOf(layout, matched, at, step, next, from, Math.min(boxes, from + atOnce))
    yield
  }
  return next
}

/** The same among some boxes, if one is nearer than `known`. */
function nearestOf(
  { node, left, depth }: FlameLayout, matched: Uint8Array, at: number, step: 1 | -1, known: number, from: number, to: number,
): number {
  // how far b comes after a
  const after = (a: number, b: number) => step * (left[b]! - left[a]! || depth[b]! - depth[a]! || b - a)
  const start = at < 0 ? -Infinity : step * left[at]!
  let next = known
  let end = next < 0 ? Infinity : step * left[next]!
  for (let box = from; box < to; box++) {
    // asked first, as places lie one after another in memory: most are farther off than the nearest match that is known
    const place = step * left[box]!
    if (place < start || place > end || matched[node[box]!]! === 0) continue
    if ((at >= 0 && after(at, box) <= 0) || (next >= 0 && after(box, next) <= 0)) continue
    next = box
    end = place
  }
  return next
}
