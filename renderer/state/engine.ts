import type { JobValue } from '../../engine/protocol'
import { plainErrorOf } from '../../engine/plain-error'
import { EngineClient, JobCancelled, type JobHelp, type JobRequest } from './engine-client'
import { notify } from './notices'
import { change, now, type Job } from './store'
import { trees } from './trees'

/** A file of more bytes may hold more stacks than the page makes trees of itself. */
const mayBeLarge = 1e6

/** The window's one connection to the engine, and its jobs as the store shows them. */
export const engine = new EngineClient({
  ready: (version) => change((state) => { state.engine.version = version }),
  progress: (id, progress) => {
    change((state) => {
      const job = state.jobs.find((one) => one.id === id)
      if (job) job.progress = progress
    })
    if (progress.total > mayBeLarge && now().jobs.some((job) => job.id === id && job.kind === 'import')) trees.prepare()
  },
})

/** Runs a job and shows it while it lasts; the error goes on to the caller. */
export async function runJob<Kind extends JobValue['kind']>(
  kind: Job['kind'], title: string, request: JobRequest, expected: Kind, help?: JobHelp,
): Promise<Extract<JobValue, { kind: Kind }>> {
  const { id, value } = engine.start(request, title, help)
  change((state) => { state.jobs.push({ id, kind, title, progress: null, cancelling: false }) })
  try {
    const result = await value
    if (result.kind !== expected) throw new Error(`the engine answered with ${result.kind} where ${expected} was asked`)
    return result as Extract<JobValue, { kind: Kind }>
  } finally {
    change((state) => { state.jobs = state.jobs.filter((job) => job.id !== id) })
  }
}

/** The same for callers with nothing more to do on failure: shows the error, answers null. */
export async function tryJob<Kind extends JobValue['kind']>(
  kind: Job['kind'], title: string, request: JobRequest, expected: Kind, help?: JobHelp,
): Promise<Extract<JobValue, { kind: Kind }> | null> {
  try {
    return await runJob(kind, title, request, expected, help)
  } catch (thrown) {
    // what could not be read may have been recorded in another way
    if (!(thrown instanceof JobCancelled)) notify(plainErrorOf(thrown), 'error', kind === 'import' ? 'help.recording' : null)
    return null
  }
}

/** Ends what would add runs to the session, without a word: that is being replaced. */
export function cancelAdditions(): void {
  for (const job of now().jobs) if (job.kind === 'run' || job.kind === 'import') engine.cancel(job.id)
}

/** Cancels what runs now; jobs behind it go on. */
export function cancelJob(): void {
  const job = now().jobs[0]
  if (!job) return
  change((state) => {
    const shown = state.jobs.find((one) => one.id === job.id)
    if (shown) shown.cancelling = true
  })
  engine.cancel(job.id)
}
