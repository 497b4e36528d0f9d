import { workerData } from 'node:worker_threads'
import { type SharedRuns, takePart } from './experiments/many-runs'

/** Entry of a thread that takes part in runs (crew.ts); it ends when none is left. */
takePart(workerData as SharedRuns)
