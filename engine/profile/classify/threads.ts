import { GrowingInts } from '../../growing'
import { World } from '../../worlds'
import { StackBuilder, type Profile } from '../columns'

/** A thread's bare name, which rules go by: without the ids and the weight that programs write behind it. */
export function commOf(thread: string): string {
  return thread.replace(/\s*\([^()]*\)$/, '').replace(/\s+(?:tid:\s*)?\d+(?:\/\d+)?$/, '')
}

/** A thread's name as rules see it: readers of several processes write `process / thread`. */
export function threadNameForRules(thread: string): string {
  const comm = commOf(thread)
  const slash = comm.lastIndexOf(' / ')
  return slash < 0 ? comm : comm.slice(slash + 3)
}

/** Linux calls its idle task swapper, with a number or without; ftrace writes <idle>. */
export function isIdleThread(comm: string): boolean {
  return comm === '<idle>' || comm === 'swapper' || comm.startsWith('swapper/')
}

/** Who runs which stacks: index = root stack, or the root that a stack hangs below. */
export interface StackThreads {
  /** Distinct names of threads. */
  names: string[]
  /** The root that each stack is under. */
  root: Int32Array
  /** Names (indices) of the threads whose samples lie under a root, by root; a root without samples has none. */
  ofRoot: Map<number, number[]>
}

/** Names of threads by stack. Where samples know no threads, the outermost frame is the thread's name, as in folded stacks. */
export function stackThreads({ stacks, frames, samples, threads }: Profile): StackThreads {
  const { parent, frame } = stacks
  const root = new Int32Array(parent.length)
  for (let stack = 0; stack < parent.length; stack++) root[stack] = parent[stack]! < 0 ? stack : root[parent[stack]!]!
  const ids = new Map<string, number>()
  const names: string[] = []
  const idOf = (name: string) => {
    let id = ids.get(name)
    if (id === undefined) {
      ids.set(name, id = names.length)
      names.push(name)
    }
    return id
  }
  const ofRoot = new Map<number, number[]>()
  const { thread, stack } = samples
  if (!thread) {
    for (const one of stack) if (one >= 0 && !ofRoot.has(root[one]!)) ofRoot.set(root[one]!, [idOf(frames.name[frame[root[one]!]!]!)])
    return { names, root, ofRoot }
  }
  const nameOfThread = Int32Array.from(threads, (name) => idOf(threadNameForRules(name)))
  for (let row = 0; row < stack.length; row++) {
    if (stack[row]! < 0) continue
    const at = root[stack[row]!]!
    const name = thread[row]! < 0 ? idOf('') : nameOfThread[thread[row]!]!
    const known = ofRoot.get(at)
    if (!known) ofRoot.set(at, [name])
    else if (!known.includes(name)) known.push(name)
  }
  return { names, root, ofRoot }
}

/**
 * The same profile with the thread's name as the outermost frame of every stack: for profiles in which threads share
 * stacks although rules tell the threads apart. Not once more where it is that already. Worlds stay.
 */
export function withThreadRoots(profile: Profile): Profile {
  const { samples, threads, stacks, frames } = profile
  const { thread } = samples
  if (!thread) return profile
  const builder = new StackBuilder()
  frames.name.forEach((name, frame) => builder.frameId(name, frames.module[frame]!))
  const rootFrame = threads.map((name) => builder.frameId(threadNameForRules(name), ''))
  const rootOf = (id: number) => (id < 0 ? builder.frameId('', '') : rootFrame[id]!)
  // pairs of a stack and a root, numbered; an entry in a Map each would be too slow and, of the largest profiles, too many
  const pairs = new StackBuilder()
  const moved = new GrowingInts()
  const move = (root: number, stack: number): number => {
    const way: number[] = []
    let to = -1
    for (let at = stack; at >= 0; at = stacks.parent[at]!) {
      if (stacks.parent[at]! < 0 && stacks.frame[at] === root) {
        to = builder.stackId(-1, root, stacks.world[at]! as World)
        break
      }
      const pair = pairs.stackId(at, root, World.Unclassified)
      if (pair < moved.length) {
        to = moved.at(pair)
        break
      }
      moved.push(-1)
      way.push(at, pair)
    }
    if (to < 0) to = builder.stackId(-1, root, World.Unclassified)
    for (let i = way.length - 2; i >= 0; i -= 2) {
      to = builder.stackId(to, stacks.frame[way[i]!]!, stacks.world[way[i]!]! as World)
      moved.set(way[i + 1]!, to)
    }
    return to
  }
  const stack = samples.stack.map((one, row) => (one < 0 ? one : move(rootOf(thread[row]!), one)))
  return { ...profile, ...builder.tables(), samples: { ...samples, stack } }
}
