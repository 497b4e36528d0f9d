import { type CostId, costIds } from '../machine/costs/sheet'
import type { Scenario } from '../machine/scenario'
import type { MeanOfRuns } from '../statistics/mean-of-runs'
import type { FigureId } from './run-figures'

/** What can be turned: the clock, the link, and every entry of the cost sheet. */
export const knobIds = ['mhz', 'linkMbps', ...costIds] as const
export type KnobId = 'mhz' | 'linkMbps' | CostId

export const isCost = (knob: KnobId): knob is CostId => knob !== 'mhz' && knob !== 'linkMbps'

/** `range`: each entry at the low and high end of the sheet's plausible range; `percent`: 20 % below and above its value. */
export type Swing = 'range' | 'percent'
export const swingPercent = 20

export interface TornadoRequest {
  /** What everything else stays at; its `seed` is replaced by each of `seeds`, and no sampler watches. */
  scenario: Scenario
  swing: Swing
  knobs: KnobId[]
  seeds: number[]
}

export type Effects = Record<FigureId, MeanOfRuns | null>

/** One entry turned to one end. */
export interface TornadoEnd {
  value: number
  /** What a figure gains or loses against the scenario as it is, seed by seed; null where a run has no such figure. */
  effects: Effects
}

export interface TornadoBar {
  knob: KnobId
  /** As the scenario has it. */
  value: number
  /** Null with the reason when the machine cannot be run so. */
  low: TornadoEnd | null
  high: TornadoEnd | null
  problem?: string
}

export interface TornadoResult {
  request: TornadoRequest
  /** The scenario as it is, over the seeds. */
  base: Effects
  bars: TornadoBar[]
}

export const tornadoLimits = { seeds: { min: 1, max: 10 } } as const
