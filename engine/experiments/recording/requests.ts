import * as z from 'zod'
import { type Scenario, parseScenario } from '../../machine/scenario'
import { PlainErrorException } from '../../plain-error'

const cycles = z.number().min(0).max(Number.MAX_SAFE_INTEGER)

/** A range of a run, as requests from the window have it. */
export const rangeFields = { fromCycles: cycles, toCycles: cycles }

/** Checks a request that has a scenario besides `fields`. Throws a PlainErrorException that names the field. */
export function parseRequest<Fields extends z.ZodRawShape>(
  refusal: string, fields: Fields, request: unknown,
): z.infer<z.ZodObject<Fields>> & { scenario: Scenario } {
  const scenarioOf = z.looseObject({ scenario: z.unknown() }).safeParse(request)
  const parsed = z.strictObject({ ...fields, scenario: z.unknown() }).safeParse(request)
  if (!parsed.success || !scenarioOf.success) {
    const issue = parsed.error?.issues[0]
    throw new PlainErrorException({
      what: `${refusal}: ${issue ? `${issue.path.join('.') || 'request'}: ${issue.message}` : 'unreadable request'}.`,
    })
  }
  return { ...(parsed.data as z.infer<z.ZodObject<Fields>>), scenario: parseScenario(scenarioOf.data.scenario) }
}

/** The range asked for in whole cycles; the whole run when nothing of it is left. */
export function rangeOf({ fromCycles, toCycles }: { fromCycles: number; toCycles: number }, runCycles: number): [number, number] {
  const from = Math.floor(fromCycles)
  const to = Math.min(Math.ceil(toCycles), runCycles)
  return from < to ? [from, to] : [0, runCycles]
}
