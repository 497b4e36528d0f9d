import type { Share } from '../units'
import { normalQuantile } from './normal'

/** What hits among independent samples say about a share. Every function answers null where there is no evidence. */
export type ShareInterval = [lo: Share, hi: Share]

export interface ShareDifference {
  /** Share of A minus share of B. */
  difference: number
  lo: number
  hi: number
}

/**
 * The score interval of a share: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
 * JASA 22 (1927) 209-212. Never leaves 0..1 and has a width even at 0 hits, which the textbook interval has not.
 */
export function wilson(hits: number, n: number, confidence = 0.95): ShareInterval | null {
  if (!(n > 0)) return null
  if (!(hits >= 0 && hits <= n)) throw new RangeError(`${hits} hits among ${n} samples`)
  const z = normalQuantile(0.5 + confidence / 2)
  const p = hits / n
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const centre = p + (z * z) / (2 * n)
  const scale = 1 + (z * z) / n
  // at the ends the formula gives exactly 0 and 1; rounding must not push the share out of its own interval
  const lo = hits === 0 ? 0 : Math.max(0, (centre - spread) / scale)
  const hi = hits === n ? 1 : Math.min(1, (centre + spread) / scale)
  return [Math.min(lo, p), Math.max(hi, p)]
}

/**
 * The difference of two independent shares: R. G. Newcombe, "Interval Estimation for the Difference Between Independent
 * Proportions", Statistics in Medicine 17 (1998) 873-890, method 10: the two Wilson intervals, squared and added.
 */
export function newcombe(
  hitsA: number, nA: number, hitsB: number, nB: number, confidence = 0.95,
): ShareDifference | null {
  const a = wilson(hitsA, nA, confidence)
  const b = wilson(hitsB, nB, confidence)
  if (a === null || b === null) return null
  return differenceOfEstimates({ value: hitsA / nA, lo: a[0], hi: a[1] }, { value: hitsB / nB, lo: b[0], hi: b[1] })
}

/** A figure and its interval. */
export interface Estimate {
  value: number
  lo: number
  hi: number
}

/**
 * The difference of two independent estimates from their own intervals (MOVER: G. Y. Zou and A. Donner, "Construction
 * of confidence limits about effect measures", Statistics in Medicine 27 (2008) 1693-1702); of two Wilson intervals it
 * is Newcombe's method 10. Serves derived rows too, whose intervals are not Wilson's.
 */
export function differenceOfEstimates(a: Estimate, b: Estimate): ShareDifference {
  const difference = a.value - b.value
  return {
    difference,
    lo: difference - together(a.value - a.lo, b.hi - b.value),
    hi: difference + together(a.hi - a.value, b.value - b.lo),
  }
}

// not Math.hypot: its sum depends on the order in the last bit, and a - b must be exactly b - a turned round
const together = (one: number, other: number) => Math.sqrt(one * one + other * other)
