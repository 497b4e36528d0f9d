import { countedThreshold, type Differences, type Evidence } from '../../engine/profile/difference'
import { digitsForDifference, fixed, intervalText, type Interval } from './numbers'

/** Decimals of figures without an interval: enough for a thousandth of the whole. */
export function digitsOfCounted(whole: number): number {
  return Math.max(0, Math.min(4, 3 - Math.floor(Math.log10(whole || 1))))
}

export function intervalOf({ lo, hi }: Differences, part: number): Interval | null {
  return Number.isNaN(lo[part]!) ? null : [lo[part]!, hi[part]!]
}

/** What kind of figures a list's are. */
export const evidenceWords: Record<Evidence, string> = { sampled: 'sampled', counted: 'counted', none: 'without intervals' }

export interface Said {
  unit: string
  /** What the parts are: boxes or functions. */
  parts: string
  evidence: Evidence
  digits: number
}

/** The verdict on one part in words; what is counted has no interval and says so. */
export function verdictWords(differences: Differences, part: number, { unit, parts, evidence, digits }: Said): string {
  const change = differences.difference[part]!
  const verdict = differences.verdict[part]!
  const size = (places: number) => `${change < 0 ? 'lower' : 'higher'} by ${fixed(Math.abs(change), places)} ${unit}`
  if (evidence === 'none') return 'no interval, so no verdict'
  if (evidence === 'counted') {
    if (verdict !== 0) return `${size(digits)}, counted`
    return change === 0 ? 'the same, counted' : `under ${fixed(countedThreshold * 100, 1)} % of the whole, counted`
  }
  const interval = intervalOf(differences, part)
  if (!interval) return 'nothing was recorded on one side'
  if (verdict !== 0) {
    const places = digitsForDifference(interval)
    return `${size(places)} ${intervalText(change < 0 ? [-interval[1], -interval[0]] : interval, places)}`
  }
  if (interval[0] <= 0 && interval[1] >= 0) return 'no evidence of a difference'
  return `no evidence: among ${differences.tested} ${parts} chance does that`
}

/** The same where difference and interval already stand beside it. */
export function verdictShort(differences: Differences, part: number, evidence: Evidence): string {
  const verdict = differences.verdict[part]!
  if (evidence === 'none') return 'no interval'
  if (verdict !== 0) return `${verdict > 0 ? 'higher' : 'lower'}${evidence === 'counted' ? ', counted' : ''}`
  if (evidence === 'counted') return differences.difference[part] === 0 ? 'the same' : `under ${fixed(countedThreshold * 100, 1)} % of all`
  const interval = intervalOf(differences, part)
  const alone = interval !== null && (interval[0] > 0 || interval[1] < 0)
  return alone ? `chance among ${differences.tested}` : 'no evidence'
}
