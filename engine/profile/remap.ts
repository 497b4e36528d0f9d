import type { World } from '../worlds'
import { samplesAt, StackBuilder, type FrameTable, type Profile } from './columns'

/** Of a stack that is not in the new profile. */
export const dropped = -2
/** Of a stack whose samples stay, without any frame. */
export const frameless = -1

/** Where each stack of a profile goes: a stack of the new profile, `frameless` or `dropped`. */
export interface Mapping {
  /** What calls go on from here: the new parent of this stack's children. */
  stack: Int32Array
  /** Where this stack's own samples go; as `stack` when left out. */
  samples?: Int32Array
  /** Where samples without any frame go. */
  framelessTo: typeof frameless | typeof dropped
}

export interface Remapped {
  profile: Profile
  /** For each new stack the first of the old ones that became it. */
  origin: Int32Array
}

/** Collects the stacks of a new profile while the old ones are gone through, parents first. */
export class NewStacks {
  private readonly builder = new StackBuilder()
  private readonly origins: number[] = []

  /** The stack of `frame` under `parent`; the first to ask for it gives it its world and its origin. */
  child(parent: number, frame: number, world: number, origin: number): number {
    const id = this.builder.stackId(Math.max(-1, parent), frame, world as World)
    if (id === this.origins.length) this.origins.push(origin)
    return id
  }

  /** The profile with its samples moved; rows keep their order, and those dropped are left out. */
  remapped(profile: Profile, mapping: Mapping, frames: FrameTable = profile.frames): Remapped {
    const { samples } = profile
    const to = mapping.samples ?? mapping.stack
    const rows: number[] = []
    const stack: number[] = []
    for (let row = 0; row < samples.stack.length; row++) {
      const old = samples.stack[row]!
      const next = old < 0 ? mapping.framelessTo : to[old]!
      if (next === dropped) continue
      rows.push(row)
      stack.push(next)
    }
    const kept = Int32Array.from(rows)
    const columns: Profile['samples'] = { ...samplesAt(samples, kept), stack: new Int32Array(stack) }
    const { name, weightTypes, threads, defaultWeight } = profile
    return {
      profile: { name, weightTypes, threads, defaultWeight, frames, stacks: this.builder.tables().stacks, samples: columns },
      origin: new Int32Array(this.origins),
    }
  }
}

/** 1 for each stack that a sample ends in or passes through. */
export function usedStacks({ stacks, samples }: Profile): Uint8Array {
  const used = new Uint8Array(stacks.parent.length)
  for (const stack of samples.stack) if (stack >= 0) used[stack] = 1
  for (let stack = used.length - 1; stack >= 0; stack--) {
    if (used[stack] && stacks.parent[stack]! >= 0) used[stacks.parent[stack]!] = 1
  }
  return used
}
