import { World } from '../worlds'
import { rowsOfPart } from './parts'
import { rootFrames } from './roots'
import type { FrameTable, Profile } from './columns'

/**
 * The call tree of one weight as columns, one row a node. Node 0 is a synthetic root (frame -1) whose total is the
 * whole that shares are taken of; in scope 'vmm' it stands for VMM time itself. Nodes are numbered level by level:
 * parents before children, siblings next to each other in descending total. Stacks without any weight are left out.
 */
export interface CallTree {
  frames: FrameTable
  parent: Int32Array
  /** Frame id; -1 for node 0. */
  frame: Int32Array
  world: Uint8Array
  /** Stack id in the profile; -1 for node 0. */
  stack: Int32Array
  firstChild: Int32Array
  nextSibling: Int32Array
  self: Float64Array
  total: Float64Array
  depth: Int32Array
}

export interface TreeOptions {
  /** Which column of the profile's weights. */
  weight: number
  scope: 'total' | 'vmm'
  /** Only samples of this thread, process or processor: a part's number (parts.ts). */
  thread?: number
}

export function callTree(profile: Profile, options: TreeOptions): CallTree {
  const byStack = weightsByStack(profile, options)
  const children = childLists(profile, byStack, options.scope)
  sortSiblings(profile, byStack.total, children)
  return numberNodes(profile, byStack, children, options.scope)
}

/** The total of node 0 of such a tree, without the tree. */
export function wholeOf(profile: Profile, options: TreeOptions): number {
  const { parent, frame } = profile.stacks
  const { total, used, frameless } = weightsByStack(profile, options)
  const roots: number[] = []
  for (let stack = 0; stack < parent.length; stack++) {
    if (parent[stack]! >= 0 || !used[stack]) continue
    if (options.scope === 'total' || profile.frames.name[frame[stack]!] === rootFrames.vmm) roots.push(total[stack]!)
  }
  // in the order in which the tree adds them, so that both are equal to the last digit
  return roots.sort((a, b) => b - a).reduce((sum, root) => sum + root, options.scope === 'total' ? frameless : 0)
}

export interface StackWeights {
  self: Float64Array
  total: Float64Array
  /** 1 where the stack or a stack below it has weight: a diff's total may cancel to 0 and still be worth showing. */
  used: Uint8Array
  frameless: number
}

/** What each stack weighs by itself and with all that it calls. */
export function weightsByStack(profile: Profile, { weight, thread }: TreeOptions): StackWeights {
  const { parent } = profile.stacks
  const { stack: stackOf } = profile.samples
  const weights = profile.samples.weights[weight]
  if (!weights) throw new RangeError(`the profile has ${profile.weightTypes.length} weights, no weight ${weight}`)
  const self = new Float64Array(parent.length)
  const used = new Uint8Array(parent.length)
  let frameless = 0
  const isInside = thread === undefined ? null : rowsOfPart(profile, thread)
  for (let i = 0; i < stackOf.length; i++) {
    if (isInside && !isInside(i)) continue
    const stack = stackOf[i]!
    if (stack < 0) frameless += weights[i]!
    else {
      self[stack]! += weights[i]!
      if (weights[i] !== 0) used[stack] = 1
    }
  }
  const total = self.slice()
  for (let stack = parent.length - 1; stack >= 0; stack--) {
    const above = parent[stack]!
    if (above < 0 || !used[stack]) continue
    total[above]! += total[stack]!
    used[above] = 1
  }
  return { self, total, used, frameless }
}

/** Children of each stack, list after list; those of the synthetic root come first: `start[stack + 1]`. */
interface ChildLists {
  start: Int32Array
  list: Int32Array
}

function childLists(profile: Profile, { used }: StackWeights, scope: TreeOptions['scope']): ChildLists {
  const { parent, frame } = profile.stacks
  const inScope = (stack: number) => scope === 'total' || profile.frames.name[frame[stack]!] === rootFrames.vmm
  const listOf = (stack: number) => parent[stack]! < 0 ? (inScope(stack) ? 0 : -1) : parent[stack]! + 1
  const start = new Int32Array(parent.length + 2)
  for (let stack = 0; stack < parent.length; stack++) {
    if (used[stack] && listOf(stack) >= 0) start[listOf(stack) + 1]!++
  }
  for (let i = 1; i < start.length; i++) start[i]! += start[i - 1]!
  const next = start.slice()
  const list = new Int32Array(start[start.length - 1]!)
  for (let stack = 0; stack < parent.length; stack++) {
    if (used[stack] && listOf(stack) >= 0) list[next[listOf(stack)]!++] = stack
  }
  return { start, list }
}

function sortSiblings(profile: Profile, total: Float64Array, { start, list }: ChildLists): void {
  const { frame } = profile.stacks
  const nameOf = (stack: number) => profile.frames.name[frame[stack]!]!
  const order = (a: number, b: number) => {
    const byTotal = total[b]! - total[a]!
    if (byTotal !== 0) return byTotal
    return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : a - b
  }
  for (let i = 0; i + 1 < start.length; i++) {
    const from = start[i]!
    const to = start[i + 1]!
    if (to - from > mostInserted) list.subarray(from, to).sort(order)
    else insert(list, from, to, order)
  }
}

/** Nearly all stacks have a handful of callees: for those a view and a call of sort cost more than sorting. */
const mostInserted = 12

function insert(list: Int32Array, from: number, to: number, order: (a: number, b: number) => number): void {
  for (let i = from + 1; i < to; i++) {
    const one = list[i]!
    let at = i
    for (; at > from && order(list[at - 1]!, one) > 0; at--) list[at] = list[at - 1]!
    list[at] = one
  }
}

/**
 * Goes down to the callees first: stacks were numbered as they were read, so that a caller and its callee are mostly near
 * each other in memory, and every level of the tree is written from its beginning to its end. Level by level instead, the
 * stacks of a million nodes would be looked up all over memory, which takes three times as long.
 */
function numberNodes(
  profile: Profile, weights: StackWeights, { start, list }: ChildLists, scope: TreeOptions['scope'],
): CallTree {
  const { self, total, frameless } = weights
  const { frame, world } = profile.stacks
  const next = firstOfLevels(profile, weights, scope)
  const levels = next.length - 1
  const tree = emptyTree(profile.frames, next[levels]!)
  const { parent, frame: frameOf, world: worldOf, stack: stackOf, firstChild, nextSibling, self: selfOf, total: totalOf, depth } = tree
  // of each level: the node that is open there, and which of the children's list is next and last
  const [open, at, end] = [new Int32Array(levels), new Int32Array(levels + 1), new Int32Array(levels + 1)]
  const addBelow = (from: number, to: number) => {
    at[1] = from
    end[1] = to
    for (let level = 1; level > 0;) {
      if (at[level] === end[level]) {
        level--
        continue
      }
      const stack = list[at[level]!++]!
      const node = next[level]!++
      const above = open[level - 1]!
      open[level] = node
      parent[node] = above
      if (firstChild[above]! < 0) firstChild[above] = node
      else nextSibling[node - 1] = node
      stackOf[node] = stack
      frameOf[node] = frame[stack]!
      worldOf[node] = world[stack]!
      selfOf[node] = self[stack]!
      totalOf[node] = total[stack]!
      depth[node] = level
      const first = start[stack + 1]!
      const last = start[stack + 2]!
      if (first === last) continue
      level++
      at[level] = first
      end[level] = last
    }
  }
  const roots = list.subarray(start[0], start[1])
  if (scope === 'total') {
    selfOf[0] = frameless
    addBelow(start[0]!, start[1]!)
    totalOf[0] = roots.reduce((sum, stack) => sum + total[stack]!, frameless)
  } else {
    for (const vmmRoot of roots) {
      worldOf[0] = world[vmmRoot]!
      selfOf[0]! += self[vmmRoot]!
      totalOf[0]! += total[vmmRoot]!
      addBelow(start[vmmRoot + 1]!, start[vmmRoot + 2]!)
    }
  }
  return tree
}

/** The number of each level's first node; the last is that of all nodes. */
function firstOfLevels(profile: Profile, { used }: StackWeights, scope: TreeOptions['scope']): Int32Array {
  const { parent, frame } = profile.stacks
  const isRoot = (stack: number) => scope === 'total' || profile.frames.name[frame[stack]!] === rootFrames.vmm
  const [outermost, outside] = [scope === 'total' ? 1 : 0, -1]
  const level = new Int32Array(parent.length).fill(outside)
  let deepest = 0
  for (let stack = 0; stack < parent.length; stack++) {
    if (!used[stack]) continue
    const above = parent[stack]!
    const own = above < 0 ? (isRoot(stack) ? outermost : outside) : level[above]! < 0 ? outside : level[above]! + 1
    level[stack] = own
    if (own > deepest) deepest = own
  }
  const first = new Int32Array(deepest + 2)
  first[1] = 1
  for (const own of level) if (own > 0) first[own + 1]!++
  for (let i = 1; i < first.length; i++) first[i]! += first[i - 1]!
  return first
}

function emptyTree(frames: FrameTable, nodes: number): CallTree {
  const none = () => new Int32Array(nodes).fill(-1)
  const world = new Uint8Array(nodes)
  world[0] = World.Unclassified
  return {
    frames, world,
    parent: none(), frame: none(), stack: none(), firstChild: none(), nextSibling: none(),
    self: new Float64Array(nodes), total: new Float64Array(nodes), depth: new Int32Array(nodes),
  }
}

/** Functions whatever their callers, by descending self. A frame that recurs counts once a stack in `total`. */
export interface FunctionTable {
  frame: Int32Array
  self: Float64Array
  total: Float64Array
}

export function functionTable(tree: CallTree): FunctionTable {
  const frames = tree.frames.name.length
  const self = new Float64Array(frames)
  const total = new Float64Array(frames)
  const seen = new Uint8Array(frames)
  const open = new Int32Array(frames)
  let node = tree.firstChild[0]!
  while (node > 0) {
    const frame = tree.frame[node]!
    seen[frame] = 1
    self[frame]! += tree.self[node]!
    if (open[frame]!++ === 0) total[frame]! += tree.total[node]!
    let next = tree.firstChild[node]!
    // no child: leave this node, and its parents as long as they have no sibling to go on with
    while (next < 0 && node > 0) {
      open[tree.frame[node]!]!--
      next = tree.nextSibling[node]!
      node = tree.parent[node]!
    }
    node = next
  }
  const frame = Int32Array.from(seen.keys()).filter((id) => seen[id])
  const nameOf = (id: number) => tree.frames.name[id]!
  frame.sort((a, b) => self[b]! - self[a]! || total[b]! - total[a]! || (nameOf(a) < nameOf(b) ? -1 : 1))
  return {
    frame, self: Float64Array.from(frame, (id) => self[id]!), total: Float64Array.from(frame, (id) => total[id]!),
  }
}
