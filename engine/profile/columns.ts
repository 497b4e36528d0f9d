import { visibleName } from '../visible-name'
import { profileLimits, tooMany } from './limits'
import type { World } from '../worlds'

/**
 * A profile as columns: the one shape that readers fill, the simulation writes, and trees, layouts and
 * exports read. No objects per sample or node, so that a million of either stays cheap.
 *
 * - `frames`: distinct functions; index = frame id.
 * - `stacks`: a prefix tree of calls. `parent[i] < i` or -1 for a root; (parent, frame) pairs are unique,
 *   so the stack table IS the top-down call tree.
 * - `samples`: one row per sample or per aggregated stack. `weights[k][i]` is the value of row i in
 *   `weightTypes[k]`. Rows keep file order; `time`, `thread` and `cpu` are present when the source has them.
 */
export interface Profile {
  name: string
  frames: FrameTable
  stacks: StackTable
  samples: SampleTable
  weightTypes: WeightType[]
  /** Names of threads; index = thread id in `samples.thread`. Empty when the source has none. */
  threads: string[]
  /** Which weight a view shows first. */
  defaultWeight: number
}

export interface FrameTable {
  name: string[]
  /** Module, file or part of the machine that the function belongs to; '' when unknown. */
  module: string[]
}

export interface StackTable {
  parent: Int32Array
  frame: Int32Array
  /** World of each stack's leaf (values of `World`). */
  world: Uint8Array
}

export interface SampleTable {
  /** Stack id of each row, -1 for a sample without any frame. */
  stack: Int32Array
  weights: Float64Array[]
  /** Seconds since the first sample; absent when the source has no times. */
  time?: Float64Array
  thread?: Int32Array
  /** Number of the processor; -1 where the source does not say it of this row. */
  cpu?: Int32Array
}

export interface WeightType {
  /** What is counted, as the source names it: 'samples', 'cpu-clock', 'cycles'. */
  name: string
  unit: 'count' | 'cycles' | 'nanoseconds' | 'bytes'
  /** How the figures were obtained: what a view must say of them. */
  kind: 'sampled' | 'true'
}

export function frameCount(profile: Profile): number {
  return profile.frames.name.length
}

export function stackCount(profile: Profile): number {
  return profile.stacks.parent.length
}

export function sampleCount(profile: Profile): number {
  return profile.samples.stack.length
}

/** These rows of a sample table, in this order, with every column that it has. */
export function samplesAt({ stack, weights, time, thread, cpu }: SampleTable, rows: Int32Array): SampleTable {
  return {
    stack: integersAt(stack, rows), weights: weights.map((column) => numbersAt(column, rows)),
    ...(time ? { time: numbersAt(time, rows) } : {}), ...(thread ? { thread: integersAt(thread, rows) } : {}),
    ...(cpu ? { cpu: integersAt(cpu, rows) } : {}),
  }
}

function integersAt(column: Int32Array, rows: Int32Array): Int32Array {
  const picked = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i]!]!
  return picked
}

function numbersAt(column: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i]!]!
  return picked
}

/** The rows of a table that a condition holds for. */
export function rowsWhere({ stack }: SampleTable, holds: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(stack.length)
  let count = 0
  for (let row = 0; row < stack.length; row++) if (holds(row)) rows[count++] = row
  return rows.slice(0, count)
}

/**
 * How many slots beside that of its caller a stack may have. Stacks are numbered as they are met, so callers and callees
 * mostly follow each other; kept near each other in the table too, a way down a large tree stays in the processor's caches:
 * twice as fast as hashing alone at four million stacks. Callers of more than these go on by hash.
 */
const nearSlots = 4

/** Builds the frame and stack tables: interns frames by (name, module) and stacks by (parent, frame). */
export class StackBuilder {
  readonly frameName: string[] = []
  readonly frameModule: string[] = []
  private frameIds = new Map<string, number>()
  /** parent and frame of each stack side by side: a look-up in a large table waits for memory once, not twice. */
  private nodes: Int32Array
  private world: Uint8Array
  /** Open addressing: stack ids by (parent, frame), -1 where free; at most two thirds full. */
  private slots: Int32Array
  private count = 0

  /** `expected`: about so many stacks, where that is known: the table does not have to grow then. */
  constructor(expected = 1024, private readonly limits: Pick<typeof profileLimits, 'frames' | 'stacks'> = profileLimits) {
    this.nodes = new Int32Array(2 * expected)
    this.world = new Uint8Array(expected)
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * expected + 2))).fill(-1)
  }

  frameId(name: string, module: string): number {
    const key = `${module}\u0000${name}`
    let id = this.frameIds.get(key)
    if (id === undefined) this.frameIds.set(key, id = this.newFrame(name, module))
    return id
  }

  /** Every reader's names come by here: from here on there is nothing unseen in them. */
  private newFrame(name: string, module: string): number {
    const [seenName, seenModule] = [visibleName(name), visibleName(module)]
    if (seenName !== name || seenModule !== module) return this.frameId(seenName, seenModule)
    if (this.frameName.length >= this.limits.frames) throw tooMany('frames', this.limits.frames)
    this.frameName.push(name)
    return this.frameModule.push(module) - 1
  }

  /** The stack of `frame` called from `parent` (-1: a root). */
  stackId(parent: number, frame: number, world: World): number {
    const { slots, nodes } = this
    const mask = slots.length - 1
    let slot = (parent * 2) & mask
    for (let near = 0; near < nearSlots; near++, slot = (slot + 1) & mask) {
      const id = slots[slot]!
      if (id < 0) {
        slots[slot] = this.count
        return this.add(parent, frame, world)
      }
      if (nodes[2 * id] === parent && nodes[2 * id + 1] === frame) return id
    }
    slot = slotOf(parent, frame) & mask
    for (let id = slots[slot]!; id >= 0; id = slots[slot]!) {
      if (nodes[2 * id] === parent && nodes[2 * id + 1] === frame) return id
      slot = (slot + 1) & mask
    }
    slots[slot] = this.count
    return this.add(parent, frame, world)
  }

  private add(parent: number, frame: number, world: World): number {
    const id = this.count++
    if (id === this.world.length) this.grow()
    this.nodes[2 * id] = parent
    this.nodes[2 * id + 1] = frame
    this.world[id] = world
    if (this.count * 3 > this.slots.length * 2) this.rehash()
    return id
  }

  /** The module of a stack's leaf; '' of no stack. */
  moduleOf(stack: number): string {
    return stack < 0 ? '' : this.frameModule[this.nodes[2 * stack + 1]!]!
  }

  tables(): { frames: FrameTable; stacks: StackTable } {
    return {
      frames: { name: this.frameName, module: this.frameModule },
      stacks: {
        parent: this.column(0),
        frame: this.column(1),
        world: this.world.slice(0, this.count),
      },
    }
  }

  private column(which: 0 | 1): Int32Array {
    const values = new Int32Array(this.count)
    for (let id = 0; id < values.length; id++) values[id] = this.nodes[2 * id + which]!
    return values
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1)
    const mask = slots.length - 1
    for (let id = 0; id < this.count; id++) {
      const parent = this.nodes[2 * id]!
      let slot = (parent * 2) & mask
      let near = 0
      while (near < nearSlots && slots[slot]! >= 0) {
        near++
        slot = (slot + 1) & mask
      }
      // where a look-up goes on, and not in the slot behind the near ones, where it would not be found
      if (near === nearSlots) {
        slot = slotOf(parent, this.nodes[2 * id + 1]!) & mask
        while (slots[slot]! >= 0) slot = (slot + 1) & mask
      }
      slots[slot] = id
    }
    this.slots = slots
  }

  private grow(): void {
    if (this.count > this.limits.stacks) throw tooMany('stacks', this.limits.stacks)
    const nodes = new Int32Array(this.nodes.length * 2)
    nodes.set(this.nodes)
    this.nodes = nodes
    const world = new Uint8Array(this.world.length * 2)
    world.set(this.world)
    this.world = world
  }
}

/** Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4), the high bits mixed into the low ones. */
function slotOf(parent: number, frame: number): number {
  const hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(frame + 1, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}

/** What else is named in a profile of a file, as it is shown (see `visibleName`; `StackBuilder` does the frames). */
export function withVisibleNames(profile: Profile): Profile {
  const { name, threads, weightTypes } = profile
  return {
    ...profile, name: visibleName(name), threads: threads.map(visibleName),
    weightTypes: weightTypes.map((type) => ({ ...type, name: visibleName(type.name) })),
  }
}
