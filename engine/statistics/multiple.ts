import { checkProbability } from './answer'

export interface MultipleTests {
  rejected: boolean[]
  /** Adjusted p-values: the smallest q at which the row would be rejected; null where there was no p-value. */
  adjusted: (number | null)[]
  /** How many p-values took part. */
  tests: number
}

/**
 * Y. Benjamini and Y. Hochberg, "Controlling the False Discovery Rate", J. R. Statist. Soc. B 57 (1995) 289-300: of all
 * differences called real, at most a part q is expected not to be. Null and NaN p-values take no part.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[], q = 0.05): MultipleTests {
  checkProbability(q, 'q')
  const order = pValues.flatMap((p, i) => (p === null || Number.isNaN(p) ? [] : [i]))
  order.sort((i, j) => pValues[i]! - pValues[j]! || i - j)
  const adjusted = pValues.map((): number | null => null)
  let least = 1
  for (let rank = order.length; rank >= 1; rank--) {
    const row = order[rank - 1]
    least = Math.min(least, pValues[row]! * (order.length / rank))
    adjusted[row] = least
  }
  return { rejected: adjusted.map((p) => p !== null && p <= q), adjusted, tests: order.length }
}
