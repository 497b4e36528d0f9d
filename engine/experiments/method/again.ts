import * as z from 'zod'
import type { ExperimentStep } from '../../experiment-kinds'
import { parseScenario } from '../../machine/scenario'
import { PlainErrorException } from '../../plain-error'
import type { Simulation } from '../simulation'
import type { AgainRequest } from './types'

/** About a millisecond of simulating. */
const callsAtOnce = 16

/** Throws a PlainErrorException where it is no request, or its scenario none that can be run. */
export function parseAgain(request: unknown): AgainRequest {
  const parsed = z.object({ scenario: z.unknown() }).safeParse(request)
  if (!parsed.success) throw new PlainErrorException({ what: 'No scenario was given to simulate again.' })
  return { scenario: parseScenario(parsed.data.scenario) }
}

/** Runs a simulation to its end, a step at a time. */
export function* toTheEnd(simulation: Simulation): Generator<ExperimentStep<never>, void, void> {
  const total = simulation.machine.scenario.bytes
  while (!simulation.advance(callsAtOnce)) yield { done: simulation.bytesDone, total, unit: 'bytes' }
}
