import { observed } from '../../engine/experiments/observed'
import { sumByRow } from '../../engine/experiments/attribution'
import { Simulation } from '../../engine/experiments/simulation'
import { machineConfig } from '../../engine/machine/config'
import { type Scenario, defaultScenario } from '../../engine/machine/scenario'
import type { RunReport } from '../../engine/run-report'
import { intervalsOfRows } from '../../engine/statistics/dependence'

/** Runs of the simulation that the statistics are held against: the truth of each is known. */

export function finished(change: Partial<Scenario>): { simulation: Simulation; report: RunReport } {
  const scenario = { ...defaultScenario, ...change }
  const simulation = new Simulation(scenario, machineConfig(scenario.machine))
  while (!simulation.advance(4096)) { /* to the end */ }
  return { simulation, report: simulation.result().report }
}

/** The sampled share of (idle + host IRQ while idle) in VMM time with its interval, and the truth; percent. */
export function idleBucket(simulation: Simulation): { percent: number; lo: number; hi: number; truth: number } {
  const { machine } = simulation
  const seen = observed(machine, simulation.sampler)
  const inBucket = (stack: number) => {
    const row = seen.attribution.rowOf[stack]
    return row === 'guest-idle' || row === 'host-irq-while-idle' ? 1 : 0
  }
  const sequence = seen.sequence.filter((stack) => seen.attribution.inVmm[stack]!).map(inBucket)
  const interval = intervalsOfRows(sequence, [1])[0]!
  if (!interval.known) throw new Error(interval.why)
  const truth = sumByRow(seen.attribution, machine.books.cycles.subarray(0, machine.books.count))
  return {
    percent: 100 * interval.share, lo: 100 * interval.lo, hi: 100 * interval.hi,
    truth: (100 * (truth.get('guest-idle')! + truth.get('host-irq-while-idle')!)) / truth.get('vmm')!,
  }
}

/** In how many of `seeds` the interval of each row holds the row's truth. */
export function coverage(change: Partial<Scenario>, seeds: readonly number[], rows: readonly string[]): Map<string, number> {
  const held = new Map(rows.map((row) => [row, 0]))
  for (const seed of seeds) {
    const { report } = finished({ ...change, seed })
    for (const id of rows) {
      const row = report.table.find((candidate) => candidate.id === id)!
      const [lo, hi] = row.ci95!
      if (row.truthPercent! >= lo && row.truthPercent! <= hi) held.set(id, held.get(id)! + 1)
    }
  }
  return held
}

/** Half width of the 99.9 % band of a proportion p over n trials: what chance alone may add or take. */
export function monteCarlo(p: number, n: number): number {
  return 3.29 * Math.sqrt((p * (1 - p)) / n)
}

export const seedsFrom1 = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)
