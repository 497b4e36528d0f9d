import { type OptimizationId, type Scenario, optimizationIds } from '../machine/scenario'

/** The ladder from version 2.0 to optimized: every combination of the three optimizations, each with the same seeds. */

export interface LadderRequest {
  /** Machine, direction, send size, what-ifs, bytes and the first seed; its optimizations and instruments are not used. */
  scenario: Scenario
  /** Runs of each combination, with seeds counting up from the scenario's. */
  seeds: number
}

/** One combination with one seed, counted by the simulation's own books: no sampling error. */
export interface LadderRun {
  /** Bit i set: `optimizationIds[i]` is on. */
  combination: number
  seed: number
  throughputMbps: number
  /** Elapsed microseconds a packet in the direction of the data; the few that connect and close count too. */
  microseconds: number
  /** The same by row; every cycle is in exactly one, so that they sum to `microseconds`. See `ladderRest`. */
  rows: Record<string, number>
}

export interface LadderResult {
  request: LadderRequest
  runs: LadderRun[]
  /** Half a 95 % interval of a mean over the seeds is this times their standard deviation; null with a single seed. */
  halfWidthFactor: number | null
}

/** Rows of time that Table 2 and the model's own rows leave over. */
export const ladderRest = { vmm: 'rest of VMM time', outside: 'rest of total time' } as const

export const combinations = 1 << optimizationIds.length
export const ladderLimits = { seeds: { min: 1, max: 50 } } as const

export function optimizationsOf(combination: number): OptimizationId[] {
  return optimizationIds.filter((_, bit) => combination & (1 << bit))
}

export function combinationOf(optimizations: readonly OptimizationId[]): number {
  return optimizationIds.reduce((bits, id, bit) => (optimizations.includes(id) ? bits | (1 << bit) : bits), 0)
}

/** Combinations from none to all when switched on one by one in this order. */
export function rungs(order: readonly OptimizationId[]): number[] {
  return order.reduce((path, id) => [...path, path.at(-1)! | combinationOf([id])], [0])
}

/**
 * What each switch changes, whatever the order: its change averaged over all orders of switching on (L. S. Shapley, "A
 * Value for n-Person Games", Contributions to the Theory of Games II (1953) 307-317). `values[c]` belongs to the
 * combination c of switches, so there are 2^n of them. The shares sum to the last value less the first.
 */
export function shapley(values: ArrayLike<number>): number[] {
  const players = Math.log2(values.length)
  if (!Number.isInteger(players)) throw new RangeError(`${values.length} values are not those of every combination`)
  const orders = factorial(players)
  return Array.from({ length: players }, (_, player) => {
    let sum = 0
    for (let without = 0; without < values.length; without++) {
      if (without & (1 << player)) continue
      const before = bitsSet(without)
      // in so many of all orders exactly these switches come before this one
      sum += factorial(before) * factorial(players - 1 - before) * (values[without | (1 << player)]! - values[without]!)
    }
    return sum / orders
  })
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}

function bitsSet(bits: number): number {
  let count = 0
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1
  return count
}

/** A mean over seeds and how far the seeds lie from it. */
export interface OverSeeds {
  mean: number
  /** n - 1 in the denominator; null with a single seed. */
  sd: number | null
  /** 95 %, Student's t; null with a single seed. */
  ci95: [number, number] | null
}

/** Mean, deviation and interval of one figure of each seed; `factor` is `LadderResult.halfWidthFactor`. */
export function overSeeds(values: readonly number[], factor: number | null): OverSeeds {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2 || factor === null) return { mean, sd: null, ci95: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const sd = Math.sqrt(squares / (values.length - 1))
  return { mean, sd, ci95: [mean - factor * sd, mean + factor * sd] }
}
