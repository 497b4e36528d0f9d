import { normalQuantile, normalTail } from './normal'

/**
 * The two-sided p-value that an interval of a difference implies: how many half-widths (on zero's side) zero is away,
 * taken as a normal deviate. It agrees with the interval by construction: below 1 - confidence exactly when the
 * interval leaves zero out. For figures of which only estimate and interval are known: derived rows, files.
 */
export function pOfInterval(difference: number, lo: number, hi: number, confidence = 0.95): number {
  if (difference === 0) return 1
  const halfWidth = difference > 0 ? difference - lo : hi - difference
  if (halfWidth <= 0) return 0
  return 2 * normalTail((Math.abs(difference) / halfWidth) * normalQuantile(0.5 + confidence / 2))
}
