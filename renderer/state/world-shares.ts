import type { Profile } from '../../engine/profile/columns'
import { isSampledCount, type Parts } from '../../engine/profile/compare'
import { worldIds } from '../../engine/worlds'
import { differenceOfShares, type Difference } from './row-difference'
import type { SessionRun } from '../../engine/session/document'

/** Weight of each world (of the leaf of each stack); index = world. */
export function worldTotals(profile: Profile, weight: number): Float64Array {
  const totals = new Float64Array(worldIds.length)
  const weights = profile.samples.weights[weight]!
  for (let row = 0; row < weights.length; row++) {
    const stack = profile.samples.stack[row]!
    const world = stack < 0 ? worldIds.length - 1 : profile.stacks.world[stack]!
    totals[world]! += weights[row]!
  }
  return totals
}

export interface WorldDifference {
  world: number
  a: number
  b: number
  difference: Difference
}

/** By world, how many independent samples each side's samples count for; left out: as many as there are. */
export interface EffectiveSizes {
  a?: ReadonlyMap<number, number>
  b?: ReadonlyMap<number, number>
}

/**
 * Effective sizes of a recorded run, as its reader found them; none of a simulated one, whose samples are dithered. Of a
 * range of it, as many fewer as it has samples: what is `shown` depends on itself as the `whole` does.
 */
export function effectiveSizes(shown: SessionRun, whole: SessionRun = shown): ReadonlyMap<number, number> | undefined {
  if (shown.kind === 'simulated' || whole.kind === 'simulated') return undefined
  const part = shown.source.report.samplesKept / whole.source.report.samplesKept
  return new Map(whole.source.report.worlds?.map(({ world, effectiveSamples }) => [world, effectiveSamples * part]))
}

function scaled(side: 'a' | 'b', hits: number, all: number, effective = all): Partial<Parts> {
  const factor = Math.min(1, effective / all)
  return side === 'a' ? { a: hits * factor, wholeA: all * factor } : { b: hits * factor, wholeB: all * factor }
}

/** Worlds side by side in percent of total time: works for any two profiles. Worlds that neither has are left out. */
export function compareWorlds(
  a: Profile, weightA: number, b: Profile, weightB: number, effective: EffectiveSizes = {},
): WorldDifference[] {
  const [totalsA, totalsB] = [worldTotals(a, weightA), worldTotals(b, weightB)]
  const sum = (totals: Float64Array) => totals.reduce((total, part) => total + part, 0)
  const [allA, allB] = [sum(totalsA), sum(totalsB)]
  const counts = isSampledCount(a.weightTypes[weightA]) && isSampledCount(b.weightTypes[weightB])
  const rows: WorldDifference[] = []
  if (allA === 0 || allB === 0) return rows
  for (let world = 0; world < totalsA.length; world++) {
    const [hitsA, hitsB] = [totalsA[world]!, totalsB[world]!]
    if (hitsA === 0 && hitsB === 0) continue
    rows.push({
      world, a: (100 * hitsA) / allA, b: (100 * hitsB) / allB,
      difference: differenceOfShares({
        ...scaled('a', hitsA, allA, effective.a?.get(world)), ...scaled('b', hitsB, allB, effective.b?.get(world)),
      } as Parts, counts),
    })
  }
  return rows
}
