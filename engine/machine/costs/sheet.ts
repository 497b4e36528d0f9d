import sheet from './sheet.json'

/** How an entry's value is known. A 'calibrated' entry was fitted to the figure in `fittedTo`. */
export type CostStatus = 'printed' | 'derived' | 'calibrated' | 'assumed'

export interface CostEntry {
  value: number
  /** 'cycles' are the same on every machine; 'microseconds' are real time; 'factor' has no unit. */
  unit: 'cycles' | 'cycles a byte' | 'microseconds' | 'factor'
  /** Plausible range of the value. */
  low: number
  high: number
  status: CostStatus
  source: string
  /** The one figure of the paper that fixes this entry; wherever it is shown: "absorbs this row". */
  fittedTo?: string
}

export type CostId = keyof typeof sheet
export type CostValues = Record<CostId, number>

export const costSheet = sheet as Record<CostId, CostEntry>
export const costIds = Object.keys(sheet) as CostId[]

export function sheetValues(): CostValues {
  return Object.fromEntries(costIds.map((id) => [id, costSheet[id].value])) as CostValues
}
