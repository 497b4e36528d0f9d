import * as z from 'zod'
import type { ExperimentWork } from '../experiment-kinds'
import { machineIds, parseScenario } from '../machine/scenario'
import { customSchema } from '../machine/custom'
import { PlainErrorException } from '../plain-error'
import { meanOfRuns } from '../statistics/mean'
import { type Crew, ManyRuns, nobodyElse } from './many-runs'
import { type SweepCell, type SweepRequest, configurationIds, sweepLimits, sweepScenario } from './sweep-types'

const distinct = (list: readonly unknown[]) => new Set(list).size === list.length
const requestSchema = z.strictObject({
  machine: z.enum(machineIds),
  custom: customSchema.optional(),
  configurations: z.array(z.enum(configurationIds)).min(1, 'at least one configuration is needed').refine(distinct, 'one is there twice'),
  sizes: z.array(z.number()).min(sweepLimits.sizes.min, 'at least one send size is needed').max(sweepLimits.sizes.max, `${sweepLimits.sizes.max} send sizes are the most`).refine(distinct, 'one is there twice'),
  seeds: z.array(z.number()).min(sweepLimits.seeds.min, 'at least one seed is needed').max(sweepLimits.seeds.max, `${sweepLimits.seeds.max} seeds are the most`).refine(distinct, 'one is there twice'),
  bytes: z.number(),
})

/** Throws a PlainErrorException that names the field. */
export function parseSweep(input: unknown): SweepRequest {
  const parsed = requestSchema.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new PlainErrorException({
      what: `The sweep cannot be run: ${issue ? `${issue.path.join('.') || 'request'}: ${issue.message}` : 'unreadable'}`,
    })
  }
  const { custom, ...rest } = parsed.data
  const request: SweepRequest = { ...rest, ...(custom ? { custom } : {}) }
  const runs = request.configurations.length * request.sizes.length * request.seeds.length
  if (runs > sweepLimits.runs) {
    throw new PlainErrorException({ what: `The sweep would take ${runs} runs; the limit is ${sweepLimits.runs}.`, todo: 'Choose fewer sizes, configurations or seeds.' })
  }
  // sizes, seeds, bytes and the machine have the limits of a run, which names the field that is out of them
  for (const size of request.sizes) parseScenario(sweepScenario(request, request.configurations[0]!, size, request.seeds[0]!))
  for (const seed of request.seeds) parseScenario(sweepScenario(request, request.configurations[0]!, request.sizes[0]!, seed))
  return request
}

/**
 * Throughput and guest idle over send sizes and configurations, several seeds each (the paper's Figure 6), cell by cell.
 * Equal requests give equal cells, whatever the number of threads.
 */
export function* sweep(request: SweepRequest, crew: Crew = nobodyElse): ExperimentWork<'sweep'> {
  const places = request.sizes.flatMap((sendSize) => request.configurations.map((configuration) => ({ configuration, sendSize })))
  const { seeds } = request
  const runs = new ManyRuns(
    places.flatMap(({ configuration, sendSize }) => seeds.map((seed) => sweepScenario(request, configuration, sendSize, seed))), crew)
  const cells: SweepCell[] = []
  try {
    for (const [index, place] of places.entries()) {
      const first = index * seeds.length
      for (const done of runs.upTo(first + seeds.length)) yield { done, total: runs.count, unit: 'runs' }
      const figures = seeds.map((_, i) => runs.figuresOf(first + i))
      const cell = {
        ...place, throughputMbps: meanOfRuns(figures.map(({ throughputMbps }) => throughputMbps), [0, Infinity]),
        idlePercent: meanOfRuns(figures.map(({ idlePercent, idleTruthPercent }) => idlePercent ?? idleTruthPercent), [0, 100]),
      }
      cells.push(cell)
      yield { done: runs.done, total: runs.count, unit: 'runs', partial: cell }
    }
  } finally {
    runs.end()
  }
  return { request, cells }
}
