import { Fn, functionTable } from '../machine/functions'
import type { Machine } from '../machine/machine'
import { type Probe, probeCount, probeLabels } from '../machine/observer'
import { mss } from '../machine/guest/tcp'
import { frameBytes, wireOverheadBytes } from '../machine/packets'
import { defaultSampler } from '../machine/scenario'
import type { ProbeHistograms } from '../profilers/probe-histograms'
import { type Sampler, biases } from '../profilers/sampler'
import type { Perturbation, ProbeReport, SamplingReport } from '../run-report'
import { type PeriodicSource, aliasingCheck } from '../statistics/aliasing'
import { microsecondsOfCycles, percentOf, secondsOfCycles } from '../units'
import { probeId } from './row-probes'

/** What the report says of the instruments themselves: the sampler, the probes, and what watching has changed. */

/** Samples of a whole run are looked at, so a source that matters only in a part of it shows less. */
export function samplingReport(machine: Machine, sampler: Sampler): SamplingReport {
  const { scenario, clock, config } = machine
  const options = scenario.sampler ?? defaultSampler
  return {
    options,
    askedHz: scenario.samplerHz,
    foundHz: sampler.count / secondsOfCycles(clock.now, config.mhz),
    deferred: sampler.deferred,
    lost: sampler.lost,
    biases: [...noSamples(machine, sampler), ...biases(options)],
    aliasing: aliasingCheck(sampler.times(), periodicSources(machine)).map(({ name, period, check }) => ({
      source: name,
      periodMicroseconds: microsecondsOfCycles(period, config.mhz),
      p: check.known ? check.kuiperP : null,
      verdict: check.known ? check.words : `Not checked against the ${name}: ${check.why}.`,
    })),
  }
}

function noSamples({ clock, config, scenario }: Machine, sampler: Sampler): string[] {
  if (sampler.count > 0) return []
  const seconds = secondsOfCycles(clock.now, config.mhz).toPrecision(2)
  return [`No sample was taken: ${scenario.samplerHz} a second is too slow for a run of ${seconds} s. Ask for a higher rate, or send more bytes.`]
}

/** What recurs in the machine: the tick of host and guest, and on a saturated link the frames and their ACKs. */
export function periodicSources({ config, tick }: Machine): PeriodicSource[] {
  const frame = ((frameBytes(mss) + wireOverheadBytes) * 8 * config.mhz) / config.linkMbps
  return [
    { name: `host's ${1000 / config.timerHz} ms tick`, period: tick.period },
    { name: 'full frame on the wire', period: frame },
    { name: 'pair of frames that one ACK answers', period: 2 * frame },
  ]
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
      id: probeId(probe as Probe), label: probeLabels[probe]!, count,
      meanMicroseconds: us(mean),
      exclusiveMeanMicroseconds: us(probes.exclusive[probe]! / count),
      correctedMeanMicroseconds: us(probes.corrected[probe]! / count),
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
