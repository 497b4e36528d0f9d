/**
 * A quantile of a sorted column by linear interpolation between order statistics: definition 7 of R. J. Hyndman and
 * Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996. Throws a RangeError for an empty column or a `p` outside of 0..1.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`no quantile of ${p}: a part of 0 to 1 is needed`)
  if (sorted.length === 0) throw new RangeError('no quantile of an empty column')
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const at = sorted[below]!
  return at + (place - below) * ((sorted[below + 1] ?? at) - at)
}
