import type { SamplerOptions, Scenario } from './machine/scenario'
import type { Percent } from './units'

/** How a figure was obtained. */
export type Method = 'sampled' | 'direct' | 'derived'
/** How the model comes by a row: fitted to the paper, counted from code paths, or never fitted to anything. */
export type RowStatus = 'calibrated' | 'counted' | 'predicted'

/** One row of Table 2 for one run. `percent` is of `scope`; null means that the row does not apply to the run. */
export interface TableRow {
  id: string
  label: string
  /** 'total': of the elapsed time; 'vmm': of VMM time. */
  scope: 'total' | 'vmm'
  percent: Percent | null
  method: Method
  /** 95 % interval of `percent`; null when there is no evidence (no samples). */
  ci95: [Percent, Percent] | null
  /** From the simulation's own books. */
  truthPercent: Percent | null
  /** Directly measured, start to end of the call, nested interrupts included. */
  averageMicroseconds: number | null
  status: RowStatus
  paper: { percent: Percent; averageMicroseconds: number | null } | null
  /** How many independent samples the row's samples count for; null where it has no interval. */
  effectiveSamples?: number | null
  /** Method, counts and citation of the interval, or why there is none. */
  evidence?: string
  /** Samples and seconds that would resolve the row to half a point. */
  plan?: string
  /** For a derived row: the rule with the run's own numbers, one step a line. */
  derivation?: string[]
}

export interface RunCounts {
  packetsSent: number
  acksReceived: number
  worldSwitches: number
  guestIrqs: number
  hostIrqsInVmm: number
  hostIrqsInHost: number
  guestContextSwitches: number
  rapAccesses: number
  rdpAccesses: number
  picAccesses: number
  vmnetTransmits: number
  selectCalls: number
  /** Runs of straight simulated work between two places where an interrupt can land. */
  segments: number
  [more: string]: number
}

/** How the sampling profiler did. */
export interface SamplingReport {
  options: SamplerOptions
  askedHz: number
  /** Samples taken a simulated second. */
  foundHz: number
  /** Taken later than due, because interrupts were off. */
  deferred: number
  /** Due while another still waited: never taken. */
  lost: number
  /** What such a sampler cannot see or disturbs, in plain words. */
  biases: string[]
  /** Whether the samples keep step with something periodic. */
  aliasing: { source: string; periodMicroseconds: number; p: number | null; verdict: string }[]
}

/** Direct measurement of one kind of call. Times are of the readings: nested interrupts included unless exclusive. */
export interface ProbeReport {
  id: string
  label: string
  count: number
  meanMicroseconds: number
  exclusiveMeanMicroseconds: number
  /** The mean less the reads of the counter that are in every reading: its own second one and those of calls inside. */
  correctedMeanMicroseconds: number
  p5Microseconds: number
  p50Microseconds: number
  p95Microseconds: number
  p99Microseconds: number
  maxMicroseconds: number
  /** Cycles that the reads of this probe took: count times the cost of a pair. */
  overheadCycles: number
}

/** What watching has changed: this run against the same run watched for free. Only for profilers that cost. */
export interface Perturbation {
  /** Cycles charged to reads of the counter, and to the sampling interrupt's handler. */
  probeCycles: number
  samplerCycles: number
  /** Watched less unwatched. */
  elapsedCycles: number
  idleCycles: number
  idlePercentUnwatched: Percent
  words: string
}

/** What one run reports: the JSON of the command line (`worldswitch.run/1`) and of a session. It may grow, never change. */
export interface RunReport {
  schema: 'worldswitch.run/1'
  engineVersion: string
  scenario: Scenario
  /** Scenario's name as people say it: 'VM/PC-733 optimized'. */
  name: string
  throughputMbps: number
  simulatedSeconds: number
  /** Guest idle, of total time; null of what does not apply. */
  idlePercent: { direct: number | null; truth: number }
  counts: RunCounts
  vmnetTransmit: { meanMicroseconds: number; isolatedMeanCycles: number; nestedIrqsPerCall: number } | null
  samples: number
  /** Absent without a sampler. */
  sampling?: SamplingReport
  probes?: ProbeReport[]
  perturbation?: Perturbation
  /** Where sampling and direct measurement complete each other, step by step, beside the truth. */
  reconciliations?: {
    id: string
    names: { bucket: string; part: string; rest: string; scope: string }
    measuredPart: { percent: Percent; ci95: [Percent, Percent] }
    rest: { percent: Percent; ci95: [Percent, Percent] } | null
    truth: { measuredPart: Percent; rest: Percent }
    steps: string[]
  }[]
  table: TableRow[]
  books: { cycles: number; attributed: number }
}

/** What a run came to, without what its profilers saw. */
export type RunHead = Pick<
  RunReport, 'schema' | 'engineVersion' | 'scenario' | 'name' | 'throughputMbps' | 'simulatedSeconds' | 'idlePercent' | 'counts' | 'vmnetTransmit'
>
