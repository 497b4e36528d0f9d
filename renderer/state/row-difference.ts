import { compareRows, rowDifference, type ComparableRow } from '../../engine/profile/compare'
import { digitsForDifference, fixed, intervalText, type Interval } from './numbers'

export type Verdict = 'lower' | 'higher' | 'no-evidence' | 'not-comparable'

export interface Difference {
  /** B minus A, in points; null when one side has no figure. */
  points: number | null
  /** 95 %; null without evidence on one side. */
  ci95: Interval | null
  verdict: Verdict
  words: string
}

/** The rule is engine/profile/compare.ts's, so that the window and the command line say the same of the same two rows. */
export function differenceOfRows(a: ComparableRow | undefined, b: ComparableRow | undefined): Difference {
  const difference = a && b ? rowDifference(a, b) : null
  if (difference) return differenceOf(difference.points, difference.ci95)
  const [inA, inB] = [hasFigure(a), hasFigure(b)]
  return missing(`no figure in ${inA ? 'B' : inB ? 'A' : 'either'}`)
}

/**
 * Every row of two tables, by row id. Of many rows some leave zero out of their interval by chance: the verdict is the
 * one that allows for all of them (Benjamini-Hochberg), and where it differs from the interval the words say so.
 */
export function differencesOfTables(a: readonly ComparableRow[], b: readonly ComparableRow[]): Map<string, Difference> {
  const compared = compareRows(a, b)
  const tested = compared.filter((row) => row.adjustedP !== null).length
  return new Map(compared.map((row): [string, Difference] => {
    const alone = differenceOfRows(row.a ?? undefined, row.b ?? undefined)
    const chance = row.verdict === 'no evidence' && (alone.verdict === 'higher' || alone.verdict === 'lower')
    return [row.id, chance
      ? { ...alone, verdict: 'no-evidence', words: `no evidence: among ${tested} rows chance does that` }
      : alone]
  }))
}

export function differenceOf(points: number, ci95: Interval | null): Difference {
  if (!ci95) return { points, ci95, verdict: 'no-evidence', words: 'no interval, so no verdict' }
  if (ci95[0] <= 0 && ci95[1] >= 0) return { points, ci95, verdict: 'no-evidence', words: 'no evidence of a difference' }
  const digits = digitsForDifference(ci95)
  const size: Interval = points < 0 ? [-ci95[1], -ci95[0]] : ci95
  const word = points < 0 ? 'lower' : 'higher'
  return {
    points, ci95, verdict: word,
    words: `${word} by ${fixed(Math.abs(points), digits)} points ${intervalText(size, digits)}`,
  }
}

function hasFigure(row: ComparableRow | undefined): boolean {
  return row !== undefined && row.percent !== null
}

function missing(words: string): Difference {
  return { points: null, ci95: null, verdict: 'not-comparable', words }
}
