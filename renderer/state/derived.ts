import type { Profile, WeightType } from '../../engine/profile/columns'
import { countedSamples, isSampledCount } from '../../engine/profile/compare'
import { layoutFlame, type FlameLayout } from '../../engine/profile/layout'
import { rootFrames } from '../../engine/profile/roots'
import { callTree, functionTable, type CallTree, type FunctionTable } from '../../engine/profile/tree'
import type { SessionRun } from '../../engine/session/document'
import { wilson } from '../../engine/statistics/share'
import type { Interval } from './numbers'
import type { Workbench } from './store'

/** Trees and layouts made from profiles, kept as long as the profile is. Never saved. */
export interface Flame {
  tree: CallTree
  layout: FlameLayout
  functions: FunctionTable
}

const flames = new WeakMap<Profile, Map<string, Flame>>()

export function flameOf(profile: Profile, weight: number, scope: 'total' | 'vmm', thread: number | null): Flame {
  let known = flames.get(profile)
  if (!known) flames.set(profile, known = new Map())
  const key = `${weight} ${scope} ${thread}`
  let flame = known.get(key)
  if (!flame) {
    const tree = callTree(profile, { weight, scope, ...(thread === null ? {} : { thread }) })
    flame = { tree, layout: layoutFlame(tree), functions: functionTable(tree) }
    known.set(key, flame)
  }
  return flame
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
    has = frameId >= 0 && frame.some((id, stack) => id === frameId && parent[stack] === -1)
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

/** What the whole is called: the denominator that every header names. `part`: what is shown alone, as partName says it. */
export function wholeName(scope: 'total' | 'vmm', part: string | null): string {
  const time = scope === 'vmm' ? 'VMM time' : 'total time'
  return part === null ? time : `${time} of ${part}`
}
