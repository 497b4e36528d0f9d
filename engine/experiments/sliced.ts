import type { Scenario } from '../machine/scenario'
import { Simulation, type SimulationResult } from './simulation'

/** About a millisecond of simulating at 65 µs a call, as in jobs.ts. */
const callsASlice = 16

/** One run to its end in slices of about a millisecond; each yields the bytes transferred so far. */
export function* simulateSliced(scenario: Scenario): Generator<number, SimulationResult, void> {
  const simulation = new Simulation(scenario)
  while (!simulation.advance(callsASlice)) yield simulation.bytesDone
  return simulation.result()
}
