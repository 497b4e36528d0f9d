import type { Method, RowStatus, RunReport, TableRow } from '../../engine/run-report'

/** Why a row of a run has no figure. */
export function whyNoFigure(row: Pick<TableRow, 'scope' | 'method' | 'evidence'>, report: Pick<RunReport, 'scenario' | 'samples'>): string {
  if (report.scenario.vm === 'native') return 'A native run has no VMM, so this row does not apply.'
  if (report.samples === 0 && row.method === 'sampled') return 'The sampler was off or took no samples.'
  if (row.evidence) return `${row.evidence[0]!.toUpperCase()}${row.evidence.slice(1)}.`.replace(/\.\.$/, '.')
  return 'This does not happen in the scenario that was run.'
}

/** Why the whole table has no sampled figure, said once above it; null where it has. */
export function whyNoTable({ scenario, samples }: Pick<RunReport, 'scenario' | 'samples'>): string | null {
  if (scenario.vm === 'native') {
    return 'Table 2 divides the time of a virtual machine. This run has none: its time is in the flame and on the timeline.'
  }
  if (scenario.samplerHz === 0) return 'The sampler was off in this run, so no row has a sampled figure. Direct measurements and the truth do not need it.'
  return samples === 0 ? 'No sample fell here, so no row has a sampled figure.' : null
}

export const methodWords: Record<Method, string> = {
  sampled: 'Sampled: the share of the timer\'s samples that found the machine here, with a 95 % interval for as many independent samples as they count for.',
  direct: 'Measured directly: cycle counts taken at the start and the end of the call, interrupts inside it included.',
  derived: 'Derived from a sampled and a directly measured figure, by the rule below.',
}

export const statusWords: Record<RowStatus, string> = {
  calibrated: 'Calibrated: a cost of the model was fitted to this figure of the paper.',
  counted: 'Counted: it follows from how often the guest\'s and the kernel\'s code paths come here.',
  predicted: 'Predicted: fitted to nothing; it comes out of the model.',
}
