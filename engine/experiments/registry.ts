import type { ExperimentId, ExperimentKinds, ExperimentStep, ExperimentWork, Rank } from '../experiment-kinds'

/** One kind of work that the window may ask for. */
export interface Experiment<Id extends ExperimentId> {
  rank: Rank
  /** The request comes from another process: throws a PlainErrorException when it is none. */
  parse(request: unknown): ExperimentKinds[Id]['request']
  run(request: ExperimentKinds[Id]['request']): ExperimentWork<Id>
}

/** A new kind: its types in experiment-kinds.ts, its work in a file of its own, a line here. */
export const experiments: { [Id in ExperimentId]?: Experiment<Id> } = {}

/** What `id` would do with the request; null when there is no such experiment. Throws what `parse` throws. */
export function findExperiment(
  id: string, request: unknown,
): { rank: Rank; start(): Generator<ExperimentStep, unknown, void> } | null {
  if (!Object.hasOwn(experiments, id)) return null
  const found = experiments[id as ExperimentId] as Experiment<ExperimentId> | undefined
  if (!found) return null
  const parsed = found.parse(request)
  return { rank: found.rank, start: () => found.run(parsed) }
}
