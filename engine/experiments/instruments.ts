import { Fn, functionTable } from '../machine/functions'
import type { Machine } from '../machine/machine'
import { type Probe, probeCount, probeLabels } from '../machine/observer'
import { defaultSampler } from '../machine/scenario'
import type { ProbeHistograms } from '../profilers/probe-histograms'
import { type Sampler, biases } from '../profilers/sampler'
import type { Perturbation, ProbeReport, SamplingReport } from '../run-report'
import { microsecondsOfCycles, percentOf, secondsOfCycles } from '../units'

/** What the report says of the instruments themselves: the sampler, the probes, and what watching has changed. */

export function samplingReport(machine: Machine, sampler: Sampler): SamplingReport {
  const { scenario, clock, config } = machine
  const options = scenario.sampler ?? defaultSampler
  return {
    options,
    askedHz: scenario.samplerHz,
    foundHz: sampler.count / secondsOfCycles(clock.now, config.mhz),
    deferred: sampler.deferred,
    lost: sampler.lost,
    biases: biases(options),
    aliasing: [],
  }
}

export function probeReports(machine: Machine, histograms: ProbeHistograms): ProbeReport[] {
  const { probes, config } = machine
  const reports: ProbeReport[] = []
  for (let probe = 0; probe < probeCount; probe++) {
    const percentiles = histograms.percentiles(probe as Probe)
    const count = probes.count[probe]!
    if (!percentiles || count === 0) continue
    const us = (cycles: number) => microsecondsOfCycles(cycles, config.mhz)
    const mean = probes.inclusive[probe]! / count
    reports.push({
      id: probeLabels[probe]!.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, ''),
      label: probeLabels[probe]!, count,
      meanMicroseconds: us(mean),
      exclusiveMeanMicroseconds: us(probes.exclusive[probe]! / count),
      correctedMeanMicroseconds: us(mean - probes.secondHalf),
      p5Microseconds: us(percentiles.p5), p50Microseconds: us(percentiles.p50),
      p95Microseconds: us(percentiles.p95), p99Microseconds: us(percentiles.p99), maxMicroseconds: us(percentiles.max),
      overheadCycles: count * probes.pairCycles,
    })
  }
  return reports
}

/** `unwatched` is the same scenario and seed with free instruments. */
export function perturbation(watched: Machine, unwatched: Machine): Perturbation {
  const probeCycles = cyclesIn(watched, Fn.ProbeRead)
  const samplerCycles = cyclesIn(watched, Fn.SamplerInterrupt)
  const elapsedCycles = watched.clock.now - unwatched.clock.now
  const idleCycles = idleOf(watched) - idleOf(unwatched)
  const ms = (cycles: number) => `${(microsecondsOfCycles(cycles, watched.config.mhz) / 1000).toFixed(2)} ms`
  const signed = (cycles: number) => (cycles < 0 ? ms(cycles) : `+${ms(cycles)}`)
  const idlePercentUnwatched = percentOf(idleOf(unwatched), unwatched.clock.now)
  return {
    probeCycles, samplerCycles, elapsedCycles, idleCycles, idlePercentUnwatched,
    words: `Watching took ${ms(probeCycles)} in counter reads and ${ms(samplerCycles)} in sampling handlers. ` +
      `Against the same run watched for free, elapsed time changed by ${signed(elapsedCycles)} and guest idle by ` +
      `${signed(idleCycles)}: ${percentOf(idleOf(watched), watched.clock.now).toFixed(1)} % of total time ` +
      `instead of ${idlePercentUnwatched.toFixed(1)} %.`,
  }
}

/** True cycles in which the guest was halted. */
export function idleOf(machine: Machine): number {
  const { books } = machine
  let cycles = 0
  for (let stack = 1; stack < books.count; stack++) {
    if (functionTable[books.functionOf[stack]!]!.row === 'guest-idle') cycles += books.cycles[stack]!
  }
  return cycles
}

function cyclesIn(machine: Machine, fn: number): number {
  const { books } = machine
  let cycles = 0
  for (let stack = 1; stack < books.count; stack++) if (books.functionOf[stack] === fn) cycles += books.cycles[stack]!
  return cycles
}
