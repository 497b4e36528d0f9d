import type { SessionRun } from '../session/document'
import type { ExportId } from './kinds'

/** The window's wish: one of its runs in a format of another program. */
export interface ExportRequest {
  run: SessionRun
  format: ExportId
  /** For the trace of a simulated run. */
  range?: CycleRange
}

/** A stretch of a simulated run, cycles since its start. */
export interface CycleRange {
  fromCycles: number
  toCycles: number
}

export interface Exported {
  bytes: Uint8Array
  /** What the file does not hold of the run, in words. */
  lost: string[]
}
