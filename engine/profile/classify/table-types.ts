import type { Percent } from '../../units'
import type { WeightType } from '../columns'
import type { ImportedRow } from './rows'

export interface TableShare {
  /** In the weight's own unit. */
  weight: number
  /** Of the row's scope; null where the profile has nothing of the scope. */
  percent: Percent | null
  /** 95 %; null where the weight is no count of samples, or there are none. */
  ci95: [Percent, Percent] | null
  /** How many independent samples they count for; null where their order is not known. */
  effectiveSamples: number | null
  /** Method, counts and citation of the interval, or why there is none. */
  evidence: string
}

/** A row of the table: comparable with any other's by id. */
export type ImportedTableRow = ImportedRow & TableShare

export interface ImportedTable {
  weight: WeightType
  /** Sum of the weight, in its own unit. */
  all: number
  samples: number
  /** Intervals allow for samples that follow from each other. */
  single: boolean
  /** All of `importedRows`, also those without any weight: a comparison needs their zero. */
  rows: ImportedTableRow[]
  worlds: (TableShare & { world: number; label: string })[]
}
