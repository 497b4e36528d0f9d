import * as z from 'zod'
import type { ExperimentWork } from '../../experiment-kinds'
import { PlainErrorException } from '../../plain-error'
import { samplesForDifference, samplesForShare } from '../../statistics/planner'
import type { Experiment } from '../experiment'
import type { PlanRequest } from './types'

/** How long to sample before a row is known, or a change of it seen. */
export const planExperiment: Experiment<'plan'> = { rank: 'interactive', parse: parsePlan, run: makePlan }

const schema = z.object({
  share: z.number().min(0).max(1), halfWidth: z.number(), difference: z.number(),
  power: z.number().gt(0).lt(1), ratePerSecond: z.number().positive(), inflation: z.number().min(1),
})

function parsePlan(request: unknown): PlanRequest {
  const parsed = schema.safeParse(request)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw new PlainErrorException({ what: `There is no plan for that: ${path.join('.')}: ${message}.` })
}

function* makePlan({ share, halfWidth, difference, power, ratePerSecond, inflation }: PlanRequest): ExperimentWork<'plan'> {
  const options = { ratePerSecond, inflation }
  const know = samplesForShare(share, halfWidth, options)
  yield { done: 1, total: 2, unit: 'runs' }
  return { know, see: samplesForDifference(share, difference, { ...options, power }), powerPercent: power * 100 }
}
