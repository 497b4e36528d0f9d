import type { World } from '../worlds'

/**
 * A profile as columns: the one shape that readers fill, the simulation writes, and trees, layouts and
 * exports read. No objects per sample or node, so that a million of either stays cheap.
 *
 * - `frames`: distinct functions; index = frame id.
 * - `stacks`: a prefix tree of calls. `parent[i] < i` or -1 for a root; (parent, frame) pairs are unique,
 *   so the stack table IS the top-down call tree.
 * - `samples`: one row per sample or per aggregated stack. `weights[k][i]` is the value of row i in
 *   `weightTypes[k]`. Rows keep file order; `time` and `thread` are present when the source has them.
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

/** Builds the frame and stack tables: interns frames by (name, module) and stacks by (parent, frame). */
export class StackBuilder {
  readonly frameName: string[] = []
  readonly frameModule: string[] = []
  private frameIds = new Map<string, number>()
  private parent = new Int32Array(1024)
  private frame = new Int32Array(1024)
  private world = new Uint8Array(1024)
  private stackIds = new Map<number, number>()
  private count = 0

  frameId(name: string, module: string): number {
    const key = `${module}\u0000${name}`
    let id = this.frameIds.get(key)
    if (id === undefined) {
      id = this.frameName.length
      this.frameIds.set(key, id)
      this.frameName.push(name)
      this.frameModule.push(module)
    }
    return id
  }

  /** The stack of `frame` called from `parent` (-1: a root). */
  stackId(parent: number, frame: number, world: World): number {
    // parent < 2^31 and frame < 2^21 keep the key exact in a double
    const key = (parent + 1) * 2097152 + frame
    let id = this.stackIds.get(key)
    if (id === undefined) {
      id = this.count++
      if (id === this.parent.length) this.grow()
      this.parent[id] = parent
      this.frame[id] = frame
      this.world[id] = world
      this.stackIds.set(key, id)
    }
    return id
  }

  tables(): { frames: FrameTable; stacks: StackTable } {
    return {
      frames: { name: this.frameName, module: this.frameModule },
      stacks: {
        parent: this.parent.slice(0, this.count),
        frame: this.frame.slice(0, this.count),
        world: this.world.slice(0, this.count),
      },
    }
  }

  private grow(): void {
    const grow = <T extends Int32Array | Uint8Array>(old: T, fresh: T): T => { fresh.set(old as never); return fresh }
    const size = this.parent.length * 2
    this.parent = grow(this.parent, new Int32Array(size))
    this.frame = grow(this.frame, new Int32Array(size))
    this.world = grow(this.world, new Uint8Array(size))
  }
}
