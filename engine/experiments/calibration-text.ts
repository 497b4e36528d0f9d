import { costSheet } from '../machine/costs/sheet'
import { type CalibrationResult, freeEntries } from './calibrate'
import { type Figure, fittedFigures } from './figures'
import { solve } from './least-squares'

/** What a calibration is worth, for people: residuals, what each figure would be without itself in the fit, sensitivities. */
export function calibrationText(result: CalibrationResult): string {
  return [
    `${freeEntries.length} free entries against ${fittedFigures.length} fitted figures; root of the mean squared misfit ${result.misfit.toFixed(2)} tolerances.`,
    '', 'Entry                    value     range            fixed by',
    ...freeEntries.map((id) => {
      const entry = costSheet[id]
      return `${id.padEnd(22)} ${String(result.costs[id]).padStart(8)}  ${`${entry.low}..${entry.high}`.padEnd(15)}  ${entry.fittedTo ?? ''}`
    }),
    '', 'Figure                        paper    model   misfit   left out of the fit',
    ...leftOut(result).map(({ figure, model, without }) =>
      `${figure.id.padEnd(27)} ${figure.target.toFixed(2).padStart(7)}  ${model.toFixed(2).padStart(7)}  ${(model - figure.target).toFixed(2).padStart(7)}   ${without === null ? 'not fixed by the others: its entry absorbs this row' : without.toFixed(2)}`),
    '', 'Change of a figure when an entry rises by 1 % (larger than a tenth of the tolerance only)',
    ...freeEntries.map((id) => `${id.padEnd(22)} ${[...result.sensitivity.get(id)!]
      .filter(([figure, change]) => Math.abs(change) > 0.1 * toleranceOf(figure))
      .map(([figure, change]) => `${figure} ${change > 0 ? '+' : ''}${change.toFixed(3)}`).join(', ')}`),
    '',
  ].join('\n')
}

/**
 * Each figure as the fit to all others would predict it, linearised at the fit: the left-out residual is the
 * residual over one less its leverage (the PRESS identity of linear least squares). A leverage of 1 means that an
 * entry serves this figure alone, and nothing else can predict it.
 */
export function leftOut(result: CalibrationResult): { figure: Figure; model: number; without: number | null }[] {
  const jacobian = fittedFigures.map((figure) => Float64Array.from(freeEntries, (id) =>
    (result.sensitivity.get(id)!.get(figure.id) ?? 0) / figure.tolerance))
  const normal = freeEntries.map((_, i) => Float64Array.from(freeEntries, (__, j) =>
    jacobian.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-9 : 0)))
  return fittedFigures.map((figure, f) => {
    const row = jacobian[f]!
    const weights = solve(normal, row)
    const leverage = row.reduce((sum, value, i) => sum + value * weights[i]!, 0)
    const model = result.figures.get(figure.id) ?? 0
    const residual = model - figure.target
    return { figure, model, without: leverage > 0.98 ? null : figure.target + residual / (1 - leverage) }
  })
}

function toleranceOf(id: string): number {
  return fittedFigures.find((figure) => figure.id === id)!.tolerance
}
