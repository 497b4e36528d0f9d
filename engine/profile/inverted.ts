import { World } from '../worlds'
import type { Profile } from './columns'
import { weightsByStack, type CallTree, type TreeOptions } from './tree'

/** A tree that goes from functions to their callers. */
export interface UpwardTree extends CallTree {
  /** From this depth on callers are left out, and their weight is their callee's self; null: nothing is left out. */
  cutAtDepth: number | null
}

/** Some 50 MB of columns; a deeper tree than that is cut, level by level. */
const mostNodes = 1 << 20

/**
 * The call tree from its leaves: below node 0 the functions that samples were taken in, below them their callers. The
 * total of a node is the self time of the leaf that came this way; its self what has no further caller. `stack` is the
 * heaviest of the stacks that a node stands for, cut off at its caller. `options.scope` does not apply: give it a
 * profile of VMM time alone.
 */
export function invertedTree(profile: Profile, options: Omit<TreeOptions, 'scope'>, most = mostNodes): UpwardTree {
  const { self, frameless } = weightsByStack(profile, { ...options, scope: 'total' })
  const leaves = Int32Array.from(self.keys()).filter((stack) => self[stack] !== 0)
  const start = { at: leaves, weight: Float64Array.from(leaves, (stack) => self[stack]!) }
  return new Upward(profile, start, { frame: -1, world: World.Unclassified, stack: -1, self: frameless }, most).tree()
}

/**
 * All callers of a function, node 0 being the function itself with its total. Where it recurs, its outermost call
 * counts, so that a sample counts once.
 */
export function callersOf(
  profile: Profile, frame: number, options: Omit<TreeOptions, 'scope'>, most = mostNodes,
): UpwardTree {
  const { parent, world } = profile.stacks
  const { total, used } = weightsByStack(profile, { ...options, scope: 'total' })
  const calls = outermostCalls(profile, frame).filter((stack) => used[stack])
  const start = {
    at: calls.map((stack) => parent[stack]!), weight: Float64Array.from(calls, (stack) => total[stack]!),
  }
  const heaviest = calls.reduce((best, stack) => (best < 0 || total[stack]! > total[best]! ? stack : best), -1)
  const root = { frame, world: heaviest < 0 ? World.Unclassified : world[heaviest]!, stack: heaviest, self: 0 }
  return new Upward(profile, start, root, most).tree()
}

/** The stacks that end in a call of the function without another call of it above. */
export function outermostCalls({ stacks: { parent, frame } }: Profile, wanted: number): Int32Array {
  const inside = new Uint8Array(parent.length)
  const calls: number[] = []
  for (let stack = 0; stack < parent.length; stack++) {
    const above = parent[stack]!
    if (above >= 0 && inside[above]) inside[stack] = 1
    else if (frame[stack] === wanted) {
      inside[stack] = 1
      calls.push(stack)
    }
  }
  return new Int32Array(calls)
}

interface Items {
  /** The stack whose innermost frame comes next, -1: there is none. */
  at: Int32Array
  weight: Float64Array
}

interface Child {
  frame: number
  stack: number
  heaviest: number
  total: number
  items: number[]
}

/** Groups stacks by their innermost frame, level by level: as much work as the stacks are deep together. */
class Upward {
  private readonly parent: number[] = [-1]
  private readonly frame: number[]
  private readonly world: number[]
  private readonly stack: number[]
  private readonly firstChild: number[] = [-1]
  private readonly nextSibling: number[] = [-1]
  private readonly self: number[]
  private readonly total: number[]
  private readonly depth: number[] = [0]
  /** Items of the nodes that have not been opened yet; node n has those of `pending[n]`. */
  private readonly pending: (number[] | null)[]
  private readonly at: Int32Array
  private cutAtDepth: number | null = null
  private readonly slotOf: Int32Array

  constructor(
    private readonly profile: Profile, private readonly items: Items,
    root: { frame: number; world: number; stack: number; self: number }, most: number,
  ) {
    this.frame = [root.frame]
    this.world = [root.world]
    this.stack = [root.stack]
    this.self = [root.self]
    this.total = [items.weight.reduce((sum, weight) => sum + weight, root.self)]
    this.at = items.at.slice()
    this.pending = [Array.from(items.at.keys())]
    this.slotOf = new Int32Array(profile.frames.name.length).fill(-1)
    for (let node = 0; node < this.parent.length; node++) {
      if (this.parent.length > most) this.cutAtDepth ??= this.depth[node]! + 1
      if (this.cutAtDepth !== null && this.depth[node]! + 1 >= this.cutAtDepth) this.close(node)
      else this.open(node)
      this.pending[node] = null
    }
  }

  tree(): UpwardTree {
    return {
      frames: this.profile.frames, cutAtDepth: this.cutAtDepth,
      parent: new Int32Array(this.parent), frame: new Int32Array(this.frame), world: new Uint8Array(this.world),
      stack: new Int32Array(this.stack), firstChild: new Int32Array(this.firstChild),
      nextSibling: new Int32Array(this.nextSibling), self: new Float64Array(this.self),
      total: new Float64Array(this.total), depth: new Int32Array(this.depth),
    }
  }

  private close(node: number): void {
    for (const item of this.pending[node]!) this.self[node]! += this.items.weight[item]!
  }

  private open(node: number): void {
    const children = this.childrenOf(node)
    const { name } = this.profile.frames
    children.sort((a, b) => b.total - a.total
      || (name[a.frame]! < name[b.frame]! ? -1 : name[a.frame]! > name[b.frame]! ? 1 : a.frame - b.frame))
    let before = -1
    for (const child of children) {
      const id = this.parent.length
      if (before < 0) this.firstChild[node] = id
      else this.nextSibling[before] = id
      before = id
      this.parent.push(node)
      this.frame.push(child.frame)
      this.world.push(this.profile.stacks.world[child.stack]!)
      this.stack.push(child.stack)
      this.firstChild.push(-1)
      this.nextSibling.push(-1)
      this.self.push(0)
      this.total.push(child.total)
      this.depth.push(this.depth[node]! + 1)
      this.pending.push(child.items)
    }
  }

  private childrenOf(node: number): Child[] {
    const { parent, frame } = this.profile.stacks
    const children: Child[] = []
    for (const item of this.pending[node]!) {
      const stack = this.at[item]!
      const weight = this.items.weight[item]!
      if (stack < 0) {
        this.self[node]! += weight
        continue
      }
      const of = frame[stack]!
      let slot = this.slotOf[of]!
      if (slot < 0) {
        slot = this.slotOf[of] = children.length
        children.push({ frame: of, stack, heaviest: weight, total: 0, items: [] })
      }
      const child = children[slot]!
      child.total += weight
      child.items.push(item)
      if (weight > child.heaviest) {
        child.heaviest = weight
        child.stack = stack
      }
      this.at[item] = parent[stack]!
    }
    for (const child of children) this.slotOf[child.frame] = -1
    return children
  }
}
