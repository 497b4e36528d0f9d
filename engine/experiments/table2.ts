import type { Scenario } from '../machine/scenario'
import { paperFigure, statusOf } from '../paper/reference'
import { type RowDefinition, tableRows } from '../paper/rows'
import type { TableRow } from '../run-report'
import { intervalsOfRows } from '../statistics/dependence'
import type { Interval } from '../statistics/interval'
import { samplesForShare } from '../statistics/planner'
import { microsecondsOfCycles, percentOf } from '../units'
import { sumByRow } from './attribution'
import { type Measured, meanOf } from './measured'
import type { Observed } from './observed'
import type { ReconciliationReport } from './reconciliations'
import { probeOfRow } from './row-probes'

const resolvedShare = 0.005

type Sampled = Pick<TableRow, 'percent' | 'ci95'> & Partial<Pick<TableRow, 'effectiveSamples' | 'evidence' | 'plan'>>

/**
 * Table 2 of a run or a stretch of one: shares from the samples, averages from the direct measurements, the two starred rows by
 * reconciling both, and beside each the truth of the books.
 */
export function table2(measured: Measured, observed: Observed, splits: readonly ReconciliationReport[]): TableRow[] {
  const { attribution } = observed
  const truth = sumByRow(attribution, measured.books.cycles.subarray(0, measured.books.count))
  const vmmCycles = truth.get('vmm') ?? 0
  const hosted = measured.scenario.vm === 'hosted'
  const sampled = hosted ? sampledRows(observed, measured.scenario) : new Map<string, Sampled>()
  const idle = hosted ? idleRows(splits) : null

  return tableRows.map((definition) => {
    const wholeCycles = definition.scope === 'total' ? measured.cycles : vmmCycles
    const base: TableRow = {
      id: definition.id, label: definition.label, scope: definition.scope,
      ...(sampled.get(definition.id) ?? { percent: null, ci95: null }),
      method: 'sampled',
      truthPercent: hosted ? percentOf(truth.get(definition.id) ?? 0, wholeCycles) : null,
      averageMicroseconds: average(measured, definition),
      status: statusOf(measured.scenario, definition),
      paper: paperFigure(measured.scenario, definition.id),
    }
    return { ...base, ...idle?.[definition.id] }
  })
}

/** The sampled share of every row in its scope, with intervals that allow for samples that depend on each other. */
function sampledRows(observed: Observed, { samplerHz: hz, sampler }: Scenario): Map<string, Sampled> {
  const { attribution, sequence } = observed
  const number = new Map(tableRows.map((row, i) => [row.id, i + 1]))
  const rowOf = attribution.rowOf.map((row) => (row === null ? 0 : number.get(row) ?? 0))
  const inVmm = sequence.filter((stack) => attribution.inVmm[stack]!)
  const sampled = new Map<string, Sampled>()
  const measure = (stacks: Int32Array, rows: RowDefinition[], of: (stack: number) => number, wanted: (row: RowDefinition) => number) => {
    const intervals = intervalsOfRows(stacks.map((stack) => of(stack)), rows.map(wanted))
    rows.forEach((row, i) => {
      const interval = intervals[i]!
      sampled.set(row.id, interval.known
        ? { percent: 100 * interval.share, ci95: [100 * interval.lo, 100 * interval.hi], effectiveSamples: interval.effectiveN, evidence: interval.words, ...planOf(interval, hz) }
        : { percent: null, ci95: null, effectiveSamples: null, evidence: interval.why })
    })
  }
  const rowNumber = (stack: number) => rowOf[stack]!
  const numberOfRow = (row: RowDefinition) => number.get(row.id)!
  const inScope = (scope: RowDefinition['scope']) => tableRows.filter((row) => row.scope === scope && row.id !== 'vmm')
  measure(sequence, tableRows.filter((row) => row.id === 'vmm'), (stack) => (attribution.inVmm[stack] ? 1 : 0), () => 1)
  measure(sequence, inScope('total'), rowNumber, numberOfRow)
  if (sampler?.sees === 'host') {
    const evidence = 'the sampler sees only that the VMM ran: its rows cannot be told apart'
    for (const { id } of inScope('vmm')) sampled.set(id, { percent: null, ci95: null, effectiveSamples: null, evidence })
  } else measure(inVmm, inScope('vmm'), rowNumber, numberOfRow)
  return sampled
}

/** The starred rows: sampling alone gives only their sum. */
function idleRows(splits: readonly ReconciliationReport[]): Record<string, Partial<TableRow>> | null {
  const split = splits.find(({ id }) => id === 'guest-idle')
  if (!split) return null
  const derived = (value: { percent: number; ci95: [number, number] }): Partial<TableRow> =>
    ({ ...value, method: 'derived', derivation: split.steps, evidence: split.steps.join(' ') })
  const none: Partial<TableRow> = {
    percent: null, ci95: null, method: 'derived', derivation: split.steps, evidence: split.steps.at(-1)!,
  }
  return {
    'guest-idle': derived(split.measuredPart), 'host-irq-while-idle': split.rest ? derived(split.rest) : none,
  }
}

/** What it takes to know the row to half a point, at this run's rate and with its dependence. */
function planOf({ share, n, effectiveN }: Interval, hz: number): { plan: string } | object {
  const plan = samplesForShare(share, resolvedShare, { ratePerSecond: hz, inflation: n / effectiveN })
  return plan.known ? { plan: plan.words } : {}
}

function average(measured: Measured, definition: RowDefinition): number | null {
  const probe = probeOfRow[definition.id]
  if (probe === undefined || measured.probes.count[probe] === 0) return null
  return microsecondsOfCycles(meanOf(measured, probe), measured.config.mhz)
}
