import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import type { Share } from '../units'
import { type Answer, checkProbability, countOf, countText, faultOfCounts, unknown } from './answer'
import { wilson } from './share'

/** The exact interval where hits or misses are few, the score interval else. */
export type IntervalMethod = 'Wilson' | 'Clopper-Pearson'

export interface Interval {
  /** hits / n, as counted. */
  share: Share
  lo: Share
  hi: Share
  confidence: number
  method: IntervalMethod
  hits: number
  n: number
  /** The number of independent samples that say as much; n where samples are taken as independent. */
  effectiveN: number
  /** Method, counts and citation in one line. */
  words: string
}

/** Fewer hits (or misses) than this are few: there the exact interval keeps its promise and Wilson's need not. */
export const FEW = 10

/**
 * The interval of a share from counts. Wilson's score interval (JASA 22 (1927) 209-212), or with fewer than `FEW`
 * effective hits or misses the exact one (C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413).
 *
 * `effective` is the effective number of samples of a dependent sequence (dependence.ts): hits and n are scaled to it,
 * so hits need not be whole (E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193-201, do the same for
 * clustered surveys). It never counts for more than n.
 */
export function shareInterval(hits: number, n: number, confidence = 0.95, effective?: number): Answer<Interval> {
  checkProbability(confidence, 'confidence')
  const fault = faultOfCounts(hits, n, effective)
  if (fault !== null) return unknown(fault)
  const { hits: scaledHits, n: effectiveN } = scaled(hits, n, effective)
  const method: IntervalMethod = Math.min(scaledHits, effectiveN - scaledHits) < FEW ? 'Clopper-Pearson' : 'Wilson'
  const ends = method === 'Wilson'
    ? wilson(scaledHits, effectiveN, confidence)
    : clopperPearson(scaledHits, effectiveN, confidence)
  if (ends === null) return unknown(`${hits} hits of ${n} samples: no interval`)
  const share = hits / n
  // hits and n are scaled by a rounded factor; the share must not fall out of its own interval by rounding
  const [lo, hi] = [Math.min(ends[0], share), Math.max(ends[1], share)]
  const words = wordsOf(method, hits, n, effectiveN)
  return { known: true, share, lo, hi, confidence, method, hits, n, effectiveN, words }
}

/** Counts as so many independent samples. Both ends are kept exact: no hits stay none, all hits stay all. */
export function scaled(hits: number, n: number, effective = n): { hits: number; n: number } {
  const size = Math.min(effective, n)
  if (size === n) return { hits, n }
  return { hits: hits === n ? size : Math.min(size, hits * (size / n)), n: size }
}

/**
 * The exact interval by quantiles of the beta distribution: lo at hits, n - hits + 1; hi at hits + 1, n - hits.
 * At least the stated confidence whatever the share; wider than needed when samples are few. Hits need not be whole.
 */
export function clopperPearson(hits: number, n: number, confidence = 0.95): [lo: Share, hi: Share] | null {
  checkProbability(confidence, 'confidence')
  if (faultOfCounts(hits, n) !== null) return null
  const tail = (1 - confidence) / 2
  const lo = hits === 0 ? 0 : betaQuantile(tail, hits, n - hits + 1)
  const hi = hits === n ? 1 : betaQuantile(1 - tail, hits + 1, n - hits)
  return [lo, hi]
}

function wordsOf(method: IntervalMethod, hits: number, n: number, effectiveN: number): string {
  const counted = effectiveN < n ? `, which count as ${countText(effectiveN)} independent ones` : ''
  const cited = method === 'Wilson' ? 'Wilson 1927' : 'exact, Clopper and Pearson 1934'
  const one = n === 1 ? '; one sample says almost nothing' : ''
  return `${countOf(hits, 'hit')} of ${countOf(n, 'sample')}${counted} (${cited})${one}`
}
