import { exportedKinds, type ExportId } from '../../engine/exports/kinds'
import { lossesOf } from '../../engine/exports/losses'
import type { CycleRange } from '../../engine/exports/types'
import type { SessionRun } from '../../engine/session/document'
import { startExperiment } from './experiments'
import { saveExport } from './exports'
import { notify } from './notices'
import type { TimeRange } from './store'

/** The chosen range of time, where the format can hold a part of the run. */
export function rangeOfExport(run: SessionRun, id: ExportId, range: TimeRange | null): CycleRange | null {
  if (run.kind !== 'simulated' || exportedKinds[id].again !== 'trace' || range?.run !== run.id || range.unit !== 'cycles') return null
  return { fromCycles: range.from, toCycles: range.to }
}

/** Has the engine write a run in another program's format, and asks where to. What came to light only then is said after. */
export async function exportProfile(run: SessionRun, id: ExportId, range: CycleRange | null): Promise<void> {
  const { title } = exportedKinds[id]
  const request = { run, format: id, ...(range ? { range } : {}) }
  const result = await startExperiment('export', request, { title: `Writing ${run.name} as ${title}`, shown: true }).result
  if (!result) return
  const fileName = await saveExport(run.name, id, result.bytes)
  const known = lossesOf(run, id)
  const said = result.lost.filter((words) => !known.includes(words))
  if (fileName !== null && said.length > 0) notify({ what: `${fileName} was saved: ${said.join('; ')}.` }, 'warning')
}
