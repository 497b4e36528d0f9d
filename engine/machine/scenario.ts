import * as z from 'zod'
import { PlainErrorException } from '../plain-error'
import { canonicalCustom, customSchema, machineOf } from './custom'
import { problemOf } from './feasible'

/** The three optimizations of section 3 of the paper, each a switch of its own. */
export const optimizationIds = ['io-in-vmm', 'send-combining', 'irq-notification'] as const
export type OptimizationId = (typeof optimizationIds)[number]

/** Section 4's further ideas, as what-if switches. */
export const whatIfIds = [
  'idle-keeps-page-table', 'pic-inlined', 'idealized-nic', 'no-skb-copy', 'vmm-drives-nic',
] as const
export type WhatIfId = (typeof whatIfIds)[number]

export const machineIds = ['pc-733', 'pc-350'] as const
export type MachineId = (typeof machineIds)[number]

export const limits = {
  /** 64 KB is the socket buffer of the guest (Linux 2.2, SK_WMEM_MAX 65535): Figure 6 ends there too. */
  sendSize: { min: 1, max: 65536 },
  bytes: { min: 1, max: 100e9 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  samplerHz: { min: 0, max: 100_000 },
} as const

const whole = (what: string, range: { min: number; max: number }) => z.number()
  .refine((n) => Number.isSafeInteger(n) && n >= range.min && n <= range.max, {
    error: (issue) => `${what} ${String(issue.input)} is out of range: a whole number from ${range.min} to ${range.max}`,
  })

/** How the sampling profiler works; left out of a scenario it is `defaultSampler`. */
export const samplerSchema = z.strictObject({
  /** Free-running: exact periods from a seeded phase; locked: on the host timer's grid; dithered: once a period, at a random place. */
  clock: z.enum(['dithered', 'free-running', 'locked']),
  /** A maskable interrupt is deferred out of code that runs with interrupts off; an NMI is not. */
  timer: z.enum(['nmi', 'maskable']),
  /** Whether a sample in the VMM's world sees what the guest was doing, or only that the VMM ran. */
  sees: z.enum(['guest', 'host']),
  /** Free: watching costs nothing; interrupt: each sample is a real interrupt that takes cycles and wakes a halted guest. */
  cost: z.enum(['free', 'interrupt']),
  /** A deferred sample belongs to what ran when it was due, or to what runs when it is taken (skid). */
  attribution: z.enum(['due', 'taken']),
})
export type SamplerOptions = z.infer<typeof samplerSchema>
export const defaultSampler: SamplerOptions =
  { clock: 'dithered', timer: 'nmi', sees: 'guest', cost: 'free', attribution: 'due' }

/**
 * What to run. `vm` 'native' is the guest's code on the bare machine; 'hosted' is a virtual machine of
 * version 2.0 with the optimizations listed. The presets '2.0' and 'optimized' are no and all optimizations.
 */
export const scenarioSchema = z.strictObject({
  machine: z.enum(machineIds),
  vm: z.enum(['native', 'hosted']),
  optimizations: z.array(z.enum(optimizationIds)),
  whatIfs: z.array(z.enum(whatIfIds)),
  direction: z.enum(['send', 'receive']),
  /** Bytes a send() or recv() call. */
  sendSize: whole('send size', limits.sendSize),
  /** Bytes the whole transfer. */
  bytes: whole('bytes', limits.bytes),
  seed: whole('seed', limits.seed),
  /** Sampling interrupts a simulated second; 0 switches the sampler off. */
  samplerHz: whole('sampler rate', limits.samplerHz),
  sampler: samplerSchema.optional(),
  /** Whether the direct measurements cost the cycles of their two TSC reads; left out: free. */
  probes: z.enum(['free', 'tsc']).optional(),
  /** What differs from `machine`: a machine of one's own (docs/machine-file.md). */
  custom: customSchema.optional(),
}).superRefine((scenario, context) => {
  const { bytes, samplerHz, sampler } = scenario
  const demand = { bytes, samplerHz, samplesInterrupt: sampler?.cost === 'interrupt' }
  const problem = problemOf(machineOf(scenario.machine, scenario.custom), demand)
  if (problem) context.addIssue({ code: 'custom', ...problem })
})
export type Scenario = z.infer<typeof scenarioSchema>

export type VmPreset = 'native' | '2.0' | 'optimized'

export const defaultScenario: Scenario = {
  machine: 'pc-733', vm: 'hosted', optimizations: [...optimizationIds], whatIfs: [], direction: 'send',
  sendSize: 4096, bytes: 100_000_000, seed: 1, samplerHz: 1000,
}

/** Ordered and without repeats, so that equal scenarios have equal bytes. */
export function canonicalScenario(scenario: Scenario): Scenario {
  const { sampler } = scenario
  const same = (a: SamplerOptions, b: SamplerOptions) => (Object.keys(b) as (keyof SamplerOptions)[]).every((key) => a[key] === b[key])
  const ordered = <Id extends string>(all: readonly Id[], some: readonly Id[]) => all.filter((id) => some.includes(id))
  return {
    machine: scenario.machine, vm: scenario.vm,
    optimizations: ordered(optimizationIds, scenario.optimizations),
    whatIfs: ordered(whatIfIds, scenario.whatIfs),
    direction: scenario.direction, sendSize: scenario.sendSize, bytes: scenario.bytes,
    seed: scenario.seed, samplerHz: scenario.samplerHz,
    ...(sampler && !same(sampler, defaultSampler) ? { sampler } : {}),
    ...(scenario.probes === 'tsc' ? { probes: scenario.probes } : {}),
    ...(scenario.custom ? { custom: canonicalCustom(scenario.custom) } : {}),
  }
}

/** What is out of range names its field itself; everything else is said of its path. */
function wordsOf({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length === 1 && message.includes(' is out of range') ? message : `${path.join('.') || 'scenario'}: ${message}`
}

/** Throws a PlainErrorException that names the field, the value and the range. */
export function parseScenario(input: unknown): Scenario {
  const parsed = scenarioSchema.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new PlainErrorException({
      what: `The scenario cannot be run: ${issue ? wordsOf(issue) : 'unreadable'}`,
    })
  }
  return canonicalScenario(parsed.data)
}

export function optimizationsOfPreset(preset: VmPreset): OptimizationId[] {
  return preset === 'optimized' ? [...optimizationIds] : []
}

/** 'native', '2.0', 'optimized', or '2.0 + io-in-vmm': how people name what is run. */
export function vmName(scenario: Pick<Scenario, 'vm' | 'optimizations' | 'whatIfs'>): string {
  if (scenario.vm === 'native') return 'native'
  const all = scenario.optimizations.length === optimizationIds.length
  const base = all ? 'optimized' : ['2.0', ...scenario.optimizations].join(' + ')
  return [base, ...scenario.whatIfs].join(' + ')
}

export function scenarioName(scenario: Scenario): string {
  const machine = scenario.custom?.name ?? scenario.machine.toUpperCase()
  const direction = scenario.direction === 'receive' ? ', receive' : ''
  return `${scenario.vm === 'native' ? machine : `VM/${machine}`} ${vmName(scenario)}${direction}`
}
