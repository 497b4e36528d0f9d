import type { FigureId } from '../../engine/experiments/run-figures'
import type { KnobId, Swing, TornadoBar, TornadoRequest, TornadoResult } from '../../engine/experiments/tornado-types'
import { whatIfBytes } from '../../engine/experiments/what-if-types'
import { baseHost, baseMachines } from '../../engine/machine/base-machines'
import { costGroups, costLabel } from '../../engine/machine/costs/groups'
import { costIds, costSheet, type CostId } from '../../engine/machine/costs/sheet'
import { costLimit, customLimits, type CustomMachine, type Limit } from '../../engine/machine/custom'
import { defaultScenario, limits, scenarioSchema, vmName, type Scenario } from '../../engine/machine/scenario'
import type { SimulatedRun } from '../../engine/session/document'

/** Where the sliders and switches stand; what is left out of `mhz`, `linkMbps` and `costs` stands at its default. */
export interface WhatIfDraft {
  machine: Scenario['machine']
  vm: Scenario['vm']
  optimizations: Scenario['optimizations']
  whatIfs: Scenario['whatIfs']
  direction: Scenario['direction']
  sendSize: number
  seed: number
  mhz?: number
  linkMbps?: number
  costs: Partial<Record<CostId, number>>
  /** What else the machine of the run that was taken over has of its own. */
  rest: Pick<CustomMachine, 'duplex' | 'nic' | 'windowSegments' | 'timerHz'>
}

/** What every slider of the panel is about. */
export type SliderId = KnobId | 'sendSize'

/** All sliders, by the part of the machine that they belong to. */
export const sliderGroups: readonly { id: string; label: string; sliders: readonly SliderId[] }[] = [
  { id: 'transfer', label: 'PC, link and transfer', sliders: ['mhz', 'linkMbps', 'sendSize'] },
  ...costGroups.map(({ id, label, costs }) => ({ id, label, sliders: costs })),
]

export interface WhatIfState {
  draft: WhatIfDraft
  /** The last result, and the draft that it belongs to. */
  shown: { run: SimulatedRun; draft: WhatIfDraft } | null
  /** Counts results: how often the picture has followed the hand. */
  updates: number
  /** A run that could not be made; the draft has to change, or somebody to try again. */
  failed: boolean
  baseline: { name: string; run: SimulatedRun } | null
  /** Groups of sliders that are open. */
  opened: string[]
  /** The slider that a click elsewhere asked for, until it has the focus. */
  pointed: SliderId | null
  mode: 'share' | 'packet'
  weight: 'true' | 'sampled'
  below: 'table' | 'functions' | 'tornado'
  tornado: {
    figure: FigureId
    swing: Swing
    running: { request: TornadoRequest; bars: TornadoBar[] } | null
    result: TornadoResult | null
  }
}

export function draftOfScenario({ machine, vm, optimizations, whatIfs, direction, sendSize, seed, custom }: Scenario): WhatIfDraft {
  const { name: _name, mhz, linkMbps, costs, ...rest } = custom ?? { name: '' }
  const given = <T>(key: string, value: T | undefined) => (value === undefined ? {} : { [key]: value })
  return {
    machine, vm, optimizations: [...optimizations], whatIfs: [...whatIfs], direction, sendSize, seed,
    ...given('mhz', mhz), ...given('linkMbps', linkMbps),
    costs: Object.fromEntries(Object.entries(costs ?? {}).filter(([, value]) => value !== undefined)), rest,
  }
}

export function initialWhatIf(): WhatIfState {
  return {
    draft: draftOfScenario(defaultScenario), shown: null, updates: 0, failed: false, baseline: null, opened: ['transfer', 'vmm'], pointed: null,
    mode: 'share', weight: 'true', below: 'table', tornado: { figure: 'throughputMbps', swing: 'range', running: null, result: null },
  }
}

/** What a slider stands at when nobody has moved it. */
export function defaultOf(draft: Pick<WhatIfDraft, 'machine'>, id: SliderId): number {
  if (id === 'mhz') return baseMachines[draft.machine].mhz
  if (id === 'linkMbps') return baseHost.linkMbps
  return id === 'sendSize' ? defaultScenario.sendSize : costSheet[id].value
}

export function valueOf(draft: WhatIfDraft, id: SliderId): number {
  if (id === 'sendSize') return draft.sendSize
  return (id === 'mhz' || id === 'linkMbps' ? draft[id] : draft.costs[id]) ?? defaultOf(draft, id)
}

/** Puts a slider somewhere; at its default it is as if it had never been moved, so that equal machines stay equal. */
export function setValue(draft: WhatIfDraft, id: SliderId, value: number): void {
  const isDefault = value === defaultOf(draft, id)
  if (id === 'sendSize') draft.sendSize = value
  else if (id === 'mhz' || id === 'linkMbps') {
    if (isDefault) delete draft[id]
    else draft[id] = value
  } else if (isDefault) delete draft.costs[id]
  else draft.costs[id] = value
}

/** What may be typed. */
export function limitOf(id: SliderId): Limit {
  if (id === 'sendSize') return { ...limits.sendSize, whole: true, unit: 'bytes', why: '' }
  return id === 'mhz' || id === 'linkMbps' ? customLimits[id] : costLimit(id)
}

/** Ends of a slider: the sheet's plausible range; of the rest, what PCs of the time and some ten years later had. */
export function rangeOf(id: SliderId): { low: number; high: number; log: boolean } {
  if (id === 'mhz') return { low: 100, high: 4000, log: true }
  if (id === 'linkMbps') return { low: 10, high: 10_000, log: true }
  if (id === 'sendSize') return { low: 512, high: 65_536, log: true }
  const { low, high } = costSheet[id]
  return { low: Math.max(low, costLimit(id).min), high, log: false }
}

export function sliderLabel(id: SliderId): string {
  if (id === 'mhz') return 'CPU clock'
  if (id === 'linkMbps') return 'Link speed'
  return id === 'sendSize' ? 'Send size' : costLabel(id)
}

/** The scenario behind the sliders: a 10 MB run; without a custom machine where nothing is changed. */
export function whatIfScenario(draft: WhatIfDraft): Scenario {
  const { machine, vm, direction, sendSize, seed, mhz, linkMbps, costs, rest } = draft
  const own: Omit<CustomMachine, 'name'> = {
    ...rest, ...(mhz === undefined ? {} : { mhz }), ...(linkMbps === undefined ? {} : { linkMbps }),
    ...(Object.keys(costs).length > 0 ? { costs: { ...costs } } : {}),
  }
  const native = vm === 'native'
  return {
    machine, vm, optimizations: native ? [] : [...draft.optimizations], whatIfs: native ? [] : [...draft.whatIfs], direction, sendSize,
    bytes: whatIfBytes, seed, samplerHz: defaultScenario.samplerHz, ...(Object.keys(own).length > 0 ? { custom: { name: 'what-if', ...own } } : {}),
  }
}

/** What stands in the way of a run, in words; null when nothing does. */
export function whatIfProblem(draft: WhatIfDraft): string | null {
  const parsed = scenarioSchema.safeParse(whatIfScenario(draft))
  return parsed.success ? null : parsed.error.issues[0]?.message ?? 'it cannot be run'
}

/** 'optimized, send, CPU clock 500 MHz, world switch 3000 cycles': what a result belongs to. */
export function whatIfWords(draft: WhatIfDraft): string {
  const moved = (['sendSize', 'mhz', 'linkMbps', ...costIds] as const)
    .filter((id) => valueOf(draft, id) !== defaultOf(draft, id))
    .map((id) => `${sliderLabel(id)} ${valueOf(draft, id)} ${limitOf(id).unit}`)
  const rest = Object.keys(draft.rest).length > 0 ? ['a machine of its own'] : []
  return [`${draft.machine.toUpperCase()} ${vmName(whatIfScenario(draft))}`, draft.direction, ...rest, ...moved].join(', ')
}

export function sameDraft(a: WhatIfDraft, b: WhatIfDraft): boolean {
  return JSON.stringify(whatIfScenario(a)) === JSON.stringify(whatIfScenario(b))
}
