import { canonicalJson } from '../../canonical'
import { Books } from '../../machine/books'
import { Clock } from '../../machine/clock'
import { machineConfig } from '../../machine/config'
import { Machine } from '../../machine/machine'
import type { Recorder } from '../../machine/observer'
import { type Scenario, canonicalScenario, defaultSampler } from '../../machine/scenario'
import { Sampler, type Samples } from '../../profilers/sampler'
import { checkBounds } from '../bounds'
import { BinRecorder } from './bins'
import { dataPacketsBegun } from './data-packets'
import { MachineState, type Snapshot } from './snapshot'

/** Bins of the whole run that are kept: at most this many, at least half of it in a long run. */
const overviewBins = 32_768
/** Checkpoints of a run, from half of this up to it: a few tens of kilobytes each. */
const mostCheckpoints = 128
/** Stretches of CPU time between two yields: less than a millisecond, when the code is warm. */
const stretchesAtOnce = 5_000
const callsAtOnce = 256

interface Checkpoint {
  cycle: number
  /** Packets with data whose way had begun. */
  packets: number
  snapshot: Snapshot
}

/** Where the work stands, in cycles; `total` is an estimate until the run has been gone through once. */
export interface Progress {
  done: number
  total: number
  unit: 'cycles'
}

/**
 * A scenario's machine and the checkpoints to which it can be set back. The run is gone through once; from then on any
 * stretch of it costs the way from the checkpoint before. Whoever gives up in the middle may leave it as it is: going
 * through is continued where it was, and a stretch always starts from a checkpoint.
 */
export class Recording {
  readonly machine: Machine
  readonly sampler: Sampler | null
  /** Of the whole run; complete when `runCycles` is known. */
  readonly overview: BinRecorder
  /** 0 until the run has been gone through. */
  runCycles = 0
  /** Packets with data of the whole run. */
  packetsInRun = 0
  /** Samples of the whole run; the sampler keeps them all, wherever the machine has been set back to. */
  samples = 0
  private readonly state: MachineState
  private checkpoints: Checkpoint[] = []
  private calls = 0
  private callsBetween = 1

  constructor(readonly scenario: Scenario) {
    const config = machineConfig(scenario.machine, scenario.custom)
    const { samplerHz, sampler, seed } = scenario
    this.machine = new Machine(config, scenario)
    this.sampler = samplerHz > 0
      ? new Sampler(sampler ?? defaultSampler, { hz: samplerHz, mhz: config.mhz, seed, tick: this.machine.tick })
      : null
    if (this.sampler) this.machine.observe(this.sampler)
    this.state = new MachineState([this.machine], isNoState(this.machine))
    this.overview = new BinRecorder(this.machine, 0, Infinity, 1024, overviewBins)
    this.machine.clock.record(this.overview)
  }

  /** Goes through the run, as far as that has not been done. */
  *prepare(): Generator<Progress, void, void> {
    const { machine } = this
    while (this.runCycles === 0) {
      yield this.progress()
      const pause = machine.clock.segments + stretchesAtOnce
      for (let i = 0; i < callsAtOnce && machine.clock.segments < pause; i++) {
        this.checkpoint()
        this.calls++
        if (!machine.nettest.step()) continue
        this.overview.finish()
        this.runCycles = machine.clock.now
        this.samples = this.sampler?.count ?? 0
        this.packetsInRun = dataPacketsBegun(machine)
        break
      }
      checkBounds(machine.clock.now, this.sampler?.count ?? 0)
    }
  }

  /**
   * Sets the machine to the checkpoint before `from` and lets it run up to `to`, and on to the end of that call of the
   * program. `recorder` is made at the checkpoint and told of everything from `from` on, unless it has had enough.
   */
  *replay<R extends Recorder>(
    from: number, to: number, recorder: (machine: Machine) => R, enough: (made: R) => boolean = () => false,
  ): Generator<Progress, R, void> {
    const checkpoint = this.checkpoints.findLast(({ cycle }) => cycle <= from) ?? this.checkpoints[0]!
    return yield* this.run(checkpoint, from, to, recorder, enough)
  }

  /** Tells `recorder` of all that happens to packet `first` and those behind it until it has had enough; of no time. */
  *follow<R extends Recorder>(
    first: number, recorder: (machine: Machine) => R, enough: (made: R) => boolean,
  ): Generator<Progress, R, void> {
    const checkpoint = this.checkpoints.findLast(({ packets }) => packets <= first) ?? this.checkpoints[0]!
    return yield* this.run(checkpoint, Infinity, this.runCycles, recorder, enough)
  }

  /** Numbers of packets among which are all whose way began in [from, to): those between the checkpoints around it. */
  packetsAround(from: number, to: number): { first: number; end: number } {
    const before = this.checkpoints.findLast(({ cycle }) => cycle <= from)
    const behind = this.checkpoints.find(({ cycle }) => cycle >= to)
    return { first: before?.packets ?? 0, end: behind?.packets ?? this.packetsInRun }
  }

  private *run<R extends Recorder>(
    { cycle, snapshot }: Checkpoint, from: number, to: number, recorder: (machine: Machine) => R, enough: (made: R) => boolean,
  ): Generator<Progress, R, void> {
    const { machine } = this
    this.state.restore(snapshot)
    const made = recorder(machine)
    machine.clock.record(made, from)
    while (machine.clock.now < to && !enough(made)) {
      yield { done: machine.clock.now - cycle, total: to - cycle, unit: 'cycles' }
      const pause = machine.clock.segments + stretchesAtOnce
      while (machine.clock.now < to && machine.clock.segments < pause) machine.nettest.step()
    }
    return made
  }

  /** Which samples the sampler took in [from, to). */
  samplesIn(from: number, to: number): Samples {
    return this.sampler?.between(from, to, this.samples) ?? { first: 0, end: 0 }
  }

  /** Checkpoints at every n-th call; n doubles, and every second one goes, when there are too many. */
  private checkpoint(): void {
    if (this.calls % this.callsBetween !== 0) return
    if (this.checkpoints.length === mostCheckpoints) {
      this.checkpoints = this.checkpoints.filter((_, i) => i % 2 === 0)
      this.callsBetween *= 2
      if (this.calls % this.callsBetween !== 0) return
    }
    const { machine, state } = this
    this.checkpoints.push({ cycle: machine.clock.now, packets: dataPacketsBegun(machine), snapshot: state.take() })
  }

  private progress(): Progress {
    const { clock, nettest, scenario } = this.machine
    const total = Math.round(clock.now * (scenario.bytes / Math.max(1, nettest.bytesDone)))
    return { done: clock.now, total, unit: 'cycles' }
  }
}

/** Fields of the clock that say who is told of what, and no state of the machine. */
const watchers = new Set(['recorder', 'recordFrom', 'quietUntil'])

/** The tables of the books only grow and samples are the same every time; settings and watchers are no state. */
function isNoState(machine: Machine): (owner: object, key: string) => boolean {
  const settings = new Set<unknown>([machine.config, machine.scenario, machine.config.costs])
  return (owner, key) => {
    if (owner instanceof Books) return key !== 'cycles'
    if (owner instanceof Sampler && (key === 'stacks' || key === 'instants')) return true
    if (owner instanceof Clock && watchers.has(key)) return true
    return settings.has((owner as Record<string, unknown>)[key])
  }
}

/** Most recently used last. */
const kept: { key: string; recording: Recording }[] = []
const mostKept = 2
/** Of both together; a sample takes 12 bytes, and up to as much again for growing. More: only the last one is kept. */
const mostSamplesKept = 4_000_000

/** The recording of a scenario, gone through; the last two are kept. */
export function* recordingOf(scenario: Scenario): Generator<Progress, Recording, void> {
  const canonical = canonicalScenario(scenario)
  const key = canonicalJson(canonical)
  const known = kept.findIndex((one) => one.key === key)
  const entry = known >= 0 ? kept.splice(known, 1)[0]! : { key, recording: new Recording(canonical) }
  kept.push(entry)
  if (kept.length > mostKept) kept.shift()
  try {
    yield* entry.recording.prepare()
  } catch (thrown) {
    kept.splice(kept.indexOf(entry), 1)
    throw thrown
  }
  if (kept.reduce((sum, { recording }) => sum + recording.samples, 0) > mostSamplesKept) kept.splice(0, kept.length - 1)
  return entry.recording
}
