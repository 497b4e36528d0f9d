import { type Answer, checkProbability, countText, unknown } from './answer'
import { type Sequence, autocorrelation, dependenceOf, indicator } from './dependence'

/** A seeded source of whole numbers from 0 to 2^32 - 1, such as the machine's own generator. */
export type RandomUint32 = () => number

export interface BootstrapInterval {
  share: number
  lo: number
  hi: number
  confidence: number
  method: 'stationary bootstrap'
  n: number
  /** Mean length of the stretches put together, in samples. */
  meanBlock: number
  resamples: number
  words: string
}

export interface BootstrapOptions {
  confidence?: number
  /** How many sequences are put together; default 1000. */
  resamples?: number
  /** Mean length of a stretch, in samples, at least 1; chosen from the data if left out (`blockLength`). */
  meanBlock?: number
}

/**
 * The percentile interval of the share of `of` by the stationary bootstrap (D. N. Politis and J. P. Romano, JASA 89
 * (1994) 1303-1313): sequences as long as the one found are put together from stretches that begin anywhere and have
 * geometric lengths, running on from the end to the beginning. A second opinion beside the corrected interval of
 * dependence.ts, with no formula for the variance; blind to dependence longer than its stretches, and too narrow with
 * few effective hits. The same sequence and generator state give the same interval.
 */
export function bootstrapInterval(
  sequence: Sequence, of: number, random: RandomUint32, options: BootstrapOptions = {},
): Answer<BootstrapInterval> {
  const { confidence = 0.95, resamples = 1000 } = options
  checkProbability(confidence, 'confidence')
  if (!(resamples >= 100)) throw new RangeError(`${resamples} resamples: at least 100 are needed for an interval`)
  const dependence = dependenceOf(sequence, of)
  if (!dependence.known) return dependence
  const n = sequence.length
  const hit = indicator(sequence, of)
  const meanBlock = options.meanBlock ?? blockLength(hit, dependence.hits)
  if (!(meanBlock >= 1 && meanBlock <= n)) return unknown(`stretches of ${meanBlock} samples cannot be cut from ${n}`)
  const hitsOf = resampler(hit, meanBlock, random)
  const found = Float64Array.from({ length: Math.floor(resamples) }, () => hitsOf() / n).sort()
  const tail = (1 - confidence) / 2
  const below = Math.max(0, Math.floor((found.length + 1) * tail) - 1)
  const share = dependence.hits / n
  return {
    known: true,
    share,
    lo: Math.min(found[below], share),
    hi: Math.max(found[found.length - 1 - below], share),
    confidence,
    method: 'stationary bootstrap',
    n,
    meanBlock,
    resamples: found.length,
    words: `${countText(dependence.hits)} hits of ${n} samples, ${found.length} sequences resampled in stretches of `
      + `${countText(meanBlock)} samples on average (Politis and Romano 1994)`,
  }
}

/** Gives the hits of one resampled sequence a call; counts before each place make a stretch one subtraction. */
function resampler(hit: Uint8Array, meanBlock: number, random: RandomUint32): () => number {
  const n = hit.length
  const before = new Uint32Array(n + 1)
  for (let i = 0; i < n; i++) before[i + 1] = before[i] + hit[i]
  const whole = before[n]
  const goesOn = Math.log1p(-1 / meanBlock)
  return () => {
    let hits = 0
    for (let left = n; left > 0;) {
      const start = Math.floor((random() / 4294967296) * n)
      // a geometric length by inversion; with stretches of one sample the logarithm is -Infinity and the length 1
      const drawn = 1 + Math.floor(Math.log((random() + 0.5) / 4294967296) / goesOn)
      const length = Math.min(left, drawn)
      const end = start + length
      hits += end <= n ? before[end] - before[start] : whole - before[start] + before[end - n]
      left -= length
    }
    return hits
  }
}

/**
 * Mean block length for the stationary bootstrap from the data: D. N. Politis and H. White, Econometric Reviews 23
 * (2004) 53-70, with the correction of A. Patton, D. N. Politis and H. White, 28 (2009) 372-375. Between 1 and the
 * lesser of 3 sqrt(n) and n / 3, as in their program.
 */
export function blockLength(hit: Uint8Array, hits: number): number {
  const n = hit.length
  const most = Math.max(1, Math.min(3 * Math.sqrt(n), n / 3))
  const correlation = autocorrelation(hit, hits)
  const quietFor = Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))))
  const negligible = 2 * Math.sqrt(Math.log10(n) / n)
  const limit = Math.min(Math.floor(n / 4), Math.ceil(Math.sqrt(n)) + quietFor)
  let last = 0
  for (let lag = 1; lag <= limit && lag - last <= quietFor; lag++) {
    if (Math.abs(correlation(lag)) >= negligible) last = lag
  }
  const window = Math.max(1, Math.min(2 * last, limit))
  let weighted = 0
  let spectrum = 1
  for (let lag = 1; lag <= window; lag++) {
    const flatTop = Math.min(1, 2 * (1 - lag / window))
    const part = 2 * flatTop * correlation(lag)
    weighted += lag * part
    spectrum += part
  }
  if (!(spectrum > 0)) return most
  return Math.min(most, Math.max(1, Math.cbrt((weighted / spectrum) ** 2 * n)))
}
