import binomialPmf from '@stdlib/stats-base-dists-binomial-pmf'
import { Random } from '../../../engine/machine/random'

/** Seeded 0/1 sequences with a known share, for coverage by simulation. */
export type Uniform = () => number

export function uniformOf(seed: number, stream = 77): Uniform {
  const random = new Random(seed, stream)
  return () => random.next() / 4294967296
}

export function binomial(uniform: Uniform, n: number, share: number): number {
  let hits = 0
  for (let i = 0; i < n; i++) if (uniform() < share) hits++
  return hits
}

/** Two states; with probability 1 - correlation the next sample is drawn anew. Lag-k autocorrelation correlation^k. */
export function markov(uniform: Uniform, n: number, share: number, correlation: number): Uint8Array {
  const sequence = new Uint8Array(n)
  let state = uniform() < share ? 1 : 0
  for (let i = 0; i < n; i++) {
    sequence[i] = state
    if (uniform() >= correlation) state = uniform() < share ? 1 : 0
  }
  return sequence
}

/**
 * Something periodic, busy for `share` of its period, seen by a sampler that slips by `step` of a period a sample; the
 * phase wanders by up to +-`jitter` / 2 of a period a sample, as two free-running clocks do.
 */
export function periodic(uniform: Uniform, n: number, share: number, step: number, jitter: number): Uint8Array {
  const sequence = new Uint8Array(n)
  let phase = uniform()
  for (let i = 0; i < n; i++) {
    sequence[i] = phase < share ? 1 : 0
    phase += step + (uniform() - 0.5) * jitter
    phase -= Math.floor(phase)
  }
  return sequence
}

/** Of seeds 1..trials, the part for which `covers` holds. */
export function partOfSeeds(trials: number, covers: (uniform: Uniform) => boolean): number {
  let covered = 0
  for (let seed = 1; seed <= trials; seed++) if (covers(uniformOf(seed))) covered++
  return covered / trials
}

export const holds = (interval: { known: boolean; lo?: number; hi?: number }, share: number) =>
  interval.known && interval.lo! <= share && share <= interval.hi!

/** Coverage with n independent samples and without Monte Carlo error: all outcomes that matter, weighed. */
export function exactCoverage(
  share: number, n: number, interval: (hits: number, n: number) => [lo: number, hi: number] | null,
): number {
  const reach = 9 * Math.sqrt(n * share * (1 - share)) + 9
  let covered = 0
  for (let hits = Math.max(0, Math.floor(n * share - reach)); hits <= Math.min(n, n * share + reach); hits++) {
    const [lo, hi] = interval(hits, n)!
    if (lo <= share && share <= hi) covered += binomialPmf(hits, n, share)
  }
  return covered
}
