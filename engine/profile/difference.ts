import { pOfInterval } from '../statistics/from-interval'
import { benjaminiHochberg } from '../statistics/multiple'
import { differenceOfEstimates, wilson } from '../statistics/share'

/** Parts of two wholes, part i of the one beside part i of the other. */
export interface PartColumns {
  a: Float64Array
  b: Float64Array
  wholeA: number
  wholeB: number
}

/**
 * What can be said of a difference. Sampled: both are counts of samples, so each has an interval. Counted: both are
 * true figures, without any error. None: weights of another kind, which are neither.
 */
export type Evidence = 'sampled' | 'counted' | 'none'

export interface DifferenceOptions {
  /** What the whole of each side is in the unit shown: 100 for percent, or microseconds a packet; taken as exact. */
  scaleA: number
  scaleB: number
  evidence: Evidence
  /** How many independent samples each side's whole counts for when part i is asked for; left out: as many as it has. */
  effectiveA?: (part: number) => number
  effectiveB?: (part: number) => number
}

/** B minus A of each part, in the unit shown. */
export interface Differences {
  a: Float64Array
  b: Float64Array
  difference: Float64Array
  /** 95 % interval of each difference by itself; NaN without one. */
  lo: Float64Array
  hi: Float64Array
  /** 1 more in B, -1 less, 0 no evidence: allows for all parts looked at, so that it can be 0 where an interval leaves 0 out. */
  verdict: Int8Array
  /** How many parts were looked at; those with too few samples were not. */
  tested: number
}

/**
 * Fewer samples than these, both sides together, cannot be told from chance and are not tested: choosing by the sum says
 * nothing of the difference (R. Bourgon, R. Gentleman, W. Huber, "Independent filtering increases detection power",
 * PNAS 107 (2010) 9546-9551).
 */
export const fewestSamples = 5

/** Of true figures a change counts from this part of the larger whole on. */
export const countedThreshold = 0.001

/**
 * Differences of many parts at once. Intervals as of Table 2's rows: each side's Wilson interval, joined by
 * `differenceOfEstimates` (in percent that is Newcombe's method 10). Verdicts by Benjamini and Hochberg at 5 % over all
 * parts: proven for independent and positively related ones (Y. Benjamini, D. Yekutieli, Annals of Statistics 29 (2001)
 * 1165-1188), as a box and those in it are; boxes beside each other are not, and a simulation of trees without any
 * difference keeps the bound (test/property/difference.test.ts). Of B against A all signs are exactly turned.
 */
export function differencesOfParts(parts: PartColumns, options: DifferenceOptions): Differences {
  const { wholeA, wholeB } = parts
  const { scaleA, scaleB, evidence } = options
  const scaled = (column: Float64Array, whole: number, scale: number) =>
    column.map((part) => (whole > 0 ? (part / whole) * scale : 0))
  const [a, b] = [scaled(parts.a, wholeA, scaleA), scaled(parts.b, wholeB, scaleB)]
  const none = () => new Float64Array(a.length).fill(NaN)
  const found: Differences = {
    a, b, difference: b.map((part, i) => part - a[i]!), lo: none(), hi: none(), verdict: new Int8Array(a.length), tested: 0,
  }
  if (!(wholeA > 0) || !(wholeB > 0)) return found
  if (evidence === 'sampled') judgeSampled(found, parts, options)
  if (evidence === 'counted') {
    const least = countedThreshold * Math.max(scaleA, scaleB)
    found.difference.forEach((change, i) => { found.verdict[i] = Math.abs(change) >= least ? Math.sign(change) : 0 })
  }
  return found
}

function judgeSampled(found: Differences, parts: PartColumns, options: DifferenceOptions): void {
  const { scaleA, scaleB, effectiveA, effectiveB } = options
  const { a, b, difference, lo, hi, verdict } = found
  const p = Array.from(difference, (change, i): number | null => {
    const before = estimate(parts.a[i]!, parts.wholeA, effectiveA?.(i), scaleA, a[i]!)
    const after = estimate(parts.b[i]!, parts.wholeB, effectiveB?.(i), scaleB, b[i]!)
    const interval = differenceOfEstimates(after, before)
    lo[i] = interval.lo
    hi[i] = interval.hi
    return parts.a[i]! + parts.b[i]! < fewestSamples ? null : pOfInterval(change, interval.lo, interval.hi)
  })
  const tests = benjaminiHochberg(p)
  found.tested = tests.tests
  tests.rejected.forEach((real, i) => { verdict[i] = real ? Math.sign(difference[i]!) : 0 })
}

function estimate(hits: number, whole: number, effective: number | undefined, scale: number, value: number) {
  const size = Math.min(whole, effective ?? whole)
  // sums of weights may be off by rounding: a part is no more than its whole
  const ends = wilson(Math.min(size, (hits / whole) * size), size)
  const [lo, hi] = ends ?? [0, 1]
  return { value, lo: Math.min(value, lo * scale), hi: Math.max(value, hi * scale) }
}
