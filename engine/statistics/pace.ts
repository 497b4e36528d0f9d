import { type Answer, percentText, unknown } from './answer'

/** Lower ends of the classes of intervals between samples, in periods; the last class is open. */
export const GAP_CLASSES: readonly number[] = [0, 0.5, 0.9, 1.1, 1.5, 2, 3, 5, 10, 100]
/** An interval longer than this many periods has lost samples. */
const LONG = 2

export interface Pace {
  samples: number
  spanSeconds: number
  /** Intervals between samples over the time they span. */
  foundPerSecond: number
  /** Null where the profile does not say. */
  askedPerSecond: number | null
  /** Found over asked. */
  partOfAsked: number | null
  /** The period the intervals are measured in: the asked one, else the median interval. */
  periodSeconds: number
  periodIs: 'asked' | 'median'
  /** Intervals in each of `GAP_CLASSES`. */
  gaps: number[]
  longestGapSeconds: number
  /** Intervals of more than two periods, as a part of all intervals and of all the time. */
  longGaps: number
  longGapShare: number
  longGapTimeShare: number
  /** False where the times had to be put in order first, as with several processors. */
  inOrder: boolean
  words: string
}

/**
 * How evenly samples came: the rate found against the one asked for, and the intervals between samples. Counts only, no
 * model. Times in any unit with `unitsPerSecond` of it to a second, of one source of samples: those of several
 * processors together come several times as often as each was asked for.
 */
export function paceOf(times: ArrayLike<number>, unitsPerSecond: number, askedPerSecond?: number): Answer<Pace> {
  if (!(unitsPerSecond > 0 && unitsPerSecond < Infinity)) {
    return unknown(`no clock has ${unitsPerSecond} units a second`)
  }
  if (askedPerSecond !== undefined && !(askedPerSecond > 0 && askedPerSecond < Infinity)) {
    return unknown(`a rate of ${askedPerSecond} samples a second cannot be compared with`)
  }
  if (times.length < 2) {
    return unknown(times.length === 0 ? 'no samples: there is no rate' : 'a single sample has no rate')
  }
  const sorted = Float64Array.from(times)
  for (let i = 0; i < sorted.length; i++) if (!Number.isFinite(sorted[i])) return unknown(`sample ${i + 1} has no time`)
  const inOrder = sorted.every((time, i) => i === 0 || time >= sorted[i - 1])
  if (!inOrder) sorted.sort()
  const span = sorted[sorted.length - 1] - sorted[0]
  if (!(span > 0)) return unknown(`all ${times.length} samples have the same time: there is no rate`)
  return { known: true, ...measured(sorted, unitsPerSecond, askedPerSecond ?? null, inOrder) }
}

function measured(sorted: Float64Array, unitsPerSecond: number, askedPerSecond: number | null, inOrder: boolean): Pace {
  const gapSeconds = new Float64Array(sorted.length - 1)
  for (let i = 0; i < gapSeconds.length; i++) gapSeconds[i] = (sorted[i + 1] - sorted[i]) / unitsPerSecond
  gapSeconds.sort()
  const spanSeconds = (sorted[sorted.length - 1] - sorted[0]) / unitsPerSecond
  const foundPerSecond = gapSeconds.length / spanSeconds
  // where most samples come together the median is 0, and the mean interval is the best there is
  const usual = gapSeconds[Math.floor(gapSeconds.length / 2)] || 1 / foundPerSecond
  const periodSeconds = askedPerSecond === null ? usual : 1 / askedPerSecond
  const gaps = GAP_CLASSES.map(() => 0)
  let [longGaps, longTime] = [0, 0]
  for (const gap of gapSeconds) {
    const periods = gap / periodSeconds
    gaps[GAP_CLASSES.findLastIndex((lower) => periods >= lower)]++
    if (periods <= LONG) continue
    longGaps++
    longTime += gap
  }
  const pace: Omit<Pace, 'words'> = {
    samples: sorted.length, spanSeconds, foundPerSecond, askedPerSecond,
    partOfAsked: askedPerSecond === null ? null : foundPerSecond / askedPerSecond,
    periodSeconds, periodIs: askedPerSecond === null ? 'median' : 'asked',
    gaps, longestGapSeconds: gapSeconds[gapSeconds.length - 1],
    longGaps, longGapShare: longGaps / gapSeconds.length, longGapTimeShare: longTime / spanSeconds, inOrder,
  }
  return { ...pace, words: wordsOf(pace) }
}

function wordsOf(pace: Omit<Pace, 'words'>): string {
  const rate = `${Number(pace.foundPerSecond.toPrecision(3))} samples a second`
  const asked = pace.partOfAsked === null
    ? `${rate}; what was asked for is not known`
    : `${rate}, ${percentText(pace.partOfAsked)} of the ${pace.askedPerSecond} asked for`
  const long = pace.longGaps === 0
    ? 'No interval is longer than two periods.'
    : `${percentText(pace.longGapShare)} of the intervals are longer than two periods and hold `
      + `${percentText(pace.longGapTimeShare)} of the time: samples were lost, or nothing ran that could be sampled.`
  return `${asked}. ${long}${pace.inOrder ? '' : ' The samples were not in order of time.'}`
}
