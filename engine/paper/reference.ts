import type { Scenario } from '../machine/scenario'
import { optimizationIds } from '../machine/scenario'
import type { RowStatus } from '../run-report'
import reference from './reference.json'
import type { RowDefinition } from './rows'

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

/**
 * How the model comes by a row of a run: 'calibrated' and 'counted' say that it was fitted to, or held against, the
 * paper's figure, which is so only for the scenarios of the fit; everywhere else the row is a prediction.
 */
export function statusOf(scenario: Scenario, row: RowDefinition): RowStatus {
  if (row.status === 'predicted' || paperFigure(scenario, 'vmm') !== null) return row.status
  const fittedTo20 = row.id === 'lance-address-access' || row.id === 'lance-emulation-vmapp'
  const version20 = paperFigure({ ...scenario, optimizations: [...optimizationIds] }, 'vmm') !== null &&
    scenario.optimizations.length === 0
  return fittedTo20 && version20 ? row.status : 'predicted'
}

/**
 * The whole-run figures that the paper prints for a scenario: 64 Mb/s and no idle time of version 2.0, and the directly
 * measured idle time of the optimized VM, both on the PC-733 with 4 KB sends. Null where it prints none as a number;
 * of Figure 6 there are only curves.
 */
export function paperRunFigures(scenario: Scenario): { throughputMbps: number | null; idlePercent: number | null } {
  const optimized = paperFigure(scenario, 'vmm') !== null
  if (optimized) return { throughputMbps: null, idlePercent: reference.directIdlePercentOfTotal }
  const version20 = scenario.optimizations.length === 0 &&
    paperFigure({ ...scenario, optimizations: [...optimizationIds] }, 'vmm') !== null
  const { throughputMbps, idlePercent } = reference.version20
  return version20 ? { throughputMbps, idlePercent } : { throughputMbps: null, idlePercent: null }
}

/**
 * How the model comes by these figures: it was fitted to version 2.0's throughput, and to the shares of VMM time and of
 * guest idle in it, which fix the optimized VM's idle time. Everything else of them is a prediction.
 */
export function statusOfRunFigures(scenario: Scenario): { throughputMbps: RowStatus; idlePercent: RowStatus } {
  const paper = paperRunFigures(scenario)
  const optimized = paperFigure(scenario, 'vmm') !== null
  return {
    throughputMbps: paper.throughputMbps === null ? 'predicted' : 'calibrated', idlePercent: optimized ? 'calibrated' : 'predicted',
  }
}
