import { describe, expect, it } from 'vitest'
import { defaultSampler, optimizationIds } from '../../engine/machine/scenario'
import type { RunReport } from '../../engine/run-report'
import { differencesOfRows } from '../../engine/statistics/difference'
import { coverage, finished, idleBucket, monteCarlo, seedsFrom1 } from '../support/trials'
import { figure } from './report'

const subject = 'Instruments'
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
const row = (report: RunReport, id: string) => report.table.find((candidate) => candidate.id === id)!

/** Rows whose shares come from samples alone; the starred two are derived. */
const sampledRows = (report: RunReport) => report.table.filter((r) => r.method === 'sampled' && r.percent !== null)

function compared(a: RunReport, b: RunReport) {
  const ids = sampledRows(a).map((r) => r.id)
  const counts = (report: RunReport, id: string) => {
    const r = row(report, id)
    const n = r.scope === 'total' ? report.samples : Math.round((report.samples * row(report, 'vmm').percent!) / 100)
    return { hits: Math.round((n * r.percent!) / 100), n, effective: r.effectiveSamples ?? n }
  }
  const results = differencesOfRows(ids.map((id) => {
    const [x, y] = [counts(a, id), counts(b, id)]
    return { hitsA: x.hits, nA: x.n, effectiveA: x.effective, hitsB: y.hits, nB: y.n, effectiveB: y.effective }
  }))
  return ids.map((id, i) => ({ id, verdict: results[i]!.verdict }))
}

describe('the sampler against the truth of each run', () => {
  it('covers over 2000 seeded runs', () => {
    const n = 2000
    const rows = ['vmm', 'vmnet-transmit', 'direct-execution', 'guest-context-switch', 'pic-access', 'virtualization-transition', 'lance-receive-path']
    const held = coverage({ bytes: 6_000_000, samplerHz: 10_000 }, seedsFrom1(n), rows)
    for (const [id, count] of held) {
      figure(subject, `coverage of ${id}, ${n} runs of 6 MB at 10 kHz`, percent(count, n), '>= 93 %')
      expect(count / n, id).toBeGreaterThanOrEqual(0.93)
    }
  })

  it('recovers idle and host IRQ while idle over seeds 1..200', () => {
    const n = 200
    const held = seedsFrom1(n).filter((seed) => {
      const { lo, hi, truth } = idleBucket(finished({ bytes: 100_000_000, seed }).simulation)
      return truth >= lo && truth <= hi
    }).length
    figure(subject, `coverage of idle + host IRQ while idle, ${n} runs of 100 MB at 1 kHz, NMI`, percent(held, n), '95 % up to chance')
    expect(held / n).toBeGreaterThan(0.95 - monteCarlo(0.95, n))
  })

  it('is biased when it can be masked, over seeds 1..50', () => {
    const biases = seedsFrom1(50).map((seed) => {
      const sampler = { ...defaultSampler, timer: 'maskable', attribution: 'taken' } as const
      const { percent: seen, truth } = idleBucket(finished({ bytes: 20_000_000, seed, sampler }).simulation)
      return seen - truth
    })
    const mean = biases.reduce((a, b) => a + b, 0) / biases.length
    figure(subject, 'bias of a maskable sampler on idle + host IRQ while idle, mean of 50 runs', `${mean.toFixed(1)} points`, 'below -4')
    expect(mean).toBeLessThan(-4)
  })

  it('gives the starred rows by the paper\'s derivation, 30 runs pooled', () => {
    const reports = seedsFrom1(30).map((seed) => finished({ bytes: 100_000_000, seed }).report)
    for (const id of ['guest-idle', 'host-irq-while-idle']) {
      const mean = (value: (report: RunReport) => number) => reports.reduce((sum, r) => sum + value(r), 0) / reports.length
      const error = mean((r) => row(r, id).percent!) - mean((r) => row(r, id).truthPercent!)
      figure(subject, `${id} by derivation less truth, 30 runs of 100 MB pooled`, `${error.toFixed(2)} points`, 'within 0.5')
      expect(Math.abs(error)).toBeLessThan(0.5)
    }
  })
})

describe('the difference of two runs over seeds 1..200', () => {
  it('keeps its false rate between two seeds of one scenario', () => {
    const n = 200
    const alarms = seedsFrom1(n).filter((seed) => {
      const [a, b] = [seed, seed + 1000].map((s) => finished({ bytes: 20_000_000, samplerHz: 2500, seed: s }).report)
      return compared(a!, b!).some((r) => r.verdict !== 'no evidence')
    }).length
    figure(subject, `pairs of seeds with any row called different, of ${n}`, percent(alarms, n), '5 % up to chance')
    expect(alarms / n).toBeLessThan(0.05 + monteCarlo(0.05, n))
  })

  it('sees what the optimizations move', () => {
    const n = 200
    const moved = ['vmnet-transmit', 'guest-context-switch', 'lance-world-switch-access', 'lance-address-access', 'host-irq-while-busy']
    const seen = new Map(moved.map((id) => [id, 0]))
    for (const seed of seedsFrom1(n)) {
      const a = finished({ bytes: 20_000_000, samplerHz: 2500, seed, optimizations: [] }).report
      const b = finished({ bytes: 20_000_000, samplerHz: 2500, seed: seed + 1000, optimizations: [...optimizationIds] }).report
      for (const { id, verdict } of compared(a, b)) if (verdict !== 'no evidence' && seen.has(id)) seen.set(id, seen.get(id)! + 1)
    }
    for (const [id, count] of seen) {
      figure(subject, `2.0 against optimized: ${id} called different`, percent(count, n), '>= 80 %')
      expect(count / n, id).toBeGreaterThanOrEqual(0.8)
    }
  })
})
