import { nameOfRows } from '../../engine/formats/load-facts'
import type { Profile, WeightType } from '../../engine/profile/columns'
import { countedSamples, isSampledCount } from '../../engine/profile/compare'
import type { Flame } from '../../engine/profile/drawings'
import { rootFrames } from '../../engine/profile/roots'
import { wholeOf } from '../../engine/profile/tree'
import type { SessionRun } from '../../engine/session/document'
import { wilson } from '../../engine/statistics/share'
import type { Interval } from './numbers'
import type { Workbench } from './store'
import { trees } from './trees'

export type { Flame }

/** The plain tree of a run with its layout and functions; null while that of a large profile is not there. Never saved. */
export function flameOf(profile: Profile, weight: number, scope: 'total' | 'vmm', thread: number | null): Flame | null {
  return trees.now('flame', [profile], { weight, scope, thread, transforms: [] })?.down ?? null
}

const wholes = new WeakMap<Profile, Map<string, number>>()

/** What all of a scope weighs: the total of its tree but for rounding, also while that is not there. */
export function wholeWeight(profile: Profile, weight: number, scope: 'total' | 'vmm'): number {
  const known = wholes.get(profile) ?? new Map<string, number>()
  wholes.set(profile, known)
  const key = `${weight} ${scope}`
  const whole = known.get(key)
    ?? (scope === 'total' ? profile.samples.weights[weight]!.reduce((sum, one) => sum + one, 0) : wholeOf(profile, { weight, scope }))
  known.set(key, whole)
  return whole
}

export function runOf(state: Pick<Workbench, 'document'>, id: string | null): SessionRun | null {
  return state.document.runs.find((run) => run.id === id) ?? null
}

export function selectedRun(state: Workbench): SessionRun | null {
  return runOf(state, state.document.view.selectedRun)
}

/** The saved choice of weight, or the profile's own where it has no such column. */
export function weightIndex(profile: Profile, wanted: number): number {
  return wanted < profile.weightTypes.length ? wanted : profile.defaultWeight
}

const vmmProfiles = new WeakMap<Profile, boolean>()

/** Whether "of VMM time" means anything for this profile. */
export function hasVmmTime(profile: Profile): boolean {
  let has = vmmProfiles.get(profile)
  if (has === undefined) {
    const { parent, frame } = profile.stacks
    const frameId = profile.frames.name.indexOf(rootFrames.vmm)
    has = false
    for (let stack = 0; frameId >= 0 && !has && stack < frame.length; stack++) has = frame[stack] === frameId && parent[stack] === -1
    vmmProfiles.set(profile, has)
  }
  return has
}

/** Percent and its 95 % Wilson interval (null where the weight gives none). */
export function shareOf(part: number, all: number, type: WeightType | undefined): { percent: number; ci95: Interval | null } {
  const percent = all > 0 ? (100 * part) / all : 0
  const interval = isSampledCount(type) && all > 0 ? wilson(Math.min(part, all), all) : null
  return { percent, ci95: interval && [100 * interval[0], 100 * interval[1]] }
}

/** Samples of the whole run, whatever weight is shown. */
export function samplesOf(run: SessionRun): number {
  if (run.kind === 'simulated') return run.report.samples
  return countedSamples(run.profile) ?? run.source.report.samplesKept
}

/** What those are: samples, or what else a file without counts of them has. */
export function samplesName(run: SessionRun): string {
  return run.kind === 'simulated' || countedSamples(run.profile) !== null ? 'samples' : nameOfRows(run.source.format)
}

/** What the whole is called: the denominator that every header names. `part`: what is shown alone, as partName says it. */
export function wholeName(scope: 'total' | 'vmm', part: string | null): string {
  const time = scope === 'vmm' ? 'VMM time' : 'total time'
  return part === null ? time : `${time} of ${part}`
}
