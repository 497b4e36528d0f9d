import { Simulation } from '../experiments/simulation'
import { scenarioName } from '../machine/scenario'
import type { Scenario } from '../machine/scenario'
import type { SimulatedRun } from '../session/document'
import type { Terminal } from './terminal'

/** About a millisecond of work: progress is looked at between two of these. */
const callsAtOnce = 64

/** Runs a scenario to its end, with progress on the terminal. Equal scenarios give runs of equal ids. */
export function simulatedRun(scenario: Scenario, terminal: Terminal): SimulatedRun {
  const simulation = new Simulation(scenario)
  const name = scenarioName(scenario)
  while (!simulation.advance(callsAtOnce)) {
    terminal.progress(() => {
      const percent = Math.floor((100 * simulation.bytesDone) / scenario.bytes)
      return `${name}: ${percent} %, ${simulation.simulatedSeconds.toFixed(1)} simulated seconds`
    })
  }
  terminal.clearProgress()
  const { report, profile, digest } = simulation.result()
  return { kind: 'simulated', id: `run-${digest.slice(0, 16)}`, name, report, digest, profile }
}
