import type { Profile } from '../../engine/profile/columns'
import { profileInRange } from '../../engine/profile/range'
import type { SessionRun, ViewId } from '../../engine/session/document'
import type { RangePart, TimeRange, Workbench } from './store'

const parts = new WeakMap<RangePart, { of: Profile; shown: SessionRun }>()

/** The run as the views show it: the chosen range of it, when there is one and it has been worked out. */
export function shownRun({ range }: Pick<Workbench, 'range'>, run: SessionRun): SessionRun {
  const part = range?.run === run.id ? range.part : null
  if (!range || !part) return run
  const known = parts.get(part)
  if (known && known.shown.name === run.name && known.of === run.profile) return known.shown
  // other rules have changed the worlds since the engine took the range: taken again, it has them
  const profile = known && known.of !== run.profile ? profileInRange(run.profile, range) : part.profile
  const shown = partOf(run, { ...part, profile })
  parts.set(part, { of: run.profile, shown })
  return shown
}

/** The views that show a chosen range alone; the timeline marks it, the others are of whole runs or of no run. */
const rangedViews: readonly ViewId[] = ['flame', 'table', 'packet', 'compare']

/** Whether the view on screen shows nothing but the range; the ladder has runs of its own. */
export function showsRange({ document: { view: { tab } }, compare }: Pick<Workbench, 'document' | 'compare'>): boolean {
  return rangedViews.includes(tab) && !(tab === 'compare' && compare.part === 'ladder')
}

/** Whether a figure belongs to the range or, like the throughput, still to the whole run. */
export function inRange({ range }: Pick<Workbench, 'range'>, run: SessionRun): TimeRange | null {
  return range?.run === run.id && range.part ? range : null
}

function partOf(run: SessionRun, part: RangePart): SessionRun {
  if (run.kind === 'imported') {
    const report = { ...run.source.report, samplesKept: part.samples }
    return { ...run, profile: part.profile, source: { ...run.source, report } }
  }
  return { ...run, profile: part.profile, report: { ...run.report, samples: part.samples, table: part.table ?? run.report.table } }
}
