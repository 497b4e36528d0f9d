import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Crew } from './experiments/many-runs'

/** More threads than this were never tried. */
const mostThreads = 15

/** Threads beside the one that asks: one for each further core. `file` is the bundle of crew-member.ts. */
export function crewOf(file: string | URL, threads = Math.min(mostThreads, availableParallelism() - 1)): Crew {
  return (runs) => {
    const workers = Array.from({ length: Math.min(threads, runs.scenarios.length - 1) }, () => {
      const worker = new Worker(file, { workerData: runs })
      // whoever asked runs what a lost thread has not finished
      worker.on('error', (error) => console.error('a thread of the engine ended:', error))
      worker.unref()
      return worker
    })
    return () => {
      for (const worker of workers) void worker.terminate()
    }
  }
}
