import { World, worldIds } from '../worlds'
import type { Profile } from './columns'

/** Weight of each world (of the leaf of each stack); index = world. */
export function worldTotals(profile: Profile, weight: number): Float64Array {
  const totals = new Float64Array(worldIds.length)
  const weights = profile.samples.weights[weight]!
  for (let row = 0; row < weights.length; row++) {
    const stack = profile.samples.stack[row]!
    totals[stack < 0 ? World.Unclassified : profile.stacks.world[stack]!]! += weights[row]!
  }
  return totals
}
