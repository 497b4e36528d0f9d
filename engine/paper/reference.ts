import type { Scenario } from '../machine/scenario'
import { optimizationIds } from '../machine/scenario'
import reference from './reference.json'

/**
 * What the paper printed. Only comparisons and the calibrator read it: no run, profiler or view derives a result
 * from it.
 */
export const paperReference = reference

export interface PaperFigure {
  percent: number
  averageMicroseconds: number | null
}

/**
 * The paper's figure for a row of a run; null for every scenario but the one that Table 2 was measured on, and for
 * every custom machine, whatever it changes.
 */
export function paperFigure(scenario: Scenario, rowId: string): PaperFigure | null {
  const measured = reference.table2.scenario
  const same = scenario.vm === 'hosted' && scenario.optimizations.length === optimizationIds.length &&
    scenario.whatIfs.length === 0 && scenario.machine === measured.machine && scenario.custom === undefined &&
    scenario.direction === measured.direction && scenario.sendSize === measured.sendSize
  if (!same) return null
  return (reference.table2.rows as Record<string, PaperFigure>)[rowId] ?? null
}
