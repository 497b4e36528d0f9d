import { describe, expect, it } from 'vitest'
import { aliasingCheck, kuiperTest, phaseCheck, rayleighTest } from '../../../engine/statistics/aliasing'
import { partOfSeeds, uniformOf, type Uniform } from './sequences'

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string
const tick = { name: 'host\'s 10 ms tick', period: 0.01 }
const every = (count: number, step: number, at: (i: number) => number = () => 0) =>
  Float64Array.from({ length: count }, (_, i) => i * step + at(i))
const sortedUniform = (uniform: Uniform, n: number) => Float64Array.from({ length: n }, uniform).sort()

describe('Kuiper\'s test', () => {
  it('finds V by its definition and does not care where the circle is cut', () => {
    const phases = sortedUniform(uniformOf(4), 37)
    const { v, p } = kuiperTest(phases)
    // the greatest excess over all arcs: sup |part of the phases in the arc - length of the arc|
    let most = 0
    for (const from of phases) {
      for (const to of phases) {
        const inside = phases.filter((x) => (from <= to ? x >= from && x <= to : x >= from || x <= to)).length / 37
        most = Math.max(most, inside - (to >= from ? to - from : 1 - from + to))
      }
    }
    expect(v).toBeCloseTo(most, 12)
    const turned = phases.map((x) => (x + 0.37) % 1).sort()
    expect(kuiperTest(turned).v).toBeCloseTo(v, 12)
    expect(kuiperTest(turned).p).toBeCloseTo(p, 9)
  })
  it('has the upper points of Stephens 1970: 1.620, 1.747, 1.862, 2.001 at 10, 5, 2.5 and 1 in a hundred', () => {
    for (const [point, tail] of [[1.62, 0.1], [1.747, 0.05], [1.862, 0.025], [2.001, 0.01]]) {
      // n phases packed into an arc with V as asked for: V (sqrt n + 0.155 + 0.24 / sqrt n) = point
      const n = 400
      const v = point / (20 + 0.155 + 0.24 / 20)
      const phases = Float64Array.from({ length: n }, (_, i) => ((i + 1) / n) * (1 - v) / (1 - 1 / n))
      expect(kuiperTest(phases).v).toBeCloseTo(v, 9)
      expect(kuiperTest(phases).p / tail).toBeGreaterThan(0.98)
      expect(kuiperTest(phases).p / tail).toBeLessThan(1.02)
    }
  })
  it.each([20, 100, 1000])('gives uniform p-values for uniform phases, n = %d; so does Rayleigh\'s', (n) => {
    const kuiper: number[] = []
    const rayleigh: number[] = []
    partOfSeeds(2000, (uniform) => {
      const phases = sortedUniform(uniform, n)
      kuiper.push(kuiperTest(phases).p)
      rayleigh.push(rayleighTest(phases).p)
      return true
    })
    // Kolmogorov's distance; 1.95 / sqrt(2000) = 0.0436 is passed by chance once in a thousand
    for (const ps of [kuiper, rayleigh]) {
      ps.sort((a, b) => a - b)
      const distance = Math.max(...ps.map((p, i) => Math.max((i + 1) / 2000 - p, p - i / 2000)))
      expect(distance).toBeLessThan(0.0436)
    }
  })
  it('is certain of locked phases, and Rayleigh\'s knows where they are', () => {
    const locked = new Float64Array(100).fill(0.25)
    expect(kuiperTest(locked)).toMatchObject({ v: 1 })
    expect(kuiperTest(locked).p).toBeLessThan(1e-50)
    expect(rayleighTest(locked).p).toBeLessThan(1e-30)
    expect(rayleighTest(locked).meanPhase).toBeCloseTo(0.25, 12)
    expect(rayleighTest(locked).resultant).toBeCloseTo(1, 12)
  })
})

describe('sample instants against a periodic source', () => {
  it('says that a sampler at a multiple of the tick keeps step, even with some jitter', () => {
    const uniform = uniformOf(1)
    const found = phaseCheck(every(2000, 0.03, () => 0.002 + uniform() * 0.001), tick)
    if (!found.known) throw new Error(found.why)
    expect(found.verdict).toBe('in step')
    expect(found.words).toMatch(/^The samples keep step with the host's 10 ms tick: /)
    expect(found.words).toMatch(/All fall on [45] of 36 parts of its period\.$/)
    expect(found.meanPhase).toBeCloseTo(0.25, 2)
    expect(found.histogram.reduce((sum, count) => sum + count, 0)).toBe(found.samples)
    expect(found.kuiperV).toBeGreaterThan(0.85)
  })
  it('finds two samples a tick too, where Rayleigh\'s test is blind', () => {
    const found = phaseCheck(every(2000, 0.005), tick)
    expect(found).toMatchObject({ verdict: 'in step' })
    expect(found.known && found.rayleighP).toBeGreaterThan(0.9)
    expect(found.known && found.kuiperP).toBeLessThan(1e-9)
  })
  it('lets pass a sampler that steps evenly through the period, one at random, and one just off the tick', () => {
    const uniform = uniformOf(2)
    const random = Float64Array.from({ length: 3000 }, () => uniform() * 30)
    expect(phaseCheck(every(3000, 0.0103), tick)).toMatchObject({ verdict: 'spread' })
    expect(phaseCheck(random, tick)).toMatchObject({ verdict: 'spread', words: text(/^The samples fall evenly/) })
    expect(phaseCheck(every(30_000, 0.000997), tick)).toMatchObject({ verdict: 'spread' })
  })
  it('tells the certain but small from what matters', () => {
    const uniform = uniformOf(3)
    const times = every(60_000, 0.0103, (i) => (i % 40 === 0 ? -((i * 0.0103) % 0.01) : uniform() * 1e-6))
    expect(phaseCheck(times, tick)).toMatchObject({ verdict: 'slightly', words: text(/a little unevenly/) })
  })
  it('cuts the times to whole periods: a part of a period at the end is no step', () => {
    // 5.9 periods, evenly: the first nine tenths of the period would have a sixth more
    const found = phaseCheck(every(5900, 0.00001), tick)
    expect(found).toMatchObject({ periods: 5, samples: 5000, verdict: 'spread' })
  })
  it('works in cycles and over several sources, in their order', () => {
    const cycles = every(5000, 733_000_000 / 100)
    const checks = aliasingCheck(cycles, [
      { name: 'host\'s 10 ms tick', period: 7_330_000 }, { name: 'guest\'s timer', period: 7_411_133 },
    ])
    expect(checks.map(({ name, check }) => [name, check.known && check.verdict])).toEqual([
      ['host\'s 10 ms tick', 'in step'], ['guest\'s timer', 'spread'],
    ])
  })
  it('explains what cannot be checked', () => {
    expect(phaseCheck([], tick)).toMatchObject({ known: false, why: text(/no samples/) })
    expect(phaseCheck([1], tick)).toMatchObject({ known: false, why: text(/^1 sample cannot show/) })
    expect(phaseCheck(every(100, 0.0001), tick)).toMatchObject({ known: false, why: text(/span 0 periods .* 5 are/) })
    expect(phaseCheck([1, Number.NaN], tick)).toMatchObject({ known: false, why: 'sample 2 has no time' })
    expect(phaseCheck(every(100, 1), { name: 'tick', period: 0 })).toMatchObject({ why: text(/no period/) })
    expect(phaseCheck(every(100, 1), { name: 'tick', period: Number.NaN })).toMatchObject({ known: false })
  })
  it('rarely accuses samples at random instants', () => {
    const accused = partOfSeeds(1000, (uniform) => {
      const found = phaseCheck(Float64Array.from({ length: 300 }, () => uniform() * 10), tick)
      return found.known && found.verdict !== 'spread'
    })
    // two tests at 1 in 1000 each, and Monte Carlo error
    expect(accused).toBeLessThan(0.006)
  })
})
