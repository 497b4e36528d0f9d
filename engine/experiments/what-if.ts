import * as z from 'zod'
import type { ExperimentWork } from '../experiment-kinds'
import { parseScenario } from '../machine/scenario'
import { PlainErrorException } from '../plain-error'
import { simulateSliced } from './sliced'
import type { WhatIfRequest } from './what-if-types'

/** Throws a PlainErrorException that names the scenario's field. */
export function parseWhatIf(input: unknown): WhatIfRequest {
  const parsed = z.strictObject({ scenario: z.unknown() }).safeParse(input)
  if (!parsed.success) throw new PlainErrorException({ what: 'The what-if cannot be run: it is no {scenario}.' })
  return { scenario: parseScenario(parsed.data.scenario) }
}

/** One run behind a move of a slider. */
export function* whatIf({ scenario }: WhatIfRequest): ExperimentWork<'what-if'> {
  const slices = simulateSliced(scenario)
  let slice = slices.next()
  for (; !slice.done; slice = slices.next()) yield { done: slice.value, total: scenario.bytes, unit: 'bytes' }
  return slice.value
}
