import type { Scenario } from '../machine/scenario'
import type { RunHead } from '../run-report'
import { type RunFigures, runFigures } from './run-figures'
import { Simulation } from './simulation'
import { advanceSliced } from './sliced'

/**
 * Many runs, of which only some figures are wanted, shared among threads. Each run is taken by one of them; what comes
 * out depends on its scenario alone, so the figures are the same whoever takes part. All of it can be posted to a thread.
 */
export interface SharedRuns {
  scenarios: readonly Scenario[]
  /** In shared memory: [0] the next run that nobody has taken, [1] 1 when nobody should take another. */
  control: Int32Array
  /** In shared memory, one a run: 1 when its figures are there. */
  done: Int32Array
  /** In shared memory, `figuresARun` of each run; NaN where a run has none. */
  figures: Float64Array
}

/** Lets other threads take part in runs; the answer ends them. */
export type Crew = (runs: SharedRuns) => () => void

/** Where there are no other threads. */
export const nobodyElse: Crew = () => () => undefined

export interface ManyFigures extends RunFigures {
  /** Guest idle from the books, percent of total time: also of a native run, which has no directly measured one. */
  idleTruthPercent: number
}

const figuresARun = 4
const next = 0
const stopped = 1

export class ManyRuns {
  private readonly shared: SharedRuns
  private readonly dismiss: () => void

  constructor(scenarios: readonly Scenario[], crew: Crew) {
    this.shared = {
      scenarios, control: sharedInts(2), done: sharedInts(scenarios.length),
      figures: new Float64Array(new SharedArrayBuffer(8 * figuresARun * scenarios.length)),
    }
    this.dismiss = scenarios.length > 1 ? crew(this.shared) : () => undefined
  }

  /** How many runs there are. */
  get count(): number {
    return this.shared.scenarios.length
  }

  /** How many of them are there already. */
  get done(): number {
    let count = 0
    for (const one of this.shared.done) count += one
    return count
  }

  /**
   * Takes part until the first `count` runs are there; each slice of about a millisecond yields how many runs are done
   * in all. A run that another thread has taken and not finished is run here as well rather than waited for: the thread
   * may be gone.
   */
  * upTo(count: number): Generator<number, void, void> {
    const { shared } = this
    for (let wanted = 0; wanted < count;) {
      if (shared.done[wanted] === 1) {
        wanted++
        continue
      }
      const taken = takeRun(shared)
      const run = taken < 0 ? wanted : taken
      yield* this.run(run)
    }
  }

  /** Of a run that `upTo` has waited for. */
  figuresOf(run: number): ManyFigures {
    const { figures } = this.shared
    const at = run * figuresARun
    const orNull = (value: number) => (Number.isNaN(value) ? null : value)
    return {
      throughputMbps: figures[at]!, microsecondsAPacket: orNull(figures[at + 1]!), idlePercent: orNull(figures[at + 2]!),
      idleTruthPercent: figures[at + 3]!,
    }
  }

  /** Nobody takes another run, and the other threads end. */
  end(): void {
    Atomics.store(this.shared.control, stopped, 1)
    this.dismiss()
  }

  private* run(run: number): Generator<number, void, void> {
    const { shared } = this
    const simulation = new Simulation(shared.scenarios[run]!)
    for (const _ of advanceSliced(simulation)) {
      yield this.done
      if (Atomics.load(shared.done, run) === 1) return
    }
    enter(shared, run, simulation.head())
  }
}

/** What another thread does: takes runs until none is left. A run that fails is left to the thread that asked for it. */
export function takePart(shared: SharedRuns): void {
  for (let run = takeRun(shared); run >= 0; run = takeRun(shared)) {
    try {
      const simulation = new Simulation(shared.scenarios[run]!)
      for (const _ of advanceSliced(simulation)) if (Atomics.load(shared.control, stopped) === 1) return
      enter(shared, run, simulation.head())
    } catch { /* run again there, it fails there, and there it can be said */ }
  }
}

/** -1: none is left. */
function takeRun({ control, scenarios }: SharedRuns): number {
  if (Atomics.load(control, stopped) === 1) return -1
  const run = Atomics.add(control, next, 1)
  return run < scenarios.length ? run : -1
}

function enter({ figures, done }: SharedRuns, run: number, head: RunHead): void {
  const { throughputMbps, microsecondsAPacket, idlePercent } = runFigures(head)
  figures.set([throughputMbps, microsecondsAPacket ?? NaN, idlePercent ?? NaN, head.idlePercent.truth], run * figuresARun)
  Atomics.store(done, run, 1)
}

function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length))
}
