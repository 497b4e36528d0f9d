import type { CallsResult, PhasesResult, PlanRequest, PlanResult, PortsResult } from '../../engine/experiments/method/types'
import type { Verification } from '../../engine/session/verify-types'

/** What the engine was asked: under way, not to be had (the reason has been told), or there. */
export type Asked<T> = { state: 'busy' } | { state: 'failed' } | { state: 'done'; result: T }

/** What the planner is asked, as typed. */
export interface PlanFields {
  /** Row of Table 2, or world of a recorded profile; null: the first one. */
  row: string | null
  /** Points. */
  precision: string
  difference: string
  /** Percent. */
  power: string
  /** Samples a second; empty: the run's own. */
  rate: string
}

/** What the inspector and the method view have asked the engine for. By a run's digest: equal runs have equal answers. */
export interface MethodState {
  calls: Record<string, Asked<CallsResult>>
  phases: Record<string, Asked<PhasesResult>>
  ports: Record<string, Asked<PortsResult>>
  /** By `verifyKey`: what is stored may be another thing although it has the digest of an equal run. */
  verified: Record<string, Asked<Verification>>
  fields: PlanFields
  /** The newest plan; it stands while the next one is worked out. */
  plan: Asked<PlanResult> | null
  /** What the newest plan was asked for: another than what is chosen now while the next one is worked out. */
  planned: PlanRequest | null
}

export const initialMethod: MethodState = {
  calls: {}, phases: {}, ports: {}, verified: {}, plan: null, planned: null,
  fields: { row: null, precision: '0.5', difference: '1', power: '80', rate: '' },
}
