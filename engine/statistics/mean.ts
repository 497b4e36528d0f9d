import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { checkProbability } from './answer'
import type { MeanOfRuns } from './mean-of-runs'

/**
 * Mean and Student's t interval of the mean (Student, Biometrika 6 (1908) 1-25), n - 1 degrees of freedom. Runs that
 * gave exactly the same figure show no spread, and get no interval of width 0 that would claim certainty.
 * `ends` are those of the figure's own range, which cut the interval: no share is below 0.
 * Throws RangeError on an empty list or anything that is no finite number.
 */
export function meanOfRuns(
  values: readonly number[], ends: readonly [number, number] = [-Infinity, Infinity], confidence = 0.95,
): MeanOfRuns {
  checkProbability(confidence, 'confidence')
  const n = values.length
  if (n === 0 || !values.every(Number.isFinite)) throw new RangeError('a mean needs at least one finite number')
  if (n === 1) {
    return { n, mean: values[0]!, sd: null, ci95: null, evidence: 'a single run does not show how much runs differ' }
  }
  // the mean of equal values may be off by rounding: their spread is none all the same
  if (values.every((value) => value === values[0])) {
    return { n, mean: values[0]!, sd: 0, ci95: null, evidence: `all ${n} runs gave exactly this: they do not show how much runs differ` }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  const half = (tQuantile(0.5 + confidence / 2, n - 1) * sd) / Math.sqrt(n)
  const percent = Number((100 * confidence).toPrecision(3))
  return {
    n, mean, sd, ci95: [Math.max(ends[0], mean - half), Math.min(ends[1], mean + half)],
    evidence: `${percent} % interval of the mean by Student's t over ${n} runs, one a seed`,
  }
}
