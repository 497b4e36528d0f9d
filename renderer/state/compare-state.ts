import type { LadderResult, LadderRun } from '../../engine/experiments/ladder-shares'
import { type OptimizationId, optimizationIds } from '../../engine/machine/scenario'
import type { FramePath } from './frame-path'

/** What a width or a figure of the comparison is of: the whole, a packet, or a second. */
export type CompareMode = 'share' | 'packet' | 'second'

export type ComparePart = 'rows' | 'functions' | 'ladder'

export type FunctionColumn = 'name' | 'module' | 'a' | 'b' | 'difference' | 'verdict'

/** Time a packet with or without the time in which the guest was idle. */
export type LadderMeasure = 'work' | 'elapsed'

export interface LadderState {
  order: OptimizationId[]
  measure: LadderMeasure
  seeds: number
  bytes: number
  /** Which ladder the runs belong to (`ladderKey`); null: none was asked for. */
  key: string | null
  state: 'none' | 'running' | 'done' | 'cancelled'
  /** What has come so far. */
  runs: LadderRun[]
  halfWidthFactor: LadderResult['halfWidthFactor']
}

/** What the comparison shows and no session keeps; which runs are A and B is saved (`document.view.compare`). */
export interface CompareState {
  mode: CompareMode
  zoom: FramePath
  hover: FramePath | null
  part: ComparePart
  /** Whether the paper's figures stand beside the rows. */
  paper: boolean
  functions: { search: string; of: 'self' | 'total'; sort: FunctionColumn; down: boolean }
  ladder: LadderState
}

export const initialCompare: CompareState = {
  mode: 'share', zoom: [], hover: null, part: 'rows', paper: false,
  functions: { search: '', of: 'self', sort: 'difference', down: true },
  ladder: {
    order: [...optimizationIds], measure: 'work', seeds: 5, bytes: 10_000_000, key: null, state: 'none', runs: [],
    halfWidthFactor: null,
  },
}
