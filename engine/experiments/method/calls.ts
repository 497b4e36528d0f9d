import type { ExperimentWork } from '../../experiment-kinds'
import type { Machine } from '../../machine/machine'
import type { Experiment } from '../experiment'
import { Simulation } from '../simulation'
import { parseAgain, toTheEnd } from './again'
import type { AgainRequest } from './types'

/** How often each function of a run is called, and from where: counted while the run is simulated once more. */
export const callsExperiment: Experiment<'calls'> = { rank: 'interactive', parse: parseAgain, run: countCalls }

function* countCalls({ scenario }: AgainRequest): ExperimentWork<'calls'> {
  const simulation = new Simulation(scenario)
  const counts = new CallCounts(simulation.machine)
  yield* toTheEnd(simulation)
  const { clock, books } = simulation.machine
  // the root of the books is left out, so ids move down by one
  const length = books.count - 1
  return {
    cycles: clock.now, calls: Float64Array.from({ length }, (_, i) => counts.of(i + 1)),
    parent: Int32Array.from({ length }, (_, i) => books.parentOf[i + 1]! - 1), functionOf: books.functionOf.slice(1, books.count),
  }
}

/**
 * Counts on top of a machine's clock, so that no other run pays for it. A function is called when it is run or entered
 * from the stack above; roots such as the VMApp's, whose stack is set without a call, are counted by the times that they
 * run code of their own.
 */
class CallCounts {
  private entered: Float64Array = new Float64Array(512)
  private here: Float64Array = new Float64Array(512)

  constructor({ clock, books }: Machine) {
    const count = (stack: number) => { this.entered = added(this.entered, stack) }
    const run = clock.run.bind(clock)
    const enter = clock.enter.bind(clock)
    const runHere = clock.runHere.bind(clock)
    clock.run = (fn, cycles) => {
      count(books.call(clock.context, fn))
      run(fn, cycles)
    }
    clock.enter = (fn) => {
      count(books.call(clock.context, fn))
      return enter(fn)
    }
    clock.runHere = (cycles) => {
      this.here = added(this.here, clock.context)
      runHere(cycles)
    }
  }

  of(stack: number): number {
    return this.entered[stack] || this.here[stack] || 0
  }
}

function added(counts: Float64Array, at: number): Float64Array {
  let array = counts
  if (at >= counts.length) {
    array = new Float64Array(Math.max(at + 1, counts.length * 2))
    array.set(counts)
  }
  array[at]! += 1
  return array
}
