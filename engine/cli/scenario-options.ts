import { basename } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { type MachineFile, largestMachineFile, parseMachineFile } from '../machine/machine-file'
import {
  defaultScenario, machineIds, optimizationIds, optimizationsOfPreset, parseScenario, whatIfIds,
} from '../machine/scenario'
import type { SamplerOptions, Scenario, VmPreset } from '../machine/scenario'
import { PlainErrorException } from '../plain-error'
import { samplerOf, samplerWords } from './sampler-options'
import { nameOf, readInput } from './streams'

/** Options as commander hands them over. */
export interface ScenarioOptions {
  machine: string
  machineFile?: string
  vm: VmPreset
  with?: string[]
  whatIf?: string[]
  sendSize: number
  bytes: number
  seed: number
  samplerHz: number
  sampler?: SamplerOptions
  probes?: 'free' | 'tsc'
  direction: string
}

export function addScenarioOptions(command: Command): Command {
  return command
    .addOption(new Option('--machine <name>', 'the computer').choices(machineIds).default(defaultScenario.machine))
    .addOption(new Option('--machine-file <file>', 'a machine of your own (docs/machine-file.md); - for standard input').conflicts('machine'))
    .addOption(new Option('--vm <version>', 'native, or the version of the virtual machine')
      .choices(['native', '2.0', 'optimized']).default('optimized'))
    .option('--with <optimizations>', `added to 2.0, with commas: ${optimizationIds.join(', ')}`, listOf(optimizationIds, 'optimization'))
    .option('--what-if <ideas>', `of section 4 of the paper, with commas: ${whatIfIds.join(', ')}`, listOf(whatIfIds, 'what-if'))
    .option('--send-size <bytes>', 'bytes a send() or recv() call', wholeNumber, defaultScenario.sendSize)
    .option('--bytes <size>', 'to transfer: 100MB, 64KB (decimal units) or plain bytes', size, defaultScenario.bytes)
    .option('--seed <number>', 'of the dither: equal seeds give equal results', wholeNumber, defaultScenario.seed)
    .option('--sampler-hz <rate>', 'samples a simulated second; 0: none', wholeNumber, defaultScenario.samplerHz)
    .option('--sampler <words>', `how it samples, with commas: ${samplerWords.join(', ')}`, samplerOf)
    .addOption(new Option('--probes <cost>', 'direct measurement: free, or at the cost of two TSC reads').choices(['free', 'tsc']))
    .addOption(new Option('--direction <which>', 'what the guest does').choices(['send', 'receive']).default('send'))
}

/** Reads the machine file, when one is named, and puts the scenario together. Throws a PlainErrorException. */
export async function readScenario(options: ScenarioOptions): Promise<Scenario> {
  const { machineFile } = options
  if (machineFile === undefined) return scenarioOf(options)
  return scenarioOf(options, await readMachineFile(machineFile))
}

export async function readMachineFile(path: string): Promise<MachineFile> {
  return parseMachineFile(basename(nameOf(path)), await readInput(path, largestMachineFile))
}

/** The scenario of options without a machine file, or of options and what was in theirs. */
export function scenarioOf(options: ScenarioOptions, file?: MachineFile): Scenario {
  const { machine, vm, sendSize, bytes, seed, samplerHz, direction } = options
  if (options.with && vm !== '2.0') {
    throw new PlainErrorException({ what: `--with adds optimizations to --vm 2.0; it cannot be used with --vm ${vm}.` })
  }
  if (options.whatIf && vm === 'native') {
    throw new PlainErrorException({ what: '--what-if changes the virtual machine; it cannot be used with --vm native.' })
  }
  return parseScenario({
    machine, ...file, vm: vm === 'native' ? 'native' : 'hosted', optimizations: options.with ?? optimizationsOfPreset(vm),
    whatIfs: options.whatIf ?? [], direction, sendSize, bytes, seed, samplerHz,
    ...(options.sampler ? { sampler: options.sampler } : {}), ...(options.probes ? { probes: options.probes } : {}),
  })
}

export function listOf<Id extends string>(all: readonly Id[], what: string): (text: string) => Id[] {
  return (text) => {
    const ids = text.split(',').map((id) => id.trim())
    const unknown = ids.find((id) => !(all as readonly string[]).includes(id))
    if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is no ${what}; there are ${all.join(', ')}.`)
    return ids as Id[]
  }
}

export function wholeNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

/** A number of runs: none is none of a result. */
export function oneOrMore(text: string): number {
  const number = wholeNumber(text)
  if (number < 1) throw new InvalidArgumentError('1 or more are needed.')
  return number
}

const units: Record<string, number> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9 }

/** Decimal units, as the paper and network people use them: 100 MB are 100,000,000 bytes. */
export function size(text: string): number {
  const found = /^([+-]?\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(text)
  const unit = units[found?.[2]?.toLowerCase() ?? '-']
  if (!found || unit === undefined) {
    throw new InvalidArgumentError('A size is needed, like 100MB, 64KB or 1000000.')
  }
  const bytes = Number(found[1]) * unit
  // 1.1MB is a whole number of bytes but for the last bit of the product; 1.5 bytes are not
  if (bytes < 2 ** 53 && Math.abs(bytes - Math.round(bytes)) > 1e-3) {
    throw new InvalidArgumentError('A whole number of bytes is needed.')
  }
  return Math.round(bytes)
}
