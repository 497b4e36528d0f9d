import type { Profile } from '../profile/columns'
import { isSampledCount } from '../profile/compare'
import { intervalsOfRows } from '../statistics/dependence'
import { World, worldIds } from '../worlds'
import type { LoadedWorld } from './load-report'

/**
 * Shares of the worlds of a recorded profile, with intervals that allow for samples that follow from each other: a
 * thread that waits is seen waiting many times in a row. Only where the order of single samples is known (times, one
 * row a sample); null otherwise: counts that a file has already added up no longer show their dependence.
 */
export function worldsOfProfile(profile: Profile): LoadedWorld[] | null {
  const { samples, stacks, weightTypes } = profile
  const counts = weightTypes.findIndex(isSampledCount)
  if (counts < 0 || !samples.time || samples.weights[counts]!.some((count) => count !== 1)) return null
  const sequence = samples.stack.map((stack) => (stack < 0 ? World.Unclassified : stacks.world[stack]!))
  const worlds = worldIds.map((_, world) => world).filter((world) => sequence.includes(world))
  return intervalsOfRows(sequence, worlds).flatMap((interval, i) => (interval.known
    ? [{ world: worlds[i]!, share: interval.share, lo: interval.lo, hi: interval.hi, effectiveSamples: interval.effectiveN, words: interval.words }]
    : []))
}
