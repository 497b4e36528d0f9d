import type { ExperimentId, ExperimentKinds, ExperimentWork, Rank } from '../experiment-kinds'
import type { Crew } from './many-runs'

/** One kind of work that the window may ask for. */
export interface Experiment<Id extends ExperimentId> {
  rank: Rank
  /** The request comes from another process: throws a PlainErrorException when it is none. */
  parse(request: unknown): ExperimentKinds[Id]['request']
  run(request: ExperimentKinds[Id]['request'], crew: Crew): ExperimentWork<Id>
}
