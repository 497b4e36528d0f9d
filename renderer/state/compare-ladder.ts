import {
  combinations, ladderRest, overSeeds, rungs, shapley, type LadderResult, type LadderRun, type OverSeeds,
} from '../../engine/experiments/ladder-shares'
import { type OptimizationId, type Scenario, canonicalScenario, optimizationIds } from '../../engine/machine/scenario'
import { tableRows } from '../../engine/paper/rows'
import type { LadderMeasure, LadderState } from './compare-state'
import type { Pair } from './compare'
import { digitsFor, intervalText, signed } from './numbers'

export const optimizationNames: Record<OptimizationId, string> = {
  'io-in-vmm': 'handle I/O in the VMM', 'send-combining': 'send combining', 'irq-notification': 'IRQ notification',
}

/** The same where there is little room. */
export const optimizationShort: Record<OptimizationId, string> = {
  'io-in-vmm': 'I/O in VMM', 'send-combining': 'combining', 'irq-notification': 'IRQ notification',
}

export const measureWords: Record<LadderMeasure, string> = {
  work: 'µs a packet of work (guest idle left out)', elapsed: 'µs a packet elapsed (guest idle included)',
}

/** Every order of the three, the paper's first. */
export const ladderOrders: readonly OptimizationId[][] = optimizationIds.flatMap((first) =>
  optimizationIds.filter((id) => id !== first).map((second) =>
    [first, second, optimizationIds.find((id) => id !== first && id !== second)!]))

const whatMustAgree: readonly [string, (scenario: Scenario) => unknown][] = [
  ['machine', ({ machine }) => machine], ['custom machine', ({ custom }) => custom ?? null],
  ['what-ifs', ({ whatIfs }) => whatIfs], ['direction', ({ direction }) => direction],
  ['send size', ({ sendSize }) => sendSize],
]

/** The scenario whose optimizations are switched on one by one, or why this pair has none. */
export function ladderScenario({ a, b }: Pair): { scenario: Scenario } | { why: string } {
  for (const run of [a, b]) if (run.kind === 'imported') return { why: `${run.name} is a recorded profile: only simulated runs can be run again with other optimizations.` }
  if (a.kind === 'imported' || b.kind === 'imported') return { why: 'Only simulated runs have a ladder.' }
  const [before, after] = [canonicalScenario(a.report.scenario), canonicalScenario(b.report.scenario)]
  for (const run of [a, b]) if (run.report.scenario.vm === 'native') return { why: `${run.name} has no virtual machine, so there is nothing to switch on.` }
  const apart = whatMustAgree.filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(([name]) => name)
  if (apart.length > 0) return { why: `A and B differ in more than their optimizations: ${apart.join(', ')}. The ladder needs two runs that agree in the rest.` }
  return { scenario: before }
}

/** Tells ladders apart: what they run, not which pair they were asked for. */
export function ladderKey(scenario: Scenario, { seeds, bytes }: Pick<LadderState, 'seeds' | 'bytes'>): string {
  const { optimizations: _o, samplerHz: _hz, sampler: _s, probes: _p, bytes: _b, seed: _seed, ...rest } = scenario
  return JSON.stringify({ ...rest, bytes, seeds })
}

/** The first seed of every ladder: the runs of the session have seeds of their own. */
export const firstSeed = 1

/** Runs by seed, for seeds of which all combinations are there. */
export function completeSeeds(runs: readonly LadderRun[]): LadderRun[][] {
  const bySeed = new Map<number, LadderRun[]>()
  for (const run of runs) {
    const seed = bySeed.get(run.seed) ?? []
    seed[run.combination] = run
    bySeed.set(run.seed, seed)
  }
  return [...bySeed.values()].filter((seed) => seed.filter(Boolean).length === combinations)
}

export interface LadderStep {
  optimization: OptimizationId
  /** Combination after the step. */
  combination: number
  from: number
  to: number
  /** Microseconds a packet that the step adds (or, below 0, takes away), in this order. */
  change: OverSeeds
  /** The same, averaged over all orders. */
  share: OverSeeds
}

export interface LadderRow {
  id: string
  label: string
  /** Microseconds a packet in version 2.0 and with all three. */
  before: number
  after: number
  /** Change of this row by each step, in the order of the steps. */
  steps: OverSeeds[]
  /** By each step's optimization, averaged over all orders. */
  shares: OverSeeds[]
}

export interface LadderView {
  seeds: number
  /** Combinations from 2.0 to optimized, with microseconds a packet and throughput. */
  rungs: { combination: number; microseconds: OverSeeds; throughputMbps: OverSeeds }[]
  steps: LadderStep[]
  /** Rows that any combination has, those that change most first; they sum to the steps. */
  rows: LadderRow[]
  whole: OverSeeds
}

/** More of it is neither slower nor faster. */
export const idleRow = 'guest-idle'

/** The ladder as it is shown; null as long as no seed is complete. */
export function ladderView(
  runs: readonly LadderRun[], factor: LadderResult['halfWidthFactor'], order: readonly OptimizationId[], measure: LadderMeasure,
): LadderView | null {
  const seeds = completeSeeds(runs)
  if (seeds.length === 0) return null
  const path = rungs(order)
  const over = (figure: (seed: LadderRun[]) => number) => overSeeds(seeds.map(figure), factor)
  const time = (run: LadderRun) => run.microseconds - (measure === 'work' ? run.rows[idleRow] ?? 0 : 0)
  const bits = order.map((id) => optimizationIds.indexOf(id))
  const changes = (of: (run: LadderRun) => number) => ({
    steps: order.map((_, i) => over((seed) => of(seed[path[i + 1]!]!) - of(seed[path[i]!]!))),
    shares: bits.map((bit) => over((seed) => shapley(seed.map(of))[bit]!)),
  })
  const whole = changes(time)
  const level = path.map((combination) => over((seed) => time(seed[combination]!)))
  const ids = new Set(runs.flatMap((run) => Object.keys(run.rows)))
  if (measure === 'work') ids.delete(idleRow)
  const rows = [...ids].map((id): LadderRow => {
    const of = (run: LadderRun) => run.rows[id] ?? 0
    return { id, label: labelOfRow(id), before: over((seed) => of(seed[0]!)).mean, after: over((seed) => of(seed.at(-1)!)).mean, ...changes(of) }
  })
  const size = (row: LadderRow) => Math.max(...row.steps.map(({ mean }) => Math.abs(mean)))
  return {
    seeds: seeds.length,
    rungs: path.map((combination, i) => ({ combination, microseconds: level[i]!, throughputMbps: over((seed) => seed[combination]!.throughputMbps) })),
    steps: order.map((optimization, i) => ({
      optimization, combination: path[i + 1]!, from: level[i]!.mean, to: level[i + 1]!.mean,
      change: whole.steps[i]!, share: whole.shares[i]!,
    })),
    rows: rows.sort((x, y) => size(y) - size(x)),
    whole: over((seed) => time(seed.at(-1)!) - time(seed[0]!)),
  }
}

const labels = new Map(tableRows.map(({ id, label }) => [id, label]))

function labelOfRow(id: string): string {
  if (id === ladderRest.vmm) return 'VMM time in no row'
  if (id === ladderRest.outside) return 'Total time in no row'
  return labels.get(id) ?? id
}

/**
 * What the picture says: how much in all, which step most, and from which row that came, or into which it went: of a
 * step that costs time the row that grew most.
 */
export function ladderWords({ whole, steps, rows }: LadderView): string {
  const at = steps.reduce((best, { change }, i) => (Math.abs(change.mean) > Math.abs(steps[best]!.change.mean) ? i : best), 0)
  const { optimization, change: { mean } } = steps[at]!
  const all = `From 2.0 to optimized: ${signed(whole.mean, 1)} µs a packet${whole.ci95 ? ` ${intervalText(whole.ci95, Math.max(1, digitsFor(whole.ci95)))}` : ''}.`
  const step = `The largest step is ${optimizationNames[optimization]} (${signed(mean, 1)})`
  const direction = Math.sign(mean)
  const changeOf = (row: LadderRow) => direction * row.steps[at]!.mean
  const [row] = [...rows].sort((x, y) => changeOf(y) - changeOf(x))
  if (direction === 0 || !row || changeOf(row) <= 0) return `${all} ${step}.`
  // rows may change both ways: a part is one of the step only where it is not more than the step
  const most = changeOf(row) > Math.abs(mean) / 2 && changeOf(row) <= Math.abs(mean)
  const part = most ? 'most of it' : 'the largest change'
  return `${all} ${step}, ${part} ${direction < 0 ? 'from' : 'in'} "${row.label}" (${signed(row.steps[at]!.mean, 1)}).`
}
