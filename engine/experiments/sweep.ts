import * as z from 'zod'
import type { ExperimentWork } from '../experiment-kinds'
import { machineIds, parseScenario } from '../machine/scenario'
import { customSchema } from '../machine/custom'
import { PlainErrorException } from '../plain-error'
import { meanOfRuns } from '../statistics/mean'
import { runFigures } from './run-figures'
import { simulateSliced } from './sliced'
import { type SweepCell, type SweepRequest, configurationIds, sweepLimits, sweepScenario } from './sweep-types'

const distinct = (list: readonly unknown[]) => new Set(list).size === list.length
const requestSchema = z.strictObject({
  machine: z.enum(machineIds),
  custom: customSchema.optional(),
  configurations: z.array(z.enum(configurationIds)).min(1, 'at least one configuration is needed').refine(distinct, 'one is there twice'),
  sizes: z.array(z.number()).min(sweepLimits.sizes.min, 'at least one send size is needed').max(sweepLimits.sizes.max).refine(distinct, 'one is there twice'),
  seeds: z.array(z.number()).min(sweepLimits.seeds.min, 'at least one seed is needed').max(sweepLimits.seeds.max).refine(distinct, 'one is there twice'),
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
 * Equal requests give equal cells.
 */
export function* sweep(request: SweepRequest): ExperimentWork<'sweep'> {
  const { configurations, sizes, seeds } = request
  const total = configurations.length * sizes.length * seeds.length
  const cells: SweepCell[] = []
  let done = 0
  for (const sendSize of sizes) {
    for (const configuration of configurations) {
      const throughput: number[] = []
      const idle: number[] = []
      for (const seed of seeds) {
        const slices = simulateSliced(sweepScenario(request, configuration, sendSize, seed))
        let slice = slices.next()
        for (; !slice.done; slice = slices.next()) yield { done, total, unit: 'runs' }
        const { throughputMbps, idlePercent } = runFigures(slice.value.report)
        throughput.push(throughputMbps)
        idle.push(idlePercent ?? slice.value.report.idlePercent.truth)
        done++
      }
      const cell = { configuration, sendSize, throughputMbps: meanOfRuns(throughput, [0, Infinity]), idlePercent: meanOfRuns(idle, [0, 100]) }
      cells.push(cell)
      yield { done, total, unit: 'runs', partial: cell }
    }
  }
  return { request, cells }
}
