import {
  defaultSampler, limits, optimizationIds, parseScenario, scenarioSchema, type OptimizationId, type SamplerOptions,
  type Scenario, type VmPreset,
} from '../../engine/machine/scenario'
import { type CustomDraft, customDraftOf, customInput } from './custom-draft'

/** The scenario editor's fields as typed: text stays text until it is run, so that half-typed numbers survive. */
export interface ScenarioDraft {
  machine: Scenario['machine']
  vm: Scenario['vm']
  optimizations: OptimizationId[]
  whatIfs: Scenario['whatIfs']
  direction: Scenario['direction']
  sendSize: string
  bytes: string
  seed: string
  samplerHz: string
  sampler: SamplerOptions
  probes: 'free' | 'tsc'
  custom: CustomDraft | null
}

export type TextField = 'sendSize' | 'bytes' | 'seed' | 'samplerHz'

export function draftOf(scenario: Scenario): ScenarioDraft {
  return {
    machine: scenario.machine, vm: scenario.vm, optimizations: [...scenario.optimizations],
    whatIfs: [...scenario.whatIfs], direction: scenario.direction, sendSize: String(scenario.sendSize),
    bytes: sizeText(scenario.bytes), seed: String(scenario.seed), samplerHz: String(scenario.samplerHz),
    sampler: scenario.sampler ?? { ...defaultSampler }, probes: scenario.probes ?? 'free',
    custom: customDraftOf(scenario.custom),
  }
}

/** Which of the three presets the draft is, or null for a mixture of optimizations. */
export function presetOf(draft: Pick<ScenarioDraft, 'vm' | 'optimizations'>): VmPreset | null {
  if (draft.vm === 'native') return 'native'
  if (draft.optimizations.length === 0) return '2.0'
  return draft.optimizations.length === optimizationIds.length ? 'optimized' : null
}

const units: Record<string, number> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9 }

/** '100 MB', '4096', '1.5e6': decimal units, as network rates use them. NaN for anything else. */
export function sizeOf(text: string): number {
  const match = /^\s*([0-9][0-9_ ]*(?:\.[0-9]+)?(?:e[0-9]+)?)\s*([kmg]?b?)\s*$/i.exec(text)
  const unit = match && units[match[2]!.toLowerCase()]
  return unit ? Number(match[1]!.replace(/[_ ]/g, '')) * unit : Number.NaN
}

export function sizeText(bytes: number): string {
  for (const [name, unit] of [['GB', 1e9], ['MB', 1e6], ['KB', 1e3]] as const) {
    if (bytes >= unit && bytes % unit === 0) return `${bytes / unit} ${name}`
  }
  return String(bytes)
}

function inputOf(draft: ScenarioDraft): Record<string, unknown> {
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))
  return {
    machine: draft.machine, vm: draft.vm, optimizations: draft.vm === 'native' ? [] : draft.optimizations,
    whatIfs: draft.vm === 'native' ? [] : draft.whatIfs, direction: draft.direction, sendSize: number(draft.sendSize), bytes: sizeOf(draft.bytes),
    seed: number(draft.seed), samplerHz: number(draft.samplerHz), sampler: draft.sampler, probes: draft.probes,
    ...(draft.custom ? { custom: customInput(draft.custom) } : {}),
  }
}

/** A field of the editor, or one of its custom machine: 'custom.mhz'. */
export type ProblemField = keyof ScenarioDraft | `custom.${string}`

/** What is wrong with each field, in words; an empty object when the draft can be run. */
export function problemsOf(draft: ScenarioDraft): Partial<Record<ProblemField, string>> {
  const parsed = scenarioSchema.safeParse(inputOf(draft))
  const problems: Partial<Record<ProblemField, string>> = {}
  if (parsed.success) return problems
  for (const issue of parsed.error.issues) {
    const field = issue.path.slice(0, issue.path[0] === 'custom' ? 2 : 1).join('.') as ProblemField
    if (!problems[field]) problems[field] = isText(field) ? messageOf(draft, field, issue.message) : issue.message
  }
  return problems
}

function isText(field: ProblemField): field is TextField {
  return field in limits
}

/** What was typed says more than the NaN it became. */
function messageOf(draft: ScenarioDraft, field: TextField, message: string): string {
  if (!Number.isNaN(inputOf(draft)[field])) return message
  const typed = draft[field].trim() === '' ? 'nothing' : `'${draft[field]}'`
  return `a whole number from ${limits[field].min} to ${limits[field].max} is needed, not ${typed}`
}

/** Throws a PlainErrorException. */
export function scenarioOf(draft: ScenarioDraft): Scenario {
  return parseScenario(inputOf(draft))
}
