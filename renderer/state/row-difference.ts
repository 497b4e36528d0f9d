import type { TableRow } from '../../engine/run-report'
import { digitsFor, fixed, intervalText, type Interval } from './numbers'

export type Verdict = 'lower' | 'higher' | 'no-evidence' | 'not-comparable'

export interface Difference {
  /** B minus A, in points; null when one side has no figure. */
  points: number | null
  /** 95 %; null without evidence on one side. */
  ci95: Interval | null
  verdict: Verdict
  words: string
}

/**
 * B minus A with its interval, from the two figures and their own intervals, squared and added. For two Wilson
 * intervals that is exactly Newcombe's method 10 (statistics/share.ts); for the other methods it is the same rule as
 * Zou and Donner's "Construction of confidence limits about effect measures", Statistics in Medicine 27 (2008).
 */
export function intervalOfDifference(a: number, ciA: Interval, b: number, ciB: Interval): Interval {
  const d = b - a
  return [d - Math.hypot(b - ciB[0], ciA[1] - a), d + Math.hypot(ciB[1] - b, a - ciA[0])]
}

export function differenceOfRows(a: TableRow | undefined, b: TableRow | undefined): Difference {
  const [pa, pb] = [a?.percent ?? null, b?.percent ?? null]
  if (pa === null && pb === null) return missing('does not apply to either')
  if (pa === null) return missing('does not apply to A')
  if (pb === null) return missing('does not apply to B')
  const ci95 = a?.ci95 && b?.ci95 ? intervalOfDifference(pa, a.ci95, pb, b.ci95) : null
  return differenceOf(pb - pa, ci95)
}

export function differenceOf(points: number, ci95: Interval | null): Difference {
  if (!ci95) return { points, ci95, verdict: 'no-evidence', words: 'no interval, so no verdict' }
  if (ci95[0] <= 0 && ci95[1] >= 0) return { points, ci95, verdict: 'no-evidence', words: 'no evidence of a difference' }
  const digits = digitsFor(ci95)
  const size: Interval = points < 0 ? [-ci95[1], -ci95[0]] : ci95
  const word = points < 0 ? 'lower' : 'higher'
  return {
    points, ci95, verdict: word,
    words: `${word} by ${fixed(Math.abs(points), digits)} points ${intervalText(size, digits)}`,
  }
}

function missing(words: string): Difference {
  return { points: null, ci95: null, verdict: 'not-comparable', words }
}
