import type { TimelineResult } from '../../engine/experiments/recording/types'
import type { TimelineSpan } from './timeline-state'

/** Cycles at least on screen: single cycles can still be told apart. */
export const leastCycles = 8
/** A pair of pixels a bin: a thinner bar cannot be told from its neighbour. */
const pixelsPerBin = 2
/** What is asked for beside the window, on either side, in parts of it: a drag finds it already there. */
const margin = 0.5

/** Keeps a span inside the whole and no shorter than `least`; its length is kept where it fits. */
export function clampSpan(span: TimelineSpan, whole: TimelineSpan, least: number): TimelineSpan {
  const all = whole.to - whole.from
  const length = Math.min(all, Math.max(least, span.to - span.from))
  const from = Math.min(whole.to - length, Math.max(whole.from, span.from))
  return { from, to: length === all ? whole.to : from + length }
}

export interface DetailRequest {
  fromCycles: number
  toCycles: number
  bins: number
}

/** What to ask the engine for this window, or null when a picture that is there already shows it as well as can be. */
export function detailFor(
  window: TimelineSpan, pixels: number, whole: TimelineResult, detail: TimelineResult | null,
): DetailRequest | null {
  if (pixels <= 0 || isGoodFor(whole, window, pixels) || (detail && isGoodFor(detail, window, pixels))) return null
  const length = window.to - window.from
  const fromCycles = Math.max(0, Math.floor(window.from - margin * length))
  const toCycles = Math.min(whole.runCycles, Math.ceil(window.to + margin * length))
  return { fromCycles, toCycles, bins: Math.ceil((pixels / pixelsPerBin) * ((toCycles - fromCycles) / length)) }
}

function isGoodFor(result: TimelineResult, { from, to }: TimelineSpan, pixels: number): boolean {
  if (from < result.fromCycles || to > result.toCycles) return false
  const { guest } = result.lanes
  // a little slack, so that a window of another shape by a few pixels asks for nothing
  return guest.kind === 'slices' || guest.binCycles <= (1.3 * pixelsPerBin * (to - from)) / pixels
}

/** Bins to ask of the whole run for a plot of this width. */
export function wholeBins(pixels: number): number {
  return Math.max(200, Math.ceil(pixels / pixelsPerBin))
}

/**
 * One piece of work at a time: while one is under way only the newest of those asked for is kept, so that a hand that
 * moves faster than the engine is followed, not queued.
 */
export class Newest<Request> {
  private waiting: { request: Request } | null = null
  private working = false

  constructor(private readonly work: (request: Request) => Promise<void>) {}

  ask(request: Request): void {
    this.waiting = { request }
    if (!this.working) void this.next()
  }

  /** Forgets what waits; what is under way ends as it will. */
  clear(): void {
    this.waiting = null
  }

  private async next(): Promise<void> {
    this.working = true
    while (this.waiting) {
      const { request } = this.waiting
      this.waiting = null
      await this.work(request)
    }
    this.working = false
  }
}
