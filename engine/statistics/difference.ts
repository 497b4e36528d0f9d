import betaCdf from '@stdlib/stats-base-dists-beta-cdf'
import erfc from '@stdlib/math-base-special-erfc'
import {
  type Answer, type Known, type Unknown, checkProbability, faultOfCounts, percentText, pointsText, unknown,
} from './answer'
import { scaled } from './interval'
import { benjaminiHochberg } from './multiple'
import { newcombe } from './share'

/** Hits among n samples; `effective` where the samples depend on each other (dependence.ts). */
export interface Counts {
  hits: number
  n: number
  effective?: number | undefined
}

/** Which test gave a p-value. */
export type DifferenceTest = 'score' | 'conditional'

export interface Difference {
  /** Share of the first minus share of the second, 0..1. */
  difference: number
  lo: number
  hi: number
  confidence: number
  /** Two-sided: how often chance alone would show so large a difference. */
  p: number
  test: DifferenceTest
}

/** Below so many expected hits or misses on a side the normal curve of the score test is not trusted. */
export const FEW_EXPECTED = 5

/**
 * First share minus second: Newcombe's interval (Statistics in Medicine 17 (1998) 873-890, method 10) and the p-value
 * of "no difference" (`differenceP`), both on effective counts. Exchanging the two turns every sign and keeps p.
 */
export function shareDifference(
  a: Counts, b: Counts, confidence = 0.95, names: readonly [string, string] = ['first', 'second'],
): Answer<Difference> {
  checkProbability(confidence, 'confidence')
  const faultA = faultOfCounts(a.hits, a.n, a.effective)
  if (faultA !== null) return unknown(`${names[0]}: ${faultA}`)
  const faultB = faultOfCounts(b.hits, b.n, b.effective)
  if (faultB !== null) return unknown(`${names[1]}: ${faultB}`)
  const left = scaled(a.hits, a.n, a.effective)
  const right = scaled(b.hits, b.n, b.effective)
  const interval = newcombe(left.hits, left.n, right.hits, right.n, confidence)
  if (interval === null) return unknown('no samples on one of the sides')
  const { p, test } = differenceP(left.hits, left.n, right.hits, right.n)
  const difference = a.hits / a.n - b.hits / b.n
  const [lo, hi] = [Math.min(interval.lo, difference), Math.max(interval.hi, difference)]
  return { known: true, difference, lo, hi, confidence, p, test }
}

/**
 * Two-sided p-value of equal shares. The score test with pooled variance and the factor (N - 1) / N (E. S. Pearson,
 * Biometrika 34 (1947) 139-167; I. Campbell, Statistics in Medicine 26 (2007) 3661-3675, finds it best for small
 * tables). Where fewer than `FEW_EXPECTED` hits or misses are expected on a side, the conditional test of two rare
 * counts (J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323): given their sum, the hits of one side are
 * binomial; twice the smaller tail, by the incomplete beta function, so counts need not be whole. It errs towards no
 * evidence.
 */
export function differenceP(
  hitsA: number, nA: number, hitsB: number, nB: number,
): { p: number; test: DifferenceTest } {
  const n = nA + nB
  const pooled = (hitsA + hitsB) / n
  const rare = Math.min(pooled, 1 - pooled)
  if (rare * Math.min(nA, nB) < FEW_EXPECTED) {
    const counts = pooled <= 0.5 ? [hitsA, hitsB] : [nA - hitsA, nB - hitsB]
    return { p: conditionalP(counts[0], counts[1], nA / n, nB / n), test: 'conditional' }
  }
  const variance = pooled * (1 - pooled) * (1 / nA + 1 / nB) * (n / (n - 1))
  const z = Math.abs(hitsA / nA - hitsB / nB) / Math.sqrt(variance)
  return { p: erfc(z / Math.SQRT2), test: 'score' }
}

function conditionalP(a: number, b: number, partA: number, partB: number): number {
  const manyInA = a === 0 ? 1 : betaCdf(partA, a, b + 1)
  const manyInB = b === 0 ? 1 : betaCdf(partB, b, a + 1)
  return Math.min(1, 2 * Math.min(manyInA, manyInB))
}

/** One row on both sides: A is what was, B is what came of it. */
export interface RowCounts {
  hitsA: number
  nA: number
  hitsB: number
  nB: number
  effectiveA?: number | undefined
  effectiveB?: number | undefined
}

export type Verdict = 'higher' | 'lower' | 'no evidence'

export interface RowDifference extends Difference {
  /** Adjusted for the number of rows (Benjamini-Hochberg). */
  adjustedP: number
  /** Of B against A; it follows the adjusted p-value, not the interval. */
  verdict: Verdict
  words: string
}

/** A row that cannot be compared says why; its verdict is no evidence. */
export type RowResult = Known<RowDifference> | (Unknown & { verdict: 'no evidence' })

/** B minus A for every row, as profile/compare.ts has it, judged together: false discoveries at most a part `q`. */
export function differencesOfRows(rows: readonly RowCounts[], q = 0.05, confidence = 0.95): RowResult[] {
  const differences = rows.map((row) => shareDifference(
    { hits: row.hitsB, n: row.nB, effective: row.effectiveB },
    { hits: row.hitsA, n: row.nA, effective: row.effectiveA },
    confidence,
    ['B', 'A'],
  ))
  const { rejected, adjusted, tests } = benjaminiHochberg(differences.map((d) => (d.known ? d.p : null)), q)
  return differences.map((difference, i): RowResult => {
    if (!difference.known) return { ...difference, verdict: 'no evidence' }
    const adjustedP = adjusted[i] ?? 1
    const verdict = !rejected[i] ? 'no evidence' : difference.difference > 0 ? 'higher' : 'lower'
    return { ...difference, adjustedP, verdict, words: wordsOf(rows[i], difference, verdict, adjustedP, tests) }
  })
}

function wordsOf(row: RowCounts, difference: Difference, verdict: Verdict, adjustedP: number, tests: number): string {
  const shares = `${percentText(row.hitsA / row.nA)} to ${percentText(row.hitsB / row.nB)}`
  const interval = pointsText(difference.lo, difference.hi)
  const chance = `p ${chanceText(adjustedP)}${tests > 1 ? `, adjusted for ${tests} rows` : ''}`
  const alone = difference.lo > 0 || difference.hi < 0
  const but = verdict === 'no evidence' && alone ? '; taken alone it would seem to differ' : ''
  const found = verdict === 'no evidence' ? 'No evidence of a difference' : `B is ${verdict}`
  return `${found}: ${shares} (B minus A: ${interval}; ${chance}${but}).`
}

const chanceText = (p: number) => (p < 0.0001 ? 'below 0.0001' : String(Number(p.toPrecision(2))))
