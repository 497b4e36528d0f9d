import type { LaneId, TimelineResult } from '../../engine/experiments/recording/types'
import type { SessionRun } from '../../engine/session/document'

export interface TimelineSpan {
  from: number
  to: number
}

/** What the timeline shows, of one run at a time. Units: cycles of a simulated run, seconds of a recorded one. */
export interface TimelineState {
  /** `timelineKey` of the run that the rest belongs to. */
  of: string | null
  /** On screen; null: the whole. */
  window: TimelineSpan | null
  /** A range that is being chosen and not applied yet. */
  mark: TimelineSpan | null
  /** A drag chooses a range instead of moving. */
  selecting: boolean
  /** The whole run in bins, and what is on screen; both sealed, so that nobody walks their columns. */
  whole: Readonly<TimelineResult> | null
  detail: Readonly<TimelineResult> | null
  status: 'idle' | 'busy' | 'failed'
}

/** A slice of a lane that was chosen, in plain figures: it outlives the picture that it was chosen in. */
export interface SliceSelection {
  lane: LaneId
  name: string
  world: number
  depth: number
  fromCycles: number
  toCycles: number
  mhz: number
  /** -1: it works for no packet, or that is not known. */
  packet: number
}

export function initialTimeline(): TimelineState {
  return { of: null, window: null, mark: null, selecting: false, whole: null, detail: null, status: 'idle' }
}

/** Equal keys have equal timelines: a simulated run is known by its digest, a recorded one by its place in the session. */
export function timelineKey({ session }: { session: number }, run: SessionRun): string {
  return run.kind === 'simulated' ? `${run.id} ${run.digest}` : `${session} ${run.id} ${run.source.fileName}`
}
