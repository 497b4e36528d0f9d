import type { CustomMachine } from '../machine/custom'
import { type MachineId, type Scenario, optimizationIds } from '../machine/scenario'
import type { MeanOfRuns } from '../statistics/mean-of-runs'

/** What a sweep tells apart: the bare machine, version 2.0, each optimization by itself, and all of them. */
export const configurationIds = ['native', '2.0', ...optimizationIds, 'optimized'] as const
export type ConfigurationId = (typeof configurationIds)[number]

/** Send sizes of the paper's Figure 6. */
export const figure6SendSizes = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536] as const

/** The two sweeps that a session keeps: Figure 6, and the guest's idle time at one send size. */
export const sweepKinds = ['throughput', 'idle'] as const
export type SweepKind = (typeof sweepKinds)[number]

/** What each of them asks for when nothing else is wished. */
export const sweepPresets: Record<SweepKind, { configurations: readonly ConfigurationId[]; sizes: readonly number[] }> = {
  throughput: { configurations: ['native', '2.0', 'optimized'], sizes: figure6SendSizes },
  idle: { configurations: configurationIds, sizes: [4096] },
}

/** Every configuration at every send size with every seed is one run. */
export interface SweepRequest {
  machine: MachineId
  custom?: CustomMachine
  configurations: ConfigurationId[]
  /** Bytes a send() call. */
  sizes: number[]
  seeds: number[]
  /** Bytes of each transfer. */
  bytes: number
}

/** One configuration at one send size, over all seeds. */
export interface SweepCell {
  configuration: ConfigurationId
  sendSize: number
  /** 10^6 bits a second of the guest program's data. */
  throughputMbps: MeanOfRuns
  /** Guest idle, directly measured, percent of total time. */
  idlePercent: MeanOfRuns
}

export interface Sweep {
  request: SweepRequest
  /** In the order in which they were run; fewer than asked for when it was cancelled. */
  cells: SweepCell[]
}

/** What may be asked for: as many runs as end within minutes. */
export const sweepLimits = { seeds: { min: 1, max: 30 }, sizes: { min: 1, max: 64 }, runs: 5000 } as const
/** Modest: a sweep of Figure 6 with three configurations takes seconds. */
export const sweepDefaults = { bytes: 10_000_000, seeds: 5 } as const
/** The scenario of one run of a sweep, as `run` takes it; watched by no sampler unless `samplerHz` says so. */
export function sweepScenario(
  { machine, custom, bytes }: Pick<SweepRequest, 'machine' | 'custom' | 'bytes'>, configuration: ConfigurationId,
  sendSize: number, seed: number, samplerHz = 0,
): Scenario {
  const optimizations = configuration === 'optimized' ? [...optimizationIds]
    : optimizationIds.filter((id) => id === configuration)
  return {
    machine, vm: configuration === 'native' ? 'native' : 'hosted', optimizations, whatIfs: [], direction: 'send',
    sendSize, bytes, seed, samplerHz, ...(custom ? { custom } : {}),
  }
}
