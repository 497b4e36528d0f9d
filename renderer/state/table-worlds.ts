import type { LoadedWorld } from '../../engine/formats/load-report'
import type { Profile } from '../../engine/profile/columns'
import { isSampledCount } from '../../engine/profile/compare'
import { worldTotals } from '../../engine/profile/world-totals'
import type { ImportedRun } from '../../engine/session/document'
import { worldNames } from '../../engine/worlds'
import { shareOf } from './derived'
import type { Interval } from './numbers'

/** A world's part of a recorded profile, in percent of total time. */
export interface WorldShare {
  world: number
  name: string
  weight: number
  percent: number
  ci95: Interval | null
  /** How many independent samples the samples count for; null where their order is not known. */
  effectiveSamples: number | null
  words: string
}

/** Why a world has no interval. */
export const noInterval = 'Without an interval: this weight is no count of samples.'

/**
 * Worlds of what is shown of a recorded profile, most time first. The whole profile has the intervals that its reader
 * worked out for samples that follow from each other; a range, another weight, and a profile whose single samples are
 * not known have Wilson's as if they were independent, and say so.
 */
export function worldShares(run: ImportedRun, weight: number, inRange: boolean): WorldShare[] {
  const { profile, source } = run
  const type = profile.weightTypes[weight]
  const totals = worldTotals(profile, weight)
  const all = totals.reduce((sum, part) => sum + part, 0)
  const loaded = inRange || !isSampledCount(type) ? [] : source.report.worlds ?? []
  const shares: WorldShare[] = []
  totals.forEach((total, world) => {
    if (total === 0) return
    const own = loaded.find((one) => one.world === world)
    const share = own ? fromReport(own) : shareOf(total, all, type)
    shares.push({
      world, name: worldNames[world]!, weight: total, ...share, effectiveSamples: own?.effectiveSamples ?? null,
      words: own?.words ?? (share.ci95 ? 'Wilson’s interval, as if the samples did not follow from each other.' : noInterval),
    })
  })
  return shares.sort((a, b) => b.weight - a.weight)
}

function fromReport({ share, lo, hi }: LoadedWorld): { percent: number; ci95: Interval } {
  return { percent: 100 * share, ci95: [100 * lo, 100 * hi] }
}

/** What the weight counts: 'samples', 'cycles', or the unit of its period. */
export function weightName({ weightTypes }: Profile, weight: number): string {
  const type = weightTypes[weight]
  return type ? (type.unit === 'count' ? type.name : `${type.name}, ${type.unit}`) : ''
}
