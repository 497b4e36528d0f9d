import type { PacketsResult } from '../../engine/experiments/recording/types'
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

export function packetsKey(run: SimulatedRun): string {
  return `${run.id} ${run.digest}`
}
