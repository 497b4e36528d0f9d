import { digestOf } from '../canonical'
import { type MachineConfig, machineConfig } from '../machine/config'
import { Machine } from '../machine/machine'
import { Probe } from '../machine/observer'
import { type Scenario, canonicalScenario, defaultSampler, scenarioName } from '../machine/scenario'
import type { Profile } from '../profile/columns'
import { ProbeHistograms } from '../profilers/probe-histograms'
import { Sampler } from '../profilers/sampler'
import type { RunCounts, RunHead, RunReport } from '../run-report'
import { type Seconds, microsecondsOfCycles, percentOf, secondsOfCycles } from '../units'
import { engineVersion } from '../version'
import { checkBounds } from './bounds'
import { idleOf, perturbation, probeReports, samplingReport } from './instruments'
import { measuredOf, profileOf } from './measured'
import { observed } from './observed'
import { reconciliations } from './reconciliations'
import { table2 } from './table2'

export interface SimulationResult {
  report: RunReport
  /** Weights: samples (sampled) and cycles (true), one row a stack. */
  profile: Profile
  /** SHA-256 of the canonical report and profile. */
  digest: string
}

/** Some ten milliseconds of simulating. */
const segmentsAtOnce = 100_000

/** One run of a scenario with both profilers: advance it in slices until it has ended, then take the result. */
export class Simulation {
  readonly machine: Machine
  /** The same run watched for free, when this one's instruments cost: what they change is the difference. */
  private readonly unwatched: Machine | null = null
  readonly sampler: Sampler | null
  private readonly histograms = new ProbeHistograms()
  private ended = false

  constructor(scenario: Scenario, config: MachineConfig = machineConfig(scenario.machine, scenario.custom)) {
    const canonical = canonicalScenario(scenario)
    const { samplerHz, sampler, probes } = canonical
    this.machine = new Machine(config, canonical)
    this.machine.probes.listen(this.histograms.record)
    this.sampler = samplerHz > 0
      ? new Sampler(sampler ?? defaultSampler, { hz: samplerHz, mhz: config.mhz, seed: canonical.seed, tick: this.machine.tick })
      : null
    if (this.sampler) this.machine.observe(this.sampler)
    if (probes === 'tsc' || (samplerHz > 0 && sampler?.cost === 'interrupt')) {
      this.unwatched = new Machine(config, { ...canonical, samplerHz: 0, probes: 'free' })
    }
  }

  /**
   * Let the guest's program make at most `calls` more calls; true when the run has ended. On a slow link a single call
   * takes long: it also stops when enough has been simulated, so that whoever waits can be told and can cancel.
   */
  advance(calls: number): boolean {
    const enough = this.machine.clock.segments + segmentsAtOnce
    for (let i = 0; i < calls && !this.ended && this.machine.clock.segments < enough; i++) {
      const done = this.machine.nettest.step()
      const unwatchedDone = this.unwatched?.nettest.step() ?? true
      this.ended = done && unwatchedDone
    }
    checkBounds(this.machine.clock.now, this.sampler?.count ?? 0)
    return this.ended
  }

  get bytesDone(): number {
    return this.machine.nettest.bytesDone
  }

  get simulatedSeconds(): Seconds {
    return secondsOfCycles(this.machine.clock.now, this.machine.config.mhz)
  }

  /** What the run came to, without what its profilers saw: all that a sweep wants of it. */
  head(): RunHead {
    if (!this.ended) throw new Error('result of a run that has not ended')
    return headOf(this.machine)
  }

  result(): SimulationResult {
    const head = this.head()
    const { machine } = this
    const seen = observed(machine, this.sampler)
    const measured = measuredOf(machine)
    const profile = profileOf(measured, seen.hits)
    const splits = machine.scenario.vm === 'hosted' ? reconciliations(measured, seen) : []
    const report: RunReport = {
      ...head, samples: seen.sequence.length,
      ...(this.sampler ? { sampling: samplingReport(machine, this.sampler) } : {}),
      probes: probeReports(machine, this.histograms),
      ...(this.unwatched ? { perturbation: perturbation(machine, this.unwatched) } : {}),
      ...(splits.length > 0 ? { reconciliations: splits } : {}),
      table: table2(measured, seen, splits),
      books: { cycles: machine.clock.now, attributed: machine.books.total() },
    }
    return { report, profile, digest: digestOf({ report, profile }) }
  }
}

/** Runs a scenario to its end. */
export function simulate(scenario: Scenario, config?: MachineConfig): SimulationResult {
  const simulation = new Simulation(scenario, config)
  while (!simulation.advance(1024)) { /* on to the end */ }
  return simulation.result()
}

function headOf(machine: Machine): RunHead {
  const { config, scenario, clock, nettest, probes } = machine
  const cycles = clock.now
  return {
    schema: 'worldswitch.run/1',
    engineVersion,
    scenario,
    name: scenarioName(scenario),
    throughputMbps: (nettest.bytesDone * 8) / microsecondsOfCycles(nettest.endedAt - nettest.startedAt, config.mhz),
    simulatedSeconds: secondsOfCycles(cycles, config.mhz),
    idlePercent: {
      direct: percentOf(probes.inclusive[Probe.GuestIdle]!, cycles), truth: percentOf(idleOf(machine), cycles),
    },
    counts: countsOf(machine),
    vmnetTransmit: vmnetTransmitOf(machine),
  }
}

function countsOf(machine: Machine): RunCounts {
  const { counts, clock } = machine
  const { packetsReceived, ...rest } = counts
  return { ...rest, packetsReceived, acksReceived: machine.tcp.acksReceived, segments: clock.segments }
}

function vmnetTransmitOf(machine: Machine): RunReport['vmnetTransmit'] {
  const { vmnet, probes, config } = machine
  if (!vmnet || probes.count[Probe.VmnetTransmit] === 0) return null
  return {
    meanMicroseconds: microsecondsOfCycles(probes.mean(Probe.VmnetTransmit), config.mhz),
    isolatedMeanCycles: vmnet.isolatedCalls === 0 ? 0 : vmnet.isolatedCycles / vmnet.isolatedCalls,
    nestedIrqsPerCall: vmnet.nestedInterrupts / probes.count[Probe.VmnetTransmit]!,
  }
}
