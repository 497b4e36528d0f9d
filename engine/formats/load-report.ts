import type { BranchReport } from './perf-script/branches'
import type { CardReport } from './qemu-trace/cards'
import type { PcnetReport } from './qemu-trace/pcnet'

/** What a reader did with a file: nothing is dropped without being counted here. */
export interface LoadReport {
  format: string
  /** Why the content was taken for this format. */
  reason: string
  bytes: number
  lines: number
  notUnderstood: number
  /** The first three lines that were not understood, cut to 200 characters. */
  firstNotUnderstood: { line: number; text: string }[]
  samplesKept: number
  samplesDropped: { reason: string; count: number }[]
  samplesWithoutFrames: number
  stampsOutOfOrder: number
  unknownSymbols: number
  eventTypes: { name: string; count: number }[]
  notes: string[]
  /** Fields that mean nothing for this file, and why: what they hold is no figure of it. */
  notApplicable?: NotApplicable
  /** Where the file says how often a sample was asked for. */
  askedPerSecond?: number
  /** What a QEMU log says of a pcnet card's registers; absent where it says nothing. */
  pcnet?: PcnetReport
  /** What it says of an e1000 and of a virtio network card. */
  cards?: CardReport[]
  /** What branch stacks say; absent where the file has none. */
  branches?: BranchReport
  /** How evenly samples came; absent where the file has no times. */
  pace?: LoadedPace
  /** Shares of the worlds with intervals for dependent samples; absent where single samples are not known. */
  worlds?: LoadedWorld[]
}

export type NotApplicable = Partial<Record<'lines' | 'stampsOutOfOrder' | 'unknownSymbols' | 'pace', string>>

export interface LoadedWorld {
  /** A value of `World`. */
  world: number
  /** Share of all samples and its 95 % interval, 0..1. */
  share: number
  lo: number
  hi: number
  /** How many independent samples the samples count for in this world's share. */
  effectiveSamples: number
  words: string
}

export interface LoadedPace {
  /** The thread looked at; '' where the file has no threads. */
  thread: string
  words: string
  foundPerSecond?: number
  /** Null where the file does not say. */
  askedPerSecond?: number | null
  /** Intervals between samples by class (statistics/pace.ts, GAP_CLASSES); null without a rate. */
  gaps: number[] | null
}

export function emptyLoadReport(format: string, reason: string): LoadReport {
  return {
    format, reason, bytes: 0, lines: 0, notUnderstood: 0, firstNotUnderstood: [], samplesKept: 0, samplesDropped: [],
    samplesWithoutFrames: 0, stampsOutOfOrder: 0, unknownSymbols: 0, eventTypes: [], notes: [],
  }
}

/** Counts a line that a reader did not understand; the first three are kept, cut to 200 characters. */
export function countNotUnderstood(report: LoadReport, line: number, text: string | (() => string)): void {
  report.notUnderstood++
  if (report.firstNotUnderstood.length >= 3) return
  report.firstNotUnderstood.push({ line, text: (typeof text === 'string' ? text : text()).slice(0, 200) })
}
