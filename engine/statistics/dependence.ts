import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { type Answer, type Known, checkProbability, countText, unknown } from './answer'
import { type Interval, shareInterval } from './interval'
import { normalQuantile } from './normal'

/**
 * Samples taken in a row often see the same thing: 100 samples within one long wait are nearly one observation. A
 * sequence here is one number a sample, in order of time: 0 or 1, or the id of a world, row or frame; what counts as a
 * hit is `of`. The design effect is the variance of the share over that of as many independent samples.
 */
export type Sequence = ArrayLike<number>

export type DependenceMethod = 'sample by sample' | 'batch by batch' | 'none found' | 'borrowed'

export interface Dependence {
  hits: number
  n: number
  /** n / designEffect, at most n; for use in intervals of the confidence asked for. */
  effectiveN: number
  /** At least 1: regularity that would make the share surer than independent samples is not credited. */
  designEffect: number
  /** Autocorrelation of neighbours, -1..1; null where it was not measured but borrowed. */
  lag1: number | null
  method: DependenceMethod
  /** How far apart two samples still counted as alike, in samples. */
  reach: number
  /** The reach is more than a tenth of the samples: the effective number is a guess, and rather too large. */
  slow: boolean
  words: string
}

/** Fewer samples than this show no dependence worth the name. */
const FEWEST_SAMPLES = 20
/** A run is too short to judge its own memory where that is more than this part of it. */
const SLOW_PART = 0.1

/**
 * Effective sample size of the share of `of`, by the initial monotone positive sequence (C. J. Geyer, "Practical
 * Markov Chain Monte Carlo", Statistical Science 7 (1992) 473-483): autocorrelations are added in pairs until a pair
 * is no longer positive. It is done twice and the larger design effect counts; each is blind where the other sees:
 * - sample by sample, lags up to 2 sqrt(n): stops too early where likeness goes and returns with a period;
 * - on the means of batches of sqrt(n) / 2 samples (batch means: M. S. Meketon and B. Schmeiser, Winter Simulation
 *   Conference 1984, 227-230), lags up to n / 4: smooths periods shorter than a batch, sees what lasts longer.
 * A memory of m lags leaves about n / (2 m + 1) independent looks at the variance; for so many degrees of freedom the
 * design effect grows by the square of Student's t over the normal quantile (Korn and Graubard, see interval.ts).
 * All this widens intervals of independent samples by some 10 %. Cost: at most hits times 2 sqrt(n).
 */
export function dependenceOf(sequence: Sequence, of = 1, confidence = 0.95): Answer<Dependence> {
  checkProbability(confidence, 'confidence')
  const n = sequence.length
  if (n === 0) return unknown('no samples: nothing is known of their dependence')
  const fault = faultOfSequence(sequence)
  if (fault !== null) return unknown(fault)
  if (n < FEWEST_SAMPLES) {
    return unknown(`${n} samples are too few to see whether they depend on each other: ${FEWEST_SAMPLES} are needed`)
  }
  const hit = indicator(sequence, of)
  const hits = sumOf(hit)
  if (hits === 0) return unknown(`none of the ${n} samples is a hit: their dependence does not show`)
  if (hits === n) return unknown(`all ${n} samples are hits: their dependence does not show`)
  return { known: true, ...measured(hit, hits, confidence) }
}

function measured(hit: Uint8Array, hits: number, confidence: number): Dependence {
  const n = hit.length
  const correlation = autocorrelation(hit, hits)
  const samples = initialPositive(correlation, Math.min(Math.floor(2 * Math.sqrt(n)), Math.floor(n / 4)))
  const batches = batchwise(hit, hits)
  const byBatches = batches.designEffect > samples.designEffect
  const larger = byBatches ? batches : samples
  const none = larger.designEffect <= 1
  const method = none ? 'none found' : byBatches ? 'batch by batch' : 'sample by sample'
  const reach = none ? 0 : larger.reach
  const designEffect = none ? 1 : Math.min(n, larger.designEffect * student(n / (2 * reach + 1), confidence))
  const slow = reach > n * SLOW_PART
  const effectiveN = n / designEffect
  const words = wordsOf(n, effectiveN, method, slow)
  return { hits, n, effectiveN, designEffect, lag1: correlation(1), method, reach, slow, words }
}

/** What an uncertain variance costs, as a factor on it. */
function student(degreesOfFreedom: number, confidence: number): number {
  const upper = 0.5 + confidence / 2
  return (tQuantile(upper, Math.max(1, degreesOfFreedom)) / normalQuantile(upper)) ** 2
}

function wordsOf(n: number, effectiveN: number, method: DependenceMethod, slow: boolean): string {
  if (method === 'none found') return `The ${n} samples show no dependence on each other.`
  const warning = slow ? ' They stay alike over so long that the run is too short to tell; even fewer is likely.' : ''
  return `The ${n} samples depend on each other and count as ${countText(effectiveN)} independent ones.${warning}`
}

/**
 * Autocorrelation of a 0/1 sequence at a lag: about the mean and divided by n, so that the estimates form a positive
 * definite sequence (M. B. Priestley, "Spectral Analysis and Time Series", 1981, 5.3.3).
 */
export function autocorrelation(hit: Uint8Array, hits: number): (lag: number) => number {
  const n = hit.length
  const mean = hits / n
  const variance = mean * (1 - mean)
  const places = Uint32Array.from({ length: hits })
  for (let i = 0, k = 0; i < n; i++) if (hit[i] === 1) places[k++] = i
  const before = new Uint32Array(n + 1)
  for (let i = 0; i < n; i++) before[i + 1] = before[i] + hit[i]
  return (lag) => {
    let both = 0
    for (let k = 0; k < hits && places[k] + lag < n; k++) both += hit[places[k] + lag]
    // sum of (x[i] - mean)(x[i + lag] - mean), opened: only pairs of hits need a walk
    const ends = before[n - lag] + (hits - before[lag])
    return (both - mean * ends + (n - lag) * mean * mean) / (n * variance)
  }
}

interface Memory {
  designEffect: number
  /** In steps of the sequence looked at. */
  reach: number
}

function initialPositive(correlation: (lag: number) => number, limit: number): Memory {
  let sum = 0
  let least = Infinity
  let lag = 0
  for (; lag < limit; lag += 2) {
    const pair = (lag === 0 ? 1 : correlation(lag)) + correlation(lag + 1)
    if (pair <= 0) break
    least = Math.min(least, pair)
    sum += least
  }
  return { designEffect: 2 * sum - 1, reach: Math.max(0, lag - 1) }
}

/** Variance of batch means over that of independent samples, times the memory of the batches. */
function batchwise(hit: Uint8Array, hits: number): Memory {
  const n = hit.length
  const size = Math.max(2, Math.floor(Math.sqrt(n) / 2))
  const share = hits / n
  // what is left over at the end belongs to no batch
  const above = new Float64Array(Math.floor(n / size)).fill(-share * size)
  for (let i = 0; i < above.length * size; i++) above[Math.floor(i / size)] += hit[i]
  const squaresAt = (lag: number) => {
    let sum = 0
    for (let b = 0; b + lag < above.length; b++) sum += above[b] * above[b + lag]
    return sum
  }
  const squares = squaresAt(0)
  if (squares === 0) return { designEffect: 0, reach: 0 }
  const found = initialPositive((lag) => squaresAt(lag) / squares, Math.floor(above.length / 4))
  const ofBatches = squares / (above.length - 1) / size / (share * (1 - share))
  return { designEffect: found.designEffect * ofBatches, reach: found.reach * size }
}

export interface DependentInterval extends Interval {
  /** How much the samples depend on each other, or why that does not show. */
  dependence: Answer<Dependence>
}

/** The interval of the share of `of` with hits and n scaled to the effective number of samples. */
export function dependentInterval(
  sequence: Sequence, of = 1, confidence = 0.95,
): Answer<DependentInterval> {
  return intervalsOfRows(sequence, [of], confidence)[0]
}

/**
 * The corrected intervals of several rows of one sequence. A row with fewer than two hits or misses cannot show its own
 * dependence; it borrows the mean design effect of the others, each weighted by 1 - share (J. N. K. Rao and
 * A. J. Scott, JASA 76 (1981) 221-230). Where nothing can be borrowed either, samples are taken as independent and the
 * words say so.
 */
export function intervalsOfRows(
  sequence: Sequence, rows: readonly number[], confidence = 0.95,
): Answer<DependentInterval>[] {
  const fault = faultOfSequence(sequence)
  if (fault !== null) return rows.map(() => unknown(fault))
  const n = sequence.length
  const own = rows.map((of) => dependenceOf(sequence, of, confidence))
  const shown = own.flatMap((d) => (d.known && hasOwn(d.hits, n) ? [d] : []))
  const lent = meanDesignEffect(shown)
  return rows.map((of, i) => {
    const hits = sumOf(indicator(sequence, of))
    const dependence = hasOwn(hits, n) || lent === null ? own[i] : borrowed(hits, n, lent)
    const effective = dependence.known ? dependence.effectiveN : undefined
    const interval = shareInterval(hits, n, confidence, effective)
    if (!interval.known) return interval
    const taken = dependence.known ? '' : `; samples taken as independent: ${dependence.why}`
    return { ...interval, words: interval.words + taken, dependence }
  })
}

const hasOwn = (hits: number, n: number) => Math.min(hits, n - hits) >= 2

function meanDesignEffect(rows: readonly Dependence[]): number | null {
  if (rows.length === 0) return null
  const weights = rows.map((row) => 1 - row.hits / row.n)
  const all = weights.reduce((sum, w) => sum + w, 0)
  return rows.reduce((sum, row, i) => sum + weights[i] * row.designEffect, 0) / all
}

function borrowed(hits: number, n: number, designEffect: number): Known<Dependence> {
  const effectiveN = n / designEffect
  return {
    known: true, hits, n, effectiveN, designEffect, lag1: null, method: 'borrowed', reach: 0, slow: false,
    words: `Too few hits to show their own dependence: the ${n} samples count as ${countText(effectiveN)} independent `
      + 'ones, as the other rows do on the whole.',
  }
}

function faultOfSequence(sequence: Sequence): string | null {
  for (let i = 0; i < sequence.length; i++) if (Number.isNaN(sequence[i])) return `sample ${i + 1} is not a number`
  return null
}

export function indicator(sequence: Sequence, of: number): Uint8Array {
  const hit = new Uint8Array(sequence.length)
  for (let i = 0; i < hit.length; i++) hit[i] = sequence[i] === of ? 1 : 0
  return hit
}

export function sumOf(hit: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < hit.length; i++) sum += hit[i]
  return sum
}
