import type { Exported, ExportRequest } from './exports/types'
import type { AgainRequest, CallsResult, PhasesResult, PlanRequest, PlanResult, PortsResult } from './experiments/method/types'
import type { LadderRequest, LadderResult, LadderRun } from './experiments/ladder-shares'
import type {
  PacketsRequest, PacketsResult, RangeRequest, RangeResult, TimelineRequest, TimelineResult,
} from './experiments/recording/types'
import type { ClassifiedSamples } from './profile/classify/samples'
import type { ImportedTable } from './profile/classify/table-types'
import type { Sweep, SweepCell, SweepRequest } from './experiments/sweep-types'
import type { TornadoBar, TornadoRequest, TornadoResult } from './experiments/tornado-types'
import type { WhatIfRequest, WhatIfResult } from './experiments/what-if-types'
import type { Verification, VerifyRequest } from './session/verify-types'

/**
 * Everything that the window may ask the engine to work out besides a run: what goes in, what comes out, and what comes
 * bit by bit on the way (`never`: nothing). Types only, so that the window can know them without loading the
 * simulation; engine/experiments/registry.ts has the work.
 */
export interface ExperimentKinds {
  timeline: { request: TimelineRequest; result: TimelineResult; partial: never }
  range: { request: RangeRequest; result: RangeResult; partial: never }
  sweep: { request: SweepRequest; result: Sweep; partial: SweepCell }
  tornado: { request: TornadoRequest; result: TornadoResult; partial: TornadoBar }
  'what-if': { request: WhatIfRequest; result: WhatIfResult; partial: never }
  packets: { request: PacketsRequest; result: PacketsResult; partial: never }
  calls: { request: AgainRequest; result: CallsResult; partial: never }
  ports: { request: AgainRequest; result: PortsResult; partial: never }
  phases: { request: AgainRequest; result: PhasesResult; partial: never }
  plan: { request: PlanRequest; result: PlanResult; partial: never }
  export: { request: ExportRequest; result: Exported; partial: never }
  'imported-table': { request: ClassifiedSamples; result: ImportedTable; partial: never }
  ladder: { request: LadderRequest; result: LadderResult; partial: LadderRun }
  verify: { request: VerifyRequest; result: Verification; partial: never }
}

export type ExperimentId = keyof ExperimentKinds

/** How far an experiment is: yielded every few milliseconds, at most some 20 ms apart, so that it can be cancelled. */
export interface ExperimentStep<Partial = unknown> {
  done: number
  total: number
  /** What `done` counts. */
  unit: 'bytes' | 'runs' | 'cycles' | 'packets'
  /** A part of the result that can be shown already. */
  partial?: Partial
}

export type ExperimentWork<Id extends ExperimentId> =
  Generator<ExperimentStep<ExperimentKinds[Id]['partial']>, ExperimentKinds[Id]['result'], void>

/** Who has to wait for whom: a hand on a slider for nobody, a sweep over hundreds of runs for everybody. */
export type Rank = 'interactive' | 'normal' | 'background'
