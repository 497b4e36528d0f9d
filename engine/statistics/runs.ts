import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import type { Share } from '../units'
import { type Answer, checkProbability, percentText, unknown } from './answer'

/** Several runs a side: one share per seed. Runs are independent whatever goes on within each. */
export type RunShares = ArrayLike<number>

export interface MeanInterval {
  lo: Share
  hi: Share
  confidence: number
  method: 'Student t'
  degreesOfFreedom: number
}

export interface RunDesignEffect {
  /** Observed variance between runs over that of independent samples. */
  designEffect: number
  lo: number
  hi: number
  /** `more`: even the lower end is above 1; `less`: even the upper end is below 1. */
  verdict: 'more' | 'less' | 'as sampling explains'
  words: string
}

export interface RunsSummary {
  runs: number
  mean: Share
  /** Standard deviation between runs (n - 1 in the denominator). */
  sd: Answer<{ value: number }>
  interval: Answer<MeanInterval>
  designEffect: Answer<RunDesignEffect>
  words: string
}

/**
 * Mean, spread between runs, and Student's interval of the mean (Student, Biometrika 6 (1908) 1-25), cut to 0..1.
 * `samplesPerRun` (one number a run) lets the spread be compared with what sampling alone would give.
 */
export function runsSummary(
  shares: RunShares, samplesPerRun?: ArrayLike<number>, confidence = 0.95,
): Answer<RunsSummary> {
  checkProbability(confidence, 'confidence')
  const fault = faultOfRuns(shares)
  if (fault !== null) return unknown(fault)
  const runs = shares.length
  const { mean, variance } = moments(shares)
  const why = spreadless(runs, mean, variance)
  const sd: Answer<{ value: number }> = runs < 2 ? unknown(why!) : { known: true, value: Math.sqrt(variance) }
  const interval = why === null ? meanInterval(runs, mean, variance, confidence) : unknown(why)
  const designEffect = designEffectOf(shares, samplesPerRun, confidence)
  return { known: true, runs, mean, sd, interval, designEffect, words: wordsOf(runs, mean, interval) }
}

function meanInterval(runs: number, mean: number, variance: number, confidence: number): Answer<MeanInterval> {
  const half = tQuantile(0.5 + confidence / 2, runs - 1) * Math.sqrt(variance / runs)
  const [lo, hi] = [Math.max(0, mean - half), Math.min(1, mean + half)]
  return { known: true, lo, hi, confidence, method: 'Student t', degreesOfFreedom: runs - 1 }
}

function wordsOf(runs: number, mean: number, interval: Answer<MeanInterval>): string {
  const what = `Mean of ${runs} ${runs === 1 ? 'run' : 'runs'}: ${percentText(mean)}`
  return interval.known
    ? `${what} (${percentText(interval.lo)} to ${percentText(interval.hi)}, Student's t over the runs).`
    : `${what}; ${interval.why}.`
}

/**
 * Design effect of whole runs (L. Kish, "Survey Sampling", 1965, 8.2): the variance between runs over the mean of
 * p(1 - p) / n. Its interval is that of a variance of normal values, by the chi-square distribution.
 */
function designEffectOf(
  shares: RunShares, samplesPerRun: ArrayLike<number> | undefined, confidence: number,
): Answer<RunDesignEffect> {
  const runs = shares.length
  if (samplesPerRun === undefined) return unknown('the number of samples of each run is not given')
  if (samplesPerRun.length !== runs) return unknown(`${runs} runs, but ${samplesPerRun.length} numbers of samples`)
  const { mean, variance } = moments(shares)
  if (runs < 2) return unknown(spreadless(runs, mean, variance)!)
  let perSample = 0
  for (let i = 0; i < runs; i++) {
    if (!(samplesPerRun[i] > 0)) return unknown(`run ${i + 1} has no samples`)
    perSample += 1 / samplesPerRun[i] / runs
  }
  const expected = mean * (1 - mean) * perSample
  if (!(expected > 0)) return unknown(spreadless(runs, mean, variance) ?? 'no spread is to be expected of such a share')
  const designEffect = variance / expected
  const tail = (1 - confidence) / 2
  const lo = (designEffect * (runs - 1)) / chiSquareQuantile(1 - tail, runs - 1)
  const hi = (designEffect * (runs - 1)) / chiSquareQuantile(tail, runs - 1)
  const verdict = lo > 1 ? 'more' : hi < 1 ? 'less' : 'as sampling explains'
  const found = { more: 'more than sampling explains', less: 'less than independent samples would' }
  const differ = verdict === 'as sampling explains' ? verdict : found[verdict]
  const range = `${Number(designEffect.toPrecision(2))} times the variance (${Number(lo.toPrecision(2))} to `
    + `${Number(hi.toPrecision(2))})`
  return { known: true, designEffect, lo, hi, verdict, words: `The runs differ ${differ}: ${range}.` }
}

export interface RunsDifference {
  /** Mean of the first side minus mean of the second. */
  difference: number
  lo: number
  hi: number
  confidence: number
  p: number
  degreesOfFreedom: number
  method: 'Welch'
}

/**
 * Difference of the means of two sets of runs with unequal variances: B. L. Welch, Biometrika 34 (1947) 28-35, with the
 * degrees of freedom of F. E. Satterthwaite, Biometrics Bulletin 2 (1946) 110-114. Two runs a side at least.
 */
export function welchDifference(a: RunShares, b: RunShares, confidence = 0.95): Answer<RunsDifference> {
  checkProbability(confidence, 'confidence')
  const fault = faultOfRuns(a) ?? faultOfRuns(b)
  if (fault !== null) return unknown(fault)
  if (Math.min(a.length, b.length) < 2) return unknown('a single run on a side: how much runs differ cannot be seen')
  const [left, right] = [moments(a), moments(b)]
  const [ofA, ofB] = [left.variance / a.length, right.variance / b.length]
  const variance = ofA + ofB
  if (variance === 0) return unknown('the runs of each side are exactly alike: how much runs differ cannot be seen')
  const degreesOfFreedom = variance ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1))
  const difference = left.mean - right.mean
  const half = tQuantile(0.5 + confidence / 2, degreesOfFreedom) * Math.sqrt(variance)
  const p = Math.min(1, 2 * tCdf(-Math.abs(difference) / Math.sqrt(variance), degreesOfFreedom))
  const [lo, hi] = [difference - half, difference + half]
  return { known: true, difference, lo, hi, confidence, p, degreesOfFreedom, method: 'Welch' }
}

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  const mean = sum / values.length
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2
  // the mean of equal values may be off by rounding: their spread is none all the same
  const alike = Array.prototype.every.call(values, (value) => value === values[0])
  return alike ? { mean: values[0], variance: 0 } : { mean, variance: squares / (values.length - 1) }
}

function spreadless(runs: number, mean: number, variance: number): string | null {
  if (runs < 2) return 'a single run does not show how much runs differ'
  if (variance === 0) return `all ${runs} runs gave exactly ${percentText(mean)}: they do not show how much runs differ`
  return null
}

function faultOfRuns(shares: RunShares): string | null {
  if (shares.length === 0) return 'no runs: nothing is known of this share'
  for (let i = 0; i < shares.length; i++) {
    if (!(shares[i] >= 0 && shares[i] <= 1)) return `run ${i + 1} has a share of ${shares[i]}, which is no share`
  }
  return null
}
