import { shareInterval } from '../statistics/interval'
import type { Percent } from '../units'

/** A sampled bucket, split by a part of it that was measured directly. All in percent. */
export interface Reconciliation {
  measuredPart: { percent: Percent; ci95: [Percent, Percent] }
  /** Null where the two instruments contradict each other: more of the part was measured than the bucket holds. */
  rest: { percent: Percent; ci95: [Percent, Percent] } | null
  steps: string[]
}

/** A share cannot leave 0..100; with a handful of samples the arithmetic can. */
const possible = (percent: number) => Math.max(0, Math.min(100, percent))
const verdict = (difference: number, contradiction: boolean) => {
  if (contradiction) return ': more was measured than sampled, so the sampler cannot see all of it and nothing follows'
  return difference < 0 ? ', which is 0 within its interval' : ''
}
const shown = (percent: number) => `${percent.toFixed(1)} %`

/**
 * The paper's rule (section 3.5): sampling gives the bucket as a share of the scope, direct measurement gives the
 * part as a share of total time; the part's share of the scope is the quotient with the scope's own sampled share,
 * and the rest is the difference. Errors: the sampled intervals of the bucket and of the scope (over their effective numbers of samples, where these
 * are given), combined as independent;
 * the direct measurement counts cycles and adds none. Null without samples in the scope.
 */
export function reconcile(
  names: { bucket: string; part: string; rest: string; scope: string },
  bucketHits: number, scopeHits: number, samples: number, partPercentOfTotal: Percent,
  effective: { bucket?: number; scope?: number } = {},
): Reconciliation | null {
  const sampledScope = shareInterval(scopeHits, samples, 0.95, effective.scope)
  const sampledBucket = shareInterval(bucketHits, scopeHits, 0.95, effective.bucket)
  if (!sampledScope.known || !sampledBucket.known || scopeHits === 0) return null
  const scope = [sampledScope.lo, sampledScope.hi] as const
  const bucket = [sampledBucket.lo, sampledBucket.hi] as const
  const scopeShare = scopeHits / samples
  const whole = scopeHits === samples // the scope is all there is: its share is known and not sampled
  const part = possible(partPercentOfTotal / scopeShare)
  const partLow = whole ? part : possible(partPercentOfTotal / scope[1])
  const partHigh = whole ? part : scope[0] > 0 ? possible(partPercentOfTotal / scope[0]) : 100
  const sum = (100 * bucketHits) / scopeHits
  const difference = sum - part
  const low = difference - Math.sqrt((sum - 100 * bucket[0]) ** 2 + (partHigh - part) ** 2)
  const high = difference + Math.sqrt((100 * bucket[1] - sum) ** 2 + (part - partLow) ** 2)
  const contradiction = high < 0
  return {
    measuredPart: { percent: part, ci95: [partLow, partHigh] },
    rest: contradiction ? null : { percent: possible(difference), ci95: [possible(low), possible(high)] },
    steps: [
      `Sampling: ${names.bucket} is ${shown(sum)} of ${names.scope} (${bucketHits} of ${scopeHits} samples).`,
      ...(whole ? [] : [`Sampling: ${names.scope} is ${shown(100 * scopeShare)} of total time (${scopeHits} of ${samples} samples).`]),
      `Direct measurement: ${names.part} is ${shown(partPercentOfTotal)} of total time.`,
      ...(whole ? [] : [`${names.part}: ${shown(partPercentOfTotal)} / ${shown(100 * scopeShare)} = ${shown(part)} of ${names.scope}.`]),
      `${names.rest}: ${shown(sum)} - ${shown(part)} = ${shown(difference)} of ${names.scope}${verdict(difference, contradiction)}.`,
    ],
  }
}
