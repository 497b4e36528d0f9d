import type { ExperimentId, ExperimentKinds } from '../../engine/experiment-kinds'
import { plainErrorOf } from '../../engine/plain-error'
import { JobCancelled } from './engine-client'
import { engine } from './engine'
import { notify } from './notices'
import { change } from './store'

type Request<Id extends ExperimentId> = ExperimentKinds[Id]['request']
type Result<Id extends ExperimentId> = ExperimentKinds[Id]['result']
type Partial<Id extends ExperimentId> = ExperimentKinds[Id]['partial']

export interface StartedExperiment<Id extends ExperimentId> {
  /** Null when it was cancelled or failed; a failure has been shown. */
  result: Promise<Result<Id> | null>
  cancel(): void
}

interface Options<Id extends ExperimentId> {
  /** In words, for the status bar and errors. */
  title: string
  /** Whether the status bar shows it: not what follows the hand many times a second. */
  shown: boolean
  onPartial?: (partial: Partial<Id>) => void
}

/** Has the engine work something out. Does not touch the session. */
export function startExperiment<Id extends ExperimentId>(
  id: Id, request: Request<Id>, { title, shown, onPartial }: Options<Id>,
): StartedExperiment<Id> {
  const { id: job, value } = engine.start({ type: 'experiment', id, request }, title, { onPartial: (partial) => onPartial?.(partial as Partial<Id>) })
  if (shown) change((state) => { state.jobs.push({ id: job, kind: 'experiment', title, progress: null, cancelling: false }) })
  const result = value.then((answer) => {
    if (answer.kind !== 'experiment') throw new Error(`the engine answered with ${answer.kind} where ${id} was asked`)
    return answer.result as Result<Id>
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof JobCancelled)) notify(plainErrorOf(thrown))
    return null
  }).finally(() => {
    if (shown) change((state) => { state.jobs = state.jobs.filter((one) => one.id !== job) })
  })
  return { result, cancel: () => engine.cancel(job) }
}
