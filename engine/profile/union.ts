import { compareTrees, ofAnyProcess } from './compare'
import type { FrameTable } from './columns'
import type { CallTree } from './tree'

/**
 * Two call trees as one, a node for each path of either (see `compareTrees`): one numbering and one order of siblings
 * for A, B and their difference, so that a box stands in the same row and between the same neighbours in all three.
 * Siblings in descending mean share of the two wholes, whichever of the two is A.
 */
export interface UnionTree {
  frames: FrameTable
  parent: Int32Array
  /** In `frames`; -1 for node 0. */
  frame: Int32Array
  world: Uint8Array
  /** Node in A or B; -1 where that side does not have the path. */
  nodeA: Int32Array
  nodeB: Int32Array
  firstChild: Int32Array
  nextSibling: Int32Array
  depth: Int32Array
  /** Self and total weight on each side, 0 where it does not have the path. */
  a: Weights
  b: Weights
}

export interface Weights {
  self: Float64Array
  total: Float64Array
}

export function unionTree(a: CallTree, b: CallTree): UnionTree {
  const { parent, nodeA, nodeB } = compareTrees(a, b)
  const frames = new UnionFrames(a, b)
  const nodes = parent.length
  const union: UnionTree = {
    frames: frames.table, parent, nodeA, nodeB,
    frame: Int32Array.from(parent, (_, node) => frames.idOf(nodeA[node]!, nodeB[node]!)),
    world: Uint8Array.from(parent, (_, node) => (nodeA[node]! >= 0 ? a.world[nodeA[node]!]! : b.world[nodeB[node]!]!)),
    firstChild: new Int32Array(nodes).fill(-1), nextSibling: new Int32Array(nodes).fill(-1), depth: new Int32Array(nodes),
    a: weightsOf(a, nodeA), b: weightsOf(b, nodeB),
  }
  linkSiblings(union)
  for (let node = 1; node < nodes; node++) union.depth[node] = union.depth[parent[node]!]! + 1
  return union
}

/** One side of the union, or what is made of both, as a tree that can be laid out; its stacks have no numbers. */
export function treeOfUnion(union: UnionTree, { self, total }: Weights): CallTree {
  const { frames, parent, frame, world, firstChild, nextSibling, depth } = union
  return { frames, parent, frame, world, firstChild, nextSibling, depth, self, total, stack: new Int32Array(parent.length).fill(-1) }
}

/**
 * Mean of both sides, where A's whole is `scaleA` wide and B's `scaleB`: means of children never exceed the mean of
 * their parent, which the larger of two sides would.
 */
export function meanOfSides({ a, b }: UnionTree, scaleA: number, scaleB: number): Weights {
  const [ofA, ofB] = [factor(scaleA, a), factor(scaleB, b)]
  const mean = (x: Float64Array, y: Float64Array) => x.map((weight, node) => (weight * ofA + y[node]! * ofB) / 2)
  return { self: mean(a.self, b.self), total: mean(a.total, b.total) }
}

function factor(scale: number, { total }: Weights): number {
  return total[0]! > 0 ? scale / total[0]! : 0
}

function weightsOf(tree: CallTree, nodeOf: Int32Array): Weights {
  const column = (weights: Float64Array) => Float64Array.from(nodeOf, (node) => (node < 0 ? 0 : weights[node]!))
  return { self: column(tree.self), total: column(tree.total) }
}

/** Children of a node lie next to each other in the union's numbers; only their order on screen is still to be found. */
function linkSiblings(union: UnionTree): void {
  const { parent, frame, frames, firstChild, nextSibling } = union
  const share = meanOfSides(union, 1, 1).total
  const nameOf = (node: number) => `${frames.name[frame[node]!]!}\u0000${frames.module[frame[node]!]!}`
  const order = (x: number, y: number) => share[y]! - share[x]! || (nameOf(x) < nameOf(y) ? -1 : 1)
  for (let from = 1; from < parent.length;) {
    let to = from + 1
    while (to < parent.length && parent[to] === parent[from]) to++
    const children = Int32Array.from({ length: to - from }, (_, i) => from + i).sort(order)
    firstChild[parent[from]!] = children[0]!
    for (let i = 1; i < children.length; i++) nextSibling[children[i - 1]!] = children[i]!
    from = to
  }
}

/** The frames of A, and those that only B has behind them. */
class UnionFrames {
  readonly table: FrameTable
  private readonly ofB: Int32Array

  private readonly ids = new Map<string, number>()

  constructor(private readonly a: CallTree, private readonly b: CallTree) {
    this.table = { name: [], module: [] }
    for (const [frame, name] of a.frames.name.entries()) this.id(name, a.frames.module[frame]!)
    this.ofB = Int32Array.from(b.frames.name, (name, frame) => this.id(name, b.frames.module[frame]!))
  }

  idOf(nodeA: number, nodeB: number): number {
    const frameA = nodeA >= 0 ? this.a.frame[nodeA]! : -1
    const frameB = nodeB >= 0 ? this.b.frame[nodeB]! : -1
    if (frameA < 0) return frameB < 0 ? -1 : this.ofB[frameB]!
    if (frameB < 0 || this.ofB[frameB] === frameA) return frameA
    // the same code of two processes, under a name that is neither's
    return this.id(ofAnyProcess(this.table.name[frameA]!), ofAnyProcess(this.table.module[frameA]!))
  }

  private id(name: string, module: string): number {
    const key = `${module}\u0000${name}`
    const known = this.ids.get(key)
    if (known !== undefined) return known
    this.table.module.push(module)
    const id = this.table.name.push(name) - 1
    this.ids.set(key, id)
    return id
  }
}
