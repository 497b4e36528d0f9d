import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import erfc from '@stdlib/math-base-special-erfc'
import type { Share } from '../units'
import { type Answer, checkProbability, percentText, unknown } from './answer'
import { differenceP } from './difference'
import { normalQuantile } from './normal'
import type { Plan } from './plan'
import { wilson } from './share'

export interface PlanOptions {
  confidence?: number
  /** Samples a second; without it no time is given. */
  ratePerSecond?: number
  /** n over effective n of dependent samples (Dependence.designEffect); 1 if left out. */
  inflation?: number
}

/** More samples than this are not a plan. */
const MOST_SAMPLES = 1e12

/**
 * Samples until Wilson's interval of a share near `share` is at most +-`halfWidth` wide: the smallest n by bisection of
 * its half-width, which falls with n. The share may turn out otherwise; 0.5 is the worst case.
 */
export function samplesForShare(share: Share, halfWidth: number, options: PlanOptions = {}): Answer<Plan> {
  const { confidence = 0.95 } = options
  checkProbability(confidence, 'confidence')
  if (!(share >= 0 && share <= 1)) return unknown(`${share} is no share: it must lie between 0 and 1`)
  if (!(halfWidth > 0 && halfWidth < 0.5)) return unknown(`+-${halfWidth * 100} points cannot be aimed at`)
  const narrow = (n: number) => {
    const [lo, hi] = wilson(share * n, n, confidence)!
    return (hi - lo) / 2 <= halfWidth
  }
  const n = smallest(narrow)
  if (n === null) return unknown(`+-${halfWidth * 100} points need more samples than can be taken`)
  return planned(n, options, `To know a share of about ${percentText(share)} to +-${pointText(halfWidth)}`)
}

export interface PowerOptions extends PlanOptions {
  /** How often a true difference must be found; 0.8 if left out. */
  power?: number
  /** How often a difference may be found where there is none; 0.05 if left out. */
  alpha?: number
  /** Rows judged together: each has to pass alpha / rows then, which Benjamini-Hochberg never refuses. Else 1. */
  rows?: number
}

/**
 * Samples on each side to see that a share of `share` has changed by `difference`, up or down, whichever needs more:
 * the formula of J. L. Fleiss ("Statistical Methods for Rates and Proportions", 1981, 3.2, without continuity
 * correction) for the score test; with few expected hits or misses the power of `differenceP` itself, summed over all
 * outcomes.
 */
export function samplesForDifference(share: Share, difference: number, options: PowerOptions = {}): Answer<Plan> {
  const { power, alpha } = levels(options)
  if (!(share >= 0 && share <= 1)) return unknown(`${share} is no share: it must lie between 0 and 1`)
  const size = Math.abs(difference)
  if (!(size > 0)) return unknown('a difference of nothing cannot be seen with any number of samples')
  const ways = [share + size, share - size].filter((other) => other >= 0 && other <= 1)
  if (ways.length === 0) return unknown(`a share of ${percentText(share)} cannot change by ${pointText(size)}`)
  const needed = ways.map((other) => samplesFor(share, other, power, alpha))
  if (needed.some((n) => n === null)) return unknown(`${pointText(size)} need more samples than can be taken`)
  const n = Math.max(...needed.map((each) => each!))
  const what = `To see with ${percentText(power)} certainty that a share of ${percentText(share)} changed by `
  return planned(n, options, `${what}${pointText(size)}`, ' on each side')
}

export interface VisibleDifference {
  /** The smallest change up and down that is seen with the stated power; null where even the largest is not. */
  rise: number | null
  fall: number | null
  words: string
}

/** What `n` samples a side (independent, or effective ones) can show of a share near `share`. */
export function visibleDifference(share: Share, n: number, options: PowerOptions = {}): Answer<VisibleDifference> {
  const { power, alpha } = levels(options)
  if (!(share >= 0 && share <= 1)) return unknown(`${share} is no share: it must lie between 0 and 1`)
  if (!(n >= 2 && n <= MOST_SAMPLES)) return unknown(`${n} samples a side cannot show a difference`)
  const whole = Math.floor(n)
  const least = (most: number, other: (size: number) => number): number | null => {
    if (!(most > 0) || powerOf(whole, share, other(most), alpha) < power) return null
    let [unseen, seen] = [0, most]
    for (let step = 0; step < 40; step++) {
      const middle = (unseen + seen) / 2
      if (powerOf(whole, share, other(middle), alpha) >= power) seen = middle
      else unseen = middle
    }
    return seen
  }
  const rise = least(1 - share, (size) => share + size)
  const fall = least(share, (size) => share - size)
  const side = (change: number | null) => (change === null ? 'none' : pointText(change))
  const words = `${whole} samples a side show a rise of ${side(rise)} or a fall of ${side(fall)} of a share of `
    + `${percentText(share)}, with ${percentText(power)} certainty.`
  return { known: true, rise, fall, words }
}

/** Both levels, alpha already divided by the rows. */
function levels(options: PowerOptions): { power: number; alpha: number } {
  const { power = 0.8, alpha = 0.05, rows = 1 } = options
  checkProbability(power, 'power')
  checkProbability(alpha, 'alpha')
  if (!(rows >= 1)) throw new RangeError(`${rows} rows cannot be judged`)
  return { power, alpha: alpha / rows }
}

/** Up to so many expected hits (or misses) the outcomes are summed one by one; beyond, the normal formula is close. */
const FEW_ENOUGH_TO_SUM = 20

function samplesFor(a: number, b: number, power: number, alpha: number): number | null {
  const mean = (a + b) / 2
  const [zAlpha, zPower] = [normalQuantile(1 - alpha / 2), normalQuantile(power)]
  const numerator = zAlpha * Math.sqrt(2 * mean * (1 - mean)) + zPower * Math.sqrt(a * (1 - a) + b * (1 - b))
  let n = Math.max(2, Math.ceil((numerator / (a - b)) ** 2))
  if (!(n <= MOST_SAMPLES)) return null
  // counts come in whole numbers, so power climbs in teeth: a few percent more samples must not lose it again
  const holds = (at: number) => [1, 1.02, 1.05].every((f) => powerOf(Math.ceil(at * f), a, b, alpha) >= power)
  while (fewExpected(n, a, b) && !holds(n)) n += Math.max(1, Math.ceil(n / 50))
  return n
}

const fewExpected = (n: number, a: number, b: number) =>
  n * Math.min((a + b) / 2, 1 - (a + b) / 2) <= FEW_ENOUGH_TO_SUM

/** How often `differenceP` is at most alpha with n samples a side of shares a and b. */
export function powerOf(n: number, a: number, b: number, alpha: number): number {
  if (fewExpected(n, a, b)) return a + b <= 1 ? summedPower(n, a, b, alpha) : summedPower(n, 1 - a, 1 - b, alpha)
  const mean = (a + b) / 2
  const margin = Math.abs(a - b) * Math.sqrt(n) - normalQuantile(1 - alpha / 2) * Math.sqrt(2 * mean * (1 - mean))
  return erfc(-margin / Math.sqrt(a * (1 - a) + b * (1 - b)) / Math.SQRT2) / 2
}

function summedPower(n: number, a: number, b: number, alpha: number): number {
  const [inA, inB] = [likely(n, a), likely(n, b)]
  let power = 0
  for (const [i, pI] of inA) for (const [j, pJ] of inB) if (differenceP(i, n, j, n).p <= alpha) power += pI * pJ
  return power
}

/** Outcomes that are not all but impossible. */
function likely(n: number, share: number): [hits: number, probability: number][] {
  const mean = n * share
  const reach = 6 * Math.sqrt(mean + 1) + 3
  const found: [number, number][] = []
  for (let hits = Math.max(0, Math.floor(mean - reach)); hits <= Math.min(n, mean + reach); hits++) {
    const probability = binomialPmf(hits, n, share)
    if (probability > 1e-7) found.push([hits, probability])
  }
  return found
}

function smallest(enough: (n: number) => boolean): number | null {
  let above = 1
  while (!enough(above)) {
    above *= 2
    if (above > MOST_SAMPLES) return null
  }
  let below = above === 1 ? 0 : above / 2
  while (above - below > 1) {
    const middle = Math.floor((above + below) / 2)
    if (enough(middle)) above = middle
    else below = middle
  }
  return above
}

function planned(independentSamples: number, options: PlanOptions, what: string, where = ''): Answer<Plan> {
  const { inflation = 1, ratePerSecond } = options
  if (!(inflation >= 1 && inflation < Infinity)) return unknown(`samples cannot count ${inflation} times`)
  if (ratePerSecond !== undefined && !(ratePerSecond > 0 && ratePerSecond < Infinity)) {
    return unknown(`a rate of ${ratePerSecond} samples a second takes none`)
  }
  const samples = Math.ceil(independentSamples * inflation)
  const seconds = ratePerSecond === undefined ? null : samples / ratePerSecond
  const dependent = inflation > 1 ? `, as much as ${independentSamples} independent ones` : ''
  const time = seconds === null ? '' : `; ${Number(seconds.toPrecision(3))} s at ${ratePerSecond} a second`
  return {
    known: true, samples, independentSamples, seconds,
    words: `${what}, take ${samples} samples${where}${dependent}${time}.`,
  }
}

const pointText = (size: number) => {
  const points = Number((size * 100).toPrecision(3))
  return `${points} ${points === 1 ? 'point' : 'points'}`
}
