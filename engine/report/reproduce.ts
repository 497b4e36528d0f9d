import { machineFileVersion, machineFormat } from '../machine/machine-file'
import {
  defaultSampler, optimizationIds, type SamplerOptions, type Scenario,
} from '../machine/scenario'

/**
 * The command line that runs a scenario again, to the same digest; everything that matters is said, also where it is
 * the default, which a later version might change. Of a machine of one's own the file has to be given: `fileName`.
 */
export function commandOf(scenario: Scenario, fileName = 'machine.json'): string {
  const { machine, custom, direction, sendSize, bytes, seed, samplerHz, sampler, probes, whatIfs } = scenario
  return [
    'npm run cli -- run', custom ? `--machine-file ${fileName}` : `--machine ${machine}`, ...versionOf(scenario),
    ...(whatIfs.length > 0 ? [`--what-if ${whatIfs.join(',')}`] : []),
    `--direction ${direction}`, `--send-size ${sendSize}`, `--bytes ${bytes}`, `--seed ${seed}`, `--sampler-hz ${samplerHz}`,
    ...samplerOf(sampler), ...(probes === undefined ? [] : [`--probes ${probes}`]),
  ].join(' ')
}

function versionOf({ vm, optimizations }: Scenario): string[] {
  if (vm === 'native') return ['--vm native']
  if (optimizations.length === optimizationIds.length) return ['--vm optimized']
  return optimizations.length === 0 ? ['--vm 2.0'] : ['--vm 2.0', `--with ${optimizations.join(',')}`]
}

function samplerOf(sampler: SamplerOptions | undefined): string[] {
  if (!sampler) return []
  const fields = Object.keys(defaultSampler) as (keyof SamplerOptions)[]
  const words = fields.filter((field) => sampler[field] !== defaultSampler[field]).map((field) => sampler[field])
  return words.length > 0 ? [`--sampler ${words.join(',')}`] : []
}

/** Which machine, in words. */
export function computerWords({ machine, custom }: Pick<Scenario, 'machine' | 'custom'>): string {
  return custom ? `${custom.name}, a machine of one's own based on ${machine.toUpperCase()}` : machine.toUpperCase()
}

/** What a scenario transfers, in words. */
export function scenarioWords({ direction, bytes, sendSize, seed, samplerHz, machine, custom }: Scenario): string {
  const verb = direction === 'send' ? 'sends' : 'receives'
  const sampler = samplerHz > 0 ? `sampled ${samplerHz} times a simulated second` : 'not sampled'
  return `${computerWords({ machine, custom })}: the guest ${verb} ${bytes.toLocaleString('en-US')} bytes, ${sendSize.toLocaleString('en-US')} a call; seed ${seed}; ${sampler}`
}

/** The machine file (docs/machine-file.md) of a machine of one's own; null of the paper's machines. */
export function machineFileOf({ machine, custom }: Scenario): string | null {
  return custom ? JSON.stringify({ format: machineFormat, version: machineFileVersion, base: machine, ...custom }, null, 2) : null
}
