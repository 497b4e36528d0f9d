import type { MachineConfig } from '../machine/config'
import { type CostId, type CostValues, costIds, costSheet } from '../machine/costs/sheet'
import { fittedFigures, modelFigures } from './figures'
import { levenbergStep } from './least-squares'

/** Entries that the fit may move: those whose status is 'calibrated'. */
export const freeEntries: readonly CostId[] = costIds.filter((id) => costSheet[id].status === 'calibrated')

export interface CalibrationOptions {
  bytes: number
  seeds: readonly number[]
  rounds: number
  onProgress?: (text: string) => void
}

/** What `calibrate` on the command line does: three seeds of 60 MB are beyond slow start and steady to 0.1 point. */
export const standardCalibration: CalibrationOptions = { bytes: 60e6, seeds: [1, 2, 3], rounds: 12 }

export interface CalibrationResult {
  costs: CostValues
  figures: Map<string, number>
  /** Change of each fitted figure (in its unit) for a rise of each free entry by 1 %. */
  sensitivity: Map<CostId, Map<string, number>>
  misfit: number
}

/** Where the fit starts: the middle of each range, so that the result does not depend on an earlier fit. */
export function startingCosts(costs: CostValues): CostValues {
  const start = { ...costs }
  for (const id of freeEntries) start[id] = rounded(id, Math.sqrt(costSheet[id].low * costSheet[id].high))
  return start
}

/**
 * Fits the free entries to the paper's figures by damped Gauss-Newton steps. The model is run with the same seeds
 * each time, so differences are the entries' and not the dither's. Every third round measures the sensitivities
 * anew.
 */
export function calibrate(
  config: MachineConfig, options: CalibrationOptions, figures = fittedFigures, free = freeEntries,
): CalibrationResult {
  let costs = startingCosts(config.costs)
  const run = (values: CostValues) => modelFigures({ ...config, costs: values }, options.bytes, options.seeds)
  let now = run(costs)
  let jacobian: Float64Array[] | null = null
  for (let round = 0; round < options.rounds; round++) {
    if (jacobian === null || round % 3 === 0) jacobian = sensitivities(costs, now, run, figures, free)
    const residual = Float64Array.from(figures, (f) => (f.target - (now.get(f.id) ?? 0)) / f.tolerance)
    const step = levenbergStep(jacobian, residual, 1e-3)
    const next = { ...costs }
    free.forEach((id, i) => {
      const { low, high } = costSheet[id]
      const factor = Math.max(0.7, Math.min(1.4, 1 + step[i]! / 100))
      next[id] = rounded(id, Math.max(low, Math.min(high, costs[id] * factor)))
    })
    costs = next
    now = run(costs)
    options.onProgress?.(`round ${round + 1}: misfit ${misfitOf(now, figures).toFixed(3)}`)
  }
  return { costs, figures: now, misfit: misfitOf(now, figures), sensitivity: named(sensitivities(costs, now, run, figures, free), figures, free) }
}

/** Root of the mean squared misfit, in tolerances. */
export function misfitOf(values: Map<string, number>, figures: typeof fittedFigures): number {
  const sum = figures.reduce((s, f) => s + ((f.target - (values.get(f.id) ?? 0)) / f.tolerance) ** 2, 0)
  return Math.sqrt(sum / figures.length)
}

/** Rows: figures in tolerances; columns: free entries, for a rise by 1 %. */
function sensitivities(
  costs: CostValues, base: Map<string, number>, run: (costs: CostValues) => Map<string, number>,
  figures: typeof fittedFigures, free: readonly CostId[],
): Float64Array[] {
  const jacobian = figures.map(() => new Float64Array(free.length))
  free.forEach((id, column) => {
    const raised = run({ ...costs, [id]: costs[id] * 1.04 })
    figures.forEach((f, row) => {
      jacobian[row]![column] = ((raised.get(f.id) ?? 0) - (base.get(f.id) ?? 0)) / f.tolerance / 4
    })
  })
  return jacobian
}

function named(jacobian: Float64Array[], figures: typeof fittedFigures, free: readonly CostId[]): CalibrationResult['sensitivity'] {
  return new Map(free.map((id, column) =>
    [id, new Map(figures.map((f, row) => [f.id, jacobian[row]![column]! * f.tolerance]))]))
}

/** Whole cycles; a factor keeps three decimals, microseconds one. */
function rounded(id: CostId, value: number): number {
  const decimals = costSheet[id].unit === 'factor' ? 1000 : costSheet[id].unit === 'microseconds' ? 10 : 1
  return Math.round(value * decimals) / decimals
}
