import { readingsOf } from '../../engine/experiments/row-instruments'
import type { SimulatedRun } from '../../engine/session/document'
import type { ShownRow } from './table-columns'

/** Rows with what each instrument says alone; the direct measurements are the whole run's, also beside a range. */
export function rowsOfTable(shown: SimulatedRun, whole: SimulatedRun): ShownRow[] {
  const readings = readingsOf(shown.report)
  const direct = shown === whole ? readings : readingsOf(whole.report)
  return shown.report.table.map((row, i) => {
    const ofRun = direct.find(({ id }) => id === row.id) ?? readings[i]!
    return { row, readings: { ...readings[i]!, direct: ofRun.direct } }
  })
}
