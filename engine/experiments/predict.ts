import { machineConfig } from '../machine/config'
import { type MachineId, type OptimizationId, type Scenario, defaultScenario, optimizationIds, vmName, whatIfIds } from '../machine/scenario'
import { measure } from './figures'

/** Figures of one configuration over several seeds: mean and standard deviation, by figure id (see `measure`). */
export interface Prediction {
  scenario: Omit<Scenario, 'seed'>
  name: string
  /** Ids of all figures that there are. */
  figures: string[]
  mean: (figure: string) => number
  deviation: (figure: string) => number
}

export interface PredictionOptions {
  bytes: number
  seeds: readonly number[]
  onProgress?: (text: string) => void
}

export const standardPrediction: PredictionOptions = { bytes: 30_000_000, seeds: [1, 2, 3, 4, 5] }

/** Send sizes of the paper's Figure 6. */
export const figure6Sizes = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536] as const

/** Version 2.0 with every combination of the optimizations, from none to all. */
export function allCombinations(): OptimizationId[][] {
  return Array.from({ length: 8 }, (_, bits) => optimizationIds.filter((__, i) => bits & (1 << i)))
    .sort((a, b) => a.length - b.length)
}

export function predict(change: Partial<Scenario>, options: PredictionOptions): Prediction {
  const scenario: Scenario = { ...defaultScenario, bytes: options.bytes, samplerHz: 0, ...change }
  const runs = options.seeds.map((seed) => measure({ ...scenario, seed }, machineConfig(scenario.machine)))
  const name = `${scenario.machine} ${vmName(scenario)}${scenario.direction === 'receive' ? ' receive' : ''} ${scenario.sendSize}`
  options.onProgress?.(name)
  const mean = (figure: string) => runs.reduce((sum, run) => sum + (run.get(figure) ?? 0), 0) / runs.length
  return {
    scenario, name, figures: [...(runs[0]?.keys() ?? [])], mean,
    deviation: (figure) => Math.sqrt(
      runs.reduce((sum, run) => sum + ((run.get(figure) ?? 0) - mean(figure)) ** 2, 0) / Math.max(1, runs.length - 1)),
  }
}

/** Native, and version 2.0 with each combination of the optimizations, on one machine. */
export function configurations(machine: MachineId): Partial<Scenario>[] {
  return [
    { machine, vm: 'native', optimizations: [] },
    ...allCombinations().map((optimizations): Partial<Scenario> => ({ machine, vm: 'hosted', optimizations })),
  ]
}

export function whatIfConfigurations(machine: MachineId): Partial<Scenario>[] {
  return whatIfIds.map((id): Partial<Scenario> => ({ machine, whatIfs: [id] }))
}
