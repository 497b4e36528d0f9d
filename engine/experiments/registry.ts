import type { ExperimentId, ExperimentStep, Rank } from '../experiment-kinds'
import { exportExperiment } from '../exports/experiment'
import { verifyExperiment } from '../session/verify'
import type { Experiment } from './experiment'
import { importedTableExperiment } from './imported-table'
import { ladderExperiment } from './ladder'
import { type Crew, nobodyElse } from './many-runs'
import { callsExperiment } from './method/calls'
import { phasesExperiment } from './method/phases'
import { planExperiment } from './method/plan'
import { portsExperiment } from './method/ports'
import { packets, parsePacketsRequest } from './recording/packets'
import { parseRangeRequest, range } from './recording/range'
import { parseTimelineRequest, timeline } from './recording/timeline'
import { parseSweep, sweep } from './sweep'
import { parseTornado, tornado } from './tornado'
import { parseWhatIf, whatIf } from './what-if'

/** A new kind: its types in experiment-kinds.ts, its work in a file of its own, a line here. */
export const experiments: { [Id in ExperimentId]?: Experiment<Id> } = {
  calls: callsExperiment,
  phases: phasesExperiment,
  plan: planExperiment,
  ports: portsExperiment,
  verify: verifyExperiment,
  export: exportExperiment,
  'imported-table': importedTableExperiment,
  ladder: ladderExperiment,
  sweep: { rank: 'background', parse: parseSweep, run: sweep },
  tornado: { rank: 'background', parse: parseTornado, run: tornado },
  packets: { rank: 'interactive', parse: parsePacketsRequest, run: packets },
  range: { rank: 'interactive', parse: parseRangeRequest, run: range },
  timeline: { rank: 'interactive', parse: parseTimelineRequest, run: timeline },
  'what-if': { rank: 'interactive', parse: parseWhatIf, run: whatIf },
}

/** What `id` would do with the request; null when there is no such experiment. Throws what `parse` throws. */
export function findExperiment(
  id: string, request: unknown, crew: Crew = nobodyElse,
): { rank: Rank; start(): Generator<ExperimentStep, unknown, void> } | null {
  if (!Object.hasOwn(experiments, id)) return null
  const found = experiments[id as ExperimentId] as Experiment<ExperimentId> | undefined
  if (!found) return null
  const parsed = found.parse(request)
  return { rank: found.rank, start: () => found.run(parsed, crew) }
}
