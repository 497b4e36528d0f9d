import type { Profile } from '../columns'
import { matcherOf } from './pattern'

/** Weight of the samples whose stack goes through a frame that the pattern names, wherever in it. A bad pattern names none. */
export function weightThrough(profile: Profile, pattern: string, weight: number): number {
  const matcher = matcherOf(pattern)
  if (typeof matcher !== 'function') return 0
  const { stacks, samples, frames } = profile
  const named = Uint8Array.from(frames.name, (name) => (matcher(name) ? 1 : 0))
  const through = new Uint8Array(stacks.parent.length)
  for (let stack = 0; stack < through.length; stack++) {
    const above = stacks.parent[stack]!
    through[stack] = named[stacks.frame[stack]!] || (above >= 0 && through[above]) ? 1 : 0
  }
  return samples.weights[weight]!.reduce((sum, one, row) => (samples.stack[row]! >= 0 && through[samples.stack[row]!] ? sum + one : sum), 0)
}
