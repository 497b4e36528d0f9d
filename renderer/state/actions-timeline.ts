import type { TimelineRequest, TimelineResult } from '../../engine/experiments/recording/types'
import { extentOfTimes, profileInRange } from '../../engine/profile/range'
import type { SessionRun, SimulatedRun } from '../../engine/session/document'
import { runOf } from './derived'
import { startExperiment, type StartedExperiment } from './experiments'
import { sealed } from './sealed'
import { change, now, type RangePart } from './store'
import { clampSpan, detailFor, leastCycles, Newest, wholeBins, type DetailRequest } from './timeline-requests'
import { initialTimeline, timelineKey, type TimelineSpan } from './timeline-state'

let pixels = 0
let underWay: StartedExperiment<'timeline'> | null = null
/** Count what was asked for: what comes back of an earlier one is of no use. */
let openings = 0
let ranges = 0

const details = new Newest<{ key: string; run: SimulatedRun; detail: DetailRequest }>(async ({ key, run, detail }) => {
  // the hand may have gone elsewhere since
  if (now().timeline.of !== key) return
  const result = await timelineOf(run, detail, false)
  if (!result || now().timeline.of !== key) return
  change((state) => { state.timeline.detail = result })
  follow(run)
})

async function timelineOf(run: SimulatedRun, range: DetailRequest, shown: boolean): Promise<Readonly<TimelineResult> | null> {
  const request: TimelineRequest = { scenario: run.report.scenario, ...range }
  const started = startExperiment('timeline', request, { title: `Timeline of ${run.name}`, shown })
  underWay = started
  const result = await started.result
  if (underWay === started) underWay = null
  return result && sealed(result)
}

/** Makes the timeline that of `run`, from the start when it was another's, and has the whole run recorded. */
export async function openTimeline(run: SessionRun): Promise<void> {
  const key = timelineKey(now(), run)
  const { of, whole, status } = now().timeline
  if (of === key && (run.kind === 'imported' || whole !== null || status === 'busy')) return
  const mine = ++openings
  details.clear()
  underWay?.cancel()
  change((state) => {
    const sameRun = state.timeline.of === key
    const kept = { selecting: state.timeline.selecting, ...(sameRun ? { window: state.timeline.window, mark: state.timeline.mark } : {}) }
    state.timeline = { ...initialTimeline(), ...kept, of: key, status: run.kind === 'simulated' ? 'busy' : 'idle' }
  })
  if (run.kind === 'imported') return
  const result = await timelineOf(run, { fromCycles: 0, toCycles: 0, bins: wholeBins(pixels || 1200) }, true)
  if (mine !== openings || now().timeline.of !== key) return
  change((state) => {
    state.timeline.status = result ? 'idle' : 'failed'
    state.timeline.whole = result
  })
  if (result) follow(run)
}

/** The whole axis of a run: cycles as recorded, or seconds from the first to the last sample; null while not known. */
export function wholeSpan(run: SessionRun): TimelineSpan | null {
  if (run.kind === 'imported') return extentOf(run)
  const { of, whole } = now().timeline
  return whole && of === timelineKey(now(), run) ? { from: 0, to: whole.runCycles } : null
}

const extents = new WeakMap<object, TimelineSpan | null>()

function extentOf(run: SessionRun): TimelineSpan | null {
  let extent = extents.get(run.profile)
  if (extent === undefined) extents.set(run.profile, extent = extentOfTimes(run.profile))
  return extent
}

/** The least that may be on screen, in the run's unit. */
function leastSpan(run: SessionRun, whole: TimelineSpan): number {
  // below a ten-millionth of the whole, doubles no longer place pixels of seconds; cycles are whole numbers
  return run.kind === 'simulated' ? leastCycles : (whole.to - whole.from) * 1e-7
}

export function setTimelineWindow(run: SessionRun, span: TimelineSpan): void {
  const whole = wholeSpan(run)
  if (!whole) return
  const window = clampSpan(span, whole, leastSpan(run, whole))
  const all = window.from === whole.from && window.to === whole.to
  change((state) => { state.timeline.window = all ? null : window })
  follow(run)
}

/** How wide the plot is: what is asked for depends on it. */
export function setTimelinePixels(run: SessionRun, count: number): void {
  pixels = count
  follow(run)
}

function follow(run: SessionRun): void {
  const { of, whole, detail, window } = now().timeline
  const key = timelineKey(now(), run)
  if (run.kind !== 'simulated' || of !== key || !whole) return
  const wanted = detailFor(window ?? { from: 0, to: whole.runCycles }, pixels, whole, detail)
  if (wanted) details.ask({ key, run, detail: wanted })
}

export function setTimelineMark(mark: TimelineSpan | null): void {
  change((state) => { state.timeline.mark = mark })
}

export function setTimelineSelecting(selecting: boolean): void {
  change((state) => { state.timeline.selecting = selecting })
}

/** Shows only [from, to) of a run in the views that follow a range (`showsRange`). Without a simulation of its own for a recorded profile. */
export async function applyRange(run: SessionRun, { from, to }: TimelineSpan): Promise<void> {
  const mine = ++ranges
  const unit = run.kind === 'simulated' ? 'cycles' : 'seconds'
  const range = unit === 'cycles' ? { from: Math.floor(from), to: Math.max(Math.floor(from) + 1, Math.ceil(to)) } : { from, to }
  change((state) => {
    state.range = { run: run.id, unit, ...range, part: null }
    state.timeline.mark = null
  })
  const part = run.kind === 'simulated' ? await simulatedPart(run, range) : recordedPart(run, range)
  change((state) => {
    const { range: asked } = state
    if (!asked || mine !== ranges) return
    if (part && runOf(state, run.id)) asked.part = part
    else state.range = null
  })
}

async function simulatedPart(run: SimulatedRun, { from, to }: TimelineSpan): Promise<RangePart | null> {
  const started = startExperiment('range', { scenario: run.report.scenario, fromCycles: from, toCycles: to }, {
    title: `Range of ${run.name}`, shown: true,
  })
  const result = await started.result
  return result && { profile: sealed(result.profile), samples: result.samples, table: result.table }
}

function recordedPart(run: SessionRun, range: TimelineSpan): RangePart {
  const profile = sealed(profileInRange(run.profile, range))
  return { profile, samples: profile.samples.stack.length, table: null }
}
