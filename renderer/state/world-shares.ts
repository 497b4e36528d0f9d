import type { Profile } from '../../engine/profile/columns'
import { isSampledCount, type Parts } from '../../engine/profile/compare'
import { worldTotals } from '../../engine/profile/world-totals'
import { differenceOfShares, type Difference } from './row-difference'

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
