import type { Scenario } from '../machine/scenario'
import { Simulation, type SimulationResult } from './simulation'

/** About a millisecond of simulating at 65 µs a call, as in jobs.ts. */
const callsASlice = 16

/** One run to its end in slices of about a millisecond; each yields the bytes transferred so far. */
export function* simulateSliced(scenario: Scenario): Generator<number, SimulationResult, void> {
  const simulation = new Simulation(scenario)
  yield* advanceSliced(simulation)
  return simulation.result()
}

/** The same up to the run's end; what is wanted of it is the caller's affair. */
export function* advanceSliced(simulation: Simulation): Generator<number, void, void> {
  while (!simulation.advance(callsASlice)) yield simulation.bytesDone
}
