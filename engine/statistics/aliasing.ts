import { type Answer, countOf, unknown } from './answer'

/** Something that recurs; the period in the unit of the times. Its name reads after "the": "host's 10 ms tick". */
export interface PeriodicSource {
  name: string
  period: number
}

/** `in step` hurts; `slightly` is certain but small; `spread` shows nothing. */
export type StepVerdict = 'in step' | 'slightly' | 'spread'

export interface PhaseCheck {
  name: string
  period: number
  /** Samples looked at: those within a whole number of periods. */
  samples: number
  periods: number
  /** How many samples fall on each part of the period; parts of equal length. */
  histogram: number[]
  /** Kuiper's V: by so much at most the part of samples within any stretch of the period is off. */
  kuiperV: number
  kuiperP: number
  /** Length of the mean of the phases as unit vectors, 0..1, and its direction as a part of the period. */
  resultant: number
  meanPhase: number
  rayleighP: number
  verdict: StepVerdict
  words: string
}

export const PHASE_PARTS = 36
const FEWEST_SAMPLES = 20
const FEWEST_PERIODS = 5
/** A finding is certain below this p-value ... */
const CERTAIN = 0.001
/** ... and matters from this V on: a twentieth of the samples is in the wrong part of the period. */
const MATTERS = 0.05

/** Whether the samples keep step with each source, in the order of the sources; see `phaseCheck`. */
export function aliasingCheck(
  times: ArrayLike<number>, sources: readonly PeriodicSource[],
): { name: string; period: number; check: Answer<PhaseCheck> }[] {
  return sources.map((source) => ({ name: source.name, period: source.period, check: phaseCheck(times, source) }))
}

/**
 * Sample instants modulo a period. A phase goes round, so uniformity is tested by Kuiper's V, which does not care where
 * the circle is cut (N. H. Kuiper, Proc. Kon. Ned. Akad. Wet. A 63 (1960) 38-47), and by Rayleigh's test, which sees
 * one peak only (K. V. Mardia and P. E. Jupp, "Directional Statistics", 2000, 6.3). The p-values take samples as drawn
 * at random: a sampler that steps evenly through the period gives values near 1. Blind to sources not in the list.
 */
export function phaseCheck(times: ArrayLike<number>, source: PeriodicSource): Answer<PhaseCheck> {
  const { name, period } = source
  if (!(period > 0 && period < Infinity)) return unknown(`the ${name} has no period that could be checked: ${period}`)
  const range = rangeOf(times)
  if (!range.known) return range
  const periods = Math.floor((range.last - range.first) / period)
  if (times.length < FEWEST_SAMPLES) {
    const few = countOf(times.length, 'sample')
    return unknown(`${few} cannot show a step with the ${name}: ${FEWEST_SAMPLES} are needed`)
  }
  if (periods < FEWEST_PERIODS) {
    return unknown(`the samples span ${countOf(periods, 'period')} of the ${name}: ${FEWEST_PERIODS} are needed`)
  }
  const phases = phasesWithin(times, range.first, period, periods)
  if (phases.length < FEWEST_SAMPLES) return unknown(`too few samples within whole periods of the ${name}`)
  return { known: true, name, period, samples: phases.length, periods, ...measured(phases, name) }
}

function measured(phases: Float64Array, name: string) {
  const histogram = Array.from({ length: PHASE_PARTS }, () => 0)
  for (const phase of phases) histogram[Math.min(PHASE_PARTS - 1, Math.floor(phase * PHASE_PARTS))]++
  const kuiper = kuiperTest(phases)
  const rayleigh = rayleighTest(phases)
  const uneven = Math.min(kuiper.p, rayleigh.p) < CERTAIN
  const verdict: StepVerdict = !uneven ? 'spread' : kuiper.v >= MATTERS ? 'in step' : 'slightly'
  return {
    histogram, kuiperV: kuiper.v, kuiperP: kuiper.p,
    resultant: rayleigh.resultant, meanPhase: rayleigh.meanPhase, rayleighP: rayleigh.p,
    verdict, words: wordsOf(name, verdict, kuiper, histogram.filter((count) => count > 0).length),
  }
}

function wordsOf(name: string, verdict: StepVerdict, kuiper: { v: number; p: number }, occupied: number): string {
  const p = kuiper.p < 0.001 ? 'below 0.001' : kuiper.p.toFixed(3)
  const test = `Kuiper's V ${Number(kuiper.v.toPrecision(2))}, p ${p}`
  if (verdict === 'spread') return `The samples fall evenly on the period of the ${name} (${test}).`
  const off = `up to ${Number((kuiper.v * 100).toPrecision(2))} points (${test}).`
  if (verdict === 'slightly') {
    return `The samples fall a little unevenly on the period of the ${name}: what recurs with it may be off by ${off}`
  }
  const parts = occupied <= PHASE_PARTS / 2 ? ` All fall on ${occupied} of ${PHASE_PARTS} parts of its period.` : ''
  return `The samples keep step with the ${name}: what recurs with it may be over- or undercounted by ${off}${parts}`
}

/** Phases from 0 to 1, sorted, of the samples within whole periods from the first one on. */
function phasesWithin(times: ArrayLike<number>, first: number, period: number, periods: number): Float64Array {
  const phases = new Float64Array(times.length)
  let count = 0
  for (let i = 0; i < times.length; i++) {
    if ((times[i] - first) / period >= periods) continue
    const turns = times[i] / period
    phases[count++] = turns - Math.floor(turns)
  }
  return phases.subarray(0, count).sort()
}

/**
 * Kuiper's V of sorted phases against the uniform distribution, and its p-value: the asymptotic series with the
 * correction for n by M. A. Stephens, J. R. Statist. Soc. B 32 (1970) 115-122 (good from about 8 values on).
 */
export function kuiperTest(sortedPhases: ArrayLike<number>): { v: number; p: number } {
  const n = sortedPhases.length
  let [above, below] = [0, 0]
  for (let i = 0; i < n; i++) {
    above = Math.max(above, (i + 1) / n - sortedPhases[i])
    below = Math.max(below, sortedPhases[i] - i / n)
  }
  const v = above + below
  const root = Math.sqrt(n)
  return { v, p: kuiperTail(v * (root + 0.155 + 0.24 / root)) }
}

function kuiperTail(x: number): number {
  // the series below loses all digits there, and the probability is 1 to seven digits
  if (x < 0.4) return 1
  let sum = 0
  for (let j = 1; j <= 100; j++) {
    const square = j * j * x * x
    const term = (4 * square - 1) * Math.exp(-2 * square)
    sum += term
    if (Math.abs(term) <= 1e-16 * Math.abs(sum)) break
  }
  return Math.min(1, Math.max(0, 2 * sum))
}

/** Rayleigh's test; the p-value by D. Wilkie's approximation, Applied Statistics 32 (1983) 311-312. */
export function rayleighTest(phases: ArrayLike<number>): { resultant: number; meanPhase: number; p: number } {
  const n = phases.length
  let [x, y] = [0, 0]
  for (let i = 0; i < n; i++) {
    x += Math.cos(2 * Math.PI * phases[i])
    y += Math.sin(2 * Math.PI * phases[i])
  }
  const length = Math.sqrt(x * x + y * y)
  const turns = Math.atan2(y, x) / (2 * Math.PI)
  const p = Math.exp(Math.sqrt(1 + 4 * n + 4 * (n * n - length * length)) - (1 + 2 * n))
  return { resultant: length / n, meanPhase: turns < 0 ? turns + 1 : turns, p: Math.min(1, p) }
}

function rangeOf(times: ArrayLike<number>): Answer<{ first: number; last: number }> {
  if (times.length === 0) return unknown('no samples: nothing is known of when they were taken')
  let [first, last] = [Infinity, -Infinity]
  for (let i = 0; i < times.length; i++) {
    if (!Number.isFinite(times[i])) return unknown(`sample ${i + 1} has no time`)
    first = Math.min(first, times[i])
    last = Math.max(last, times[i])
  }
  return { known: true, first, last }
}
