import type { PacketsRequest, PacketsResult } from '../../engine/experiments/recording/types'
import type { SimulatedRun } from '../../engine/session/document'

/** The packets of one run and which of them is looked at. */
export interface PacketsState {
  /** `packetsKey` of the run that the rest belongs to. */
  of: string | null
  /** Sealed, so that nobody walks its columns. */
  result: Readonly<PacketsResult> | null
  /** Row of `result`. */
  row: number
  /** A packet that was asked for by number before the recording was there; null otherwise. */
  wanted: number | null
  /** What the last step found, when it found nothing. */
  words: string | null
  status: 'idle' | 'busy' | 'failed'
}

export function initialPackets(): PacketsState {
  return { of: null, result: null, row: 0, wanted: null, words: null, status: 'idle' }
}

/** The workbench's range (store.ts), as far as it matters here. */
interface ChosenRange {
  run: string
  from: number
  to: number
}

/** What is recorded: the packets of a run, or of the range of it that is chosen. */
export function packetsKey(run: SimulatedRun, range: ChosenRange | null): string {
  const part = rangeOfPackets(run, range)
  return `${run.id} ${run.digest}${part ? ` ${part.fromCycles} ${part.toCycles}` : ''}`
}

export function rangeOfPackets(run: SimulatedRun, range: ChosenRange | null): PacketsRequest['range'] {
  return range?.run === run.id ? { fromCycles: range.from, toCycles: range.to } : undefined
}
