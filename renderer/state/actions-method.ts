import type { ExperimentKinds } from '../../engine/experiment-kinds'
import type { PlanRequest } from '../../engine/experiments/method/types'
import type { SimulatedRun } from '../../engine/session/document'
import { startExperiment, type StartedExperiment } from './experiments'
import type { Asked, PlanFields } from './method-state'
import { change, now } from './store'

/** Runs of more bytes than this are simulated again only when somebody asks for it. */
export const mostBytesUnasked = 100_000_000

/** Has the calls of a run counted, once; nothing happens when that has been asked already, unless it failed. */
export function askForCalls(run: SimulatedRun): Promise<void> {
  return ask('calls', run, { title: `Counting the calls of ${run.name}`, shown: false })
}

/** Has the samples' phases of a run found, as `askForCalls`. */
export function askForPhases(run: SimulatedRun): Promise<void> {
  return ask('phases', run, { title: `Sample instants of ${run.name}`, shown: true })
}

/** Has the accesses of a run's virtual card counted, as `askForCalls`. */
export function askForPorts(run: SimulatedRun): Promise<void> {
  return ask('ports', run, { title: `Counting the port accesses of ${run.name}`, shown: true })
}

async function ask<Id extends 'calls' | 'phases' | 'ports'>(id: Id, run: SimulatedRun, options: { title: string; shown: boolean }): Promise<void> {
  const known = now().method[id][run.digest]
  if (known && known.state !== 'failed') return
  const put = (asked: Asked<ExperimentKinds[Id]['result']>) => change(({ method }) => {
    (method[id] as Record<string, Asked<ExperimentKinds[Id]['result']>>)[run.digest] = asked
  })
  put({ state: 'busy' })
  const result = await startExperiment(id, { scenario: run.report.scenario }, options).result
  put(result ? { state: 'done', result } : { state: 'failed' })
}

let planning: StartedExperiment<'plan'> | null = null

/** Has a plan made; one that is not yet there is no longer wanted. Null: there is nothing to plan. */
export async function askForPlan(request: PlanRequest | null): Promise<void> {
  planning?.cancel()
  planning = null
  if (!request) {
    change(({ method }) => { method.plan = method.planned = null })
    return
  }
  const mine = startExperiment('plan', request, { title: 'Planning', shown: false })
  planning = mine
  const result = await mine.result
  if (planning !== mine) return
  change(({ method }) => {
    method.plan = result ? { state: 'done', result } : { state: 'failed' }
    method.planned = request
  })
}

export function editPlan(fields: Partial<PlanFields>): void {
  change(({ method }) => { Object.assign(method.fields, fields) })
}
