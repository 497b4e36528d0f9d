import { describe, expect, it } from 'vitest'
import { type SamplerOptions, defaultSampler } from '../../../engine/machine/scenario'
import type { RunReport } from '../../../engine/run-report'
import { coverage, finished, idleBucket, monteCarlo, seedsFrom1 } from '../../support/trials'

const sampler = (change: Partial<SamplerOptions>): SamplerOptions => ({ ...defaultSampler, ...change })
const row = (report: RunReport, id: string) => report.table.find((candidate) => candidate.id === id)!
const bytes = 20_000_000

describe('the sampler', () => {
  it('that cannot be masked recovers idle and host IRQ while idle, with its stated coverage', () => {
    const n = 40
    const held = seedsFrom1(n).filter((seed) => {
      const { simulation } = finished({ bytes: 6_000_000, samplerHz: 2000, seed })
      const { lo, hi, truth } = idleBucket(simulation)
      return truth >= lo && truth <= hi
    }).length
    expect(held / n).toBeGreaterThan(0.95 - monteCarlo(0.95, n))
  })

  it('covers the truth of large and small rows', () => {
    const n = 40
    const held = coverage({ bytes: 6_000_000, samplerHz: 2000 }, seedsFrom1(n), ['vmm', 'vmnet-transmit', 'direct-execution', 'pic-access'])
    for (const [id, count] of held) expect(count / n, id).toBeGreaterThan(0.95 - monteCarlo(0.95, n))
  })

  it('that can be masked and charges what it finds loses the host IRQ row, and the report says so', () => {
    const { simulation, report } = finished({ bytes, samplerHz: 2000, sampler: sampler({ timer: 'maskable', attribution: 'taken' }) })
    const { percent, truth } = idleBucket(simulation)
    expect(percent).toBeLessThan(truth - 5)
    expect(row(report, 'host-irq-while-idle').percent ?? 0).toBe(0)
    expect(report.sampling!.deferred).toBeGreaterThan(0)
    expect(report.sampling!.biases.join(' ')).toMatch(/host interrupt handling/)
  })

  it('that sees only the host cannot tell the VMM\'s rows apart, but knows VMM time', () => {
    const { report } = finished({ bytes, sampler: sampler({ sees: 'host' }) })
    for (const one of report.table.filter(({ scope }) => scope === 'vmm')) {
      expect(one.percent, one.id).toBeNull()
      expect(one.evidence).toContain('sees only that the VMM ran')
    }
    expect(report.reconciliations!.map(({ id }) => id)).toEqual(['vmnet-transmit'])
    const [lo, hi] = row(report, 'vmm').ci95!
    expect(row(report, 'vmm').truthPercent).toBeGreaterThanOrEqual(lo)
    expect(row(report, 'vmm').truthPercent).toBeLessThanOrEqual(hi)
    expect(report.sampling!.biases).toHaveLength(1)
  })

  it('that costs perturbs: more at 10 kHz than at 1 kHz, and the report says by how much', () => {
    const idle = (samplerHz: number) => {
      const { report } = finished({ bytes, samplerHz, sampler: sampler({ cost: 'interrupt' }) })
      const { idleCycles, samplerCycles, words } = report.perturbation!
      expect(samplerCycles).toBe(report.samples * 1500)
      expect(words).toContain('instead of')
      return idleCycles
    }
    const slow = idle(1000)
    const fast = idle(10_000)
    expect(slow).toBeLessThan(0)
    expect(fast).toBeLessThan(5 * slow)
  })

  it('free of cost changes nothing: the books are those of the unwatched run', () => {
    const watched = finished({ bytes, samplerHz: 5000 }).report
    const unwatched = finished({ bytes, samplerHz: 0 }).report
    expect(watched.books).toEqual(unwatched.books)
    expect(watched.counts).toEqual(unwatched.counts)
    expect(watched.perturbation).toBeUndefined()
  })

  it('takes about as many samples as it is asked for, and none when it is off', () => {
    const { report } = finished({ bytes, samplerHz: 1000 })
    expect(Math.abs(report.sampling!.foundHz - 1000)).toBeLessThan(2)
    const off = finished({ bytes, samplerHz: 0 }).report
    expect(off.sampling).toBeUndefined()
    expect(off.table.every((candidate) => candidate.percent === null)).toBe(true)
  })
})

describe('direct measurement', () => {
  it('that costs is charged count times cost exactly, and readings are corrected by what the counter adds', () => {
    const { report, simulation } = finished({ bytes, probes: 'tsc' })
    const counted = report.probes!.reduce((sum, probe) => sum + probe.overheadCycles, 0)
    const { probes } = simulation.machine
    expect(probes.overheadCycles).toBe(counted + (probes.open + probes.marked) * (probes.pairCycles - probes.secondHalf))
    expect(report.perturbation!.probeCycles).toBe(probes.overheadCycles)
    const pic = report.probes!.find((probe) => probe.label === 'PIC access')!
    expect(pic.correctedMeanMicroseconds * 733).toBeCloseTo(572, 6)
    expect(pic.meanMicroseconds).toBeGreaterThan(pic.correctedMeanMicroseconds)
  })

  it('of a VMNet transmit is longer in place than alone by what lands inside, and percentiles are in order', () => {
    const { report } = finished({ bytes })
    const transmit = report.probes!.find((probe) => probe.label === 'VMNet transmit')!
    expect(transmit.meanMicroseconds - transmit.exclusiveMeanMicroseconds).toBeGreaterThan(1)
    expect(transmit.count).toBe(report.counts.vmnetTransmits)
    for (const probe of report.probes!) {
      expect(probe.p5Microseconds).toBeLessThanOrEqual(probe.p50Microseconds)
      expect(probe.p50Microseconds).toBeLessThanOrEqual(probe.p95Microseconds)
      expect(probe.p95Microseconds).toBeLessThanOrEqual(probe.p99Microseconds)
      expect(probe.p99Microseconds).toBeLessThanOrEqual(probe.maxMicroseconds)
    }
  })

  it('of idle time is the truth when it is free', () => {
    const { report } = finished({ bytes })
    expect(report.idlePercent.direct).toBeCloseTo(report.idlePercent.truth, 9)
  })
})

describe('reconciliation', () => {
  it('is a rule and no special case: it also finds the host IRQs inside VMNet transmits', () => {
    const { report } = finished({ bytes: 100_000_000 })
    expect(report.reconciliations!.map(({ id }) => id)).toEqual(['guest-idle', 'vmnet-transmit'])
    for (const { measuredPart, rest, truth } of report.reconciliations!) {
      expect(truth.measuredPart).toBeGreaterThanOrEqual(measuredPart.ci95[0] - 0.01)
      expect(truth.measuredPart).toBeLessThanOrEqual(measuredPart.ci95[1] + 0.01)
      expect(truth.rest).toBeGreaterThanOrEqual(rest!.ci95[0])
      expect(truth.rest).toBeLessThanOrEqual(rest!.ci95[1])
      expect(rest!.percent).toBeGreaterThan(1)
    }
  })

  it('times the whole packet path, queueing included', () => {
    const { report } = finished({ bytes })
    const path = report.probes!.find(({ label }) => label.startsWith('packet path'))!
    const transmit = report.probes!.find(({ label }) => label === 'VMNet transmit')!
    expect(path.count).toBe(report.counts.packetsSent)
    expect(path.meanMicroseconds).toBeGreaterThan(2 * transmit.meanMicroseconds)
  })
})

describe('the paper\'s method', () => {
  it('gives the two starred rows by derivation, from ten runs pooled, within 0.5 points of truth', () => {
    const reports = seedsFrom1(10).map((seed) => finished({ bytes: 60_000_000, seed }).report)
    for (const id of ['guest-idle', 'host-irq-while-idle']) {
      const mean = (value: (report: RunReport) => number) => reports.reduce((sum, report) => sum + value(report), 0) / reports.length
      expect(row(reports[0]!, id).method).toBe('derived')
      expect(row(reports[0]!, id).derivation).toHaveLength(5)
      expect(Math.abs(mean((report) => row(report, id).percent!) - mean((report) => row(report, id).truthPercent!)), id)
        .toBeLessThan(0.5)
    }
  })
})
