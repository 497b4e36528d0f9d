import type { SimulatedRun } from '../../engine/session/document'
import type { Asked } from './method-state'
import type { Verification } from '../../engine/session/verify-types'
import { runOf } from './derived'
import { startExperiment } from './experiments'
import { selectRun } from './actions-runs'
import { change, now, type Workbench } from './store'

/** Of one run of one session: the same id may come again with another file. */
export function verifyKey({ session }: Pick<Workbench, 'session'>, run: SimulatedRun): string {
  return `${session} ${run.id} ${run.digest}`
}

/** Has a run simulated again and compared; the inspector shows what was found. */
export async function verifyRun(id: string): Promise<void> {
  const run = runOf(now(), id)
  if (run?.kind !== 'simulated') return
  selectRun(id)
  const key = verifyKey(now(), run)
  if (now().method.verified[key]?.state === 'busy') return
  const put = (asked: Asked<Verification>) => change(({ method }) => { method.verified[key] = asked })
  put({ state: 'busy' })
  const { report, digest, profile } = run
  const result = await startExperiment('verify', { report, digest, profile }, { title: `Verifying ${run.name}`, shown: true }).result
  put(result ? { state: 'done', result } : { state: 'failed' })
}
