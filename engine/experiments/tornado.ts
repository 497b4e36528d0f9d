import * as z from 'zod'
import type { ExperimentStep, ExperimentWork } from '../experiment-kinds'
import { type CostId, costSheet } from '../machine/costs/sheet'
import { costLimit, customLimits, machineOf } from '../machine/custom'
import { type Scenario, parseScenario } from '../machine/scenario'
import { PlainErrorException, plainErrorOf } from '../plain-error'
import { meanOfRuns } from '../statistics/mean'
import { type Crew, ManyRuns, nobodyElse } from './many-runs'
import type { FigureId, RunFigures } from './run-figures'
import {
  type Effects, type KnobId, type Swing, type TornadoBar, type TornadoRequest, isCost, knobIds,
  swingPercent, tornadoLimits,
} from './tornado-types'

const distinct = (list: readonly unknown[]) => new Set(list).size === list.length
const requestSchema = z.strictObject({
  scenario: z.unknown(),
  swing: z.enum(['range', 'percent']),
  knobs: z.array(z.enum(knobIds as readonly [KnobId, ...KnobId[]])).min(1).refine(distinct, 'one is there twice'),
  // the same seed twice is the same run twice: an interval over both would be too narrow
  seeds: z.array(z.number()).min(tornadoLimits.seeds.min).max(tornadoLimits.seeds.max).refine(distinct, 'one is there twice'),
})

/** Throws a PlainErrorException that names the field. */
export function parseTornado(input: unknown): TornadoRequest {
  const parsed = requestSchema.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new PlainErrorException({
      what: `The entries cannot be compared: ${issue ? `${issue.path.join('.') || 'request'}: ${issue.message}` : 'unreadable'}`,
    })
  }
  const { scenario, ...rest } = parsed.data
  const checked = unwatched(parseScenario(scenario))
  for (const seed of rest.seeds) parseScenario({ ...checked, seed })
  return { scenario: checked, ...rest }
}

function unwatched({ sampler: _sampler, ...scenario }: Scenario): Scenario {
  return { ...scenario, samplerHz: 0 }
}

/** The value of a knob in a scenario. */
export function knobValue(scenario: Scenario, knob: KnobId): number {
  const config = machineOf(scenario.machine, scenario.custom)
  return isCost(knob) ? config.costs[knob] : config[knob]
}

/** The scenario with one knob at another value. */
export function withKnob(scenario: Scenario, knob: KnobId, value: number): Scenario {
  const custom = { name: 'what-if', ...scenario.custom }
  return {
    ...scenario, custom: isCost(knob) ? { ...custom, costs: { ...custom.costs, [knob]: value } } : { ...custom, [knob]: value },
  }
}

/** Low and high end of a swing, within what can be simulated; whole where the unit is. The sheet has no range for clock and link. */
export function endsOf(knob: KnobId, value: number, swing: Swing): [low: number, high: number] {
  const limit = isCost(knob) ? costLimit(knob) : customLimits[knob]
  const ends: [number, number] = swing === 'range' && isCost(knob) ? sheetRange(knob)
    : [value * (1 - swingPercent / 100), value * (1 + swingPercent / 100)]
  return ends.map((end) => {
    const rounded = limit.whole ? Math.round(end) : Number(end.toPrecision(6))
    return Math.min(limit.max, Math.max(limit.min, rounded))
  }) as [number, number]
}

function sheetRange(knob: CostId): [number, number] {
  return [costSheet[knob].low, costSheet[knob].high]
}

/**
 * Which entries matter most: every one turned to both ends of its swing, the rest left alone, each end over all seeds.
 * The effect is the mean of the differences seed by seed, so that what a seed changes alone cancels out.
 * Source of the picture: T. G. Eschenbach, "Spiderplots versus tornado diagrams", Interfaces 22 (1992) 40-46.
 */
export function* tornado(request: TornadoRequest, crew: Crew = nobodyElse): ExperimentWork<'tornado'> {
  const { scenario, knobs, swing, seeds } = request
  const ends = knobs.flatMap((knob) => {
    const value = knobValue(scenario, knob)
    return endsOf(knob, value, swing).map((end, i) => turnedTo(scenario, knob, value, end, i === 0 ? 'low' : 'high'))
  })
  const turned = ends.filter(({ problem }) => problem === null)
  const runs = new ManyRuns([scenario, ...turned.map((end) => end.scenario)].flatMap((one) => seeds.map((seed) => ({ ...one, seed }))), crew)
  const total = runs.count
  /** Figures of the n-th scenario, over the seeds. */
  function* figuresOf(n: number): Steps<RunFigures[]> {
    for (const done of runs.upTo((n + 1) * seeds.length)) yield { done, total, unit: 'runs' }
    return seeds.map((_, i) => runs.figuresOf(n * seeds.length + i))
  }
  const bars: TornadoBar[] = []
  try {
    const base = yield* figuresOf(0)
    for (const end of ends) {
      const bar = end.side === 'low' ? { knob: end.knob, value: end.value, low: null, high: null } as TornadoBar : bars.pop()!
      bars.push(bar)
      if (end.problem !== null) bar.problem = end.problem
      else bar[end.side] = { value: end.end, effects: effectsOf(yield* figuresOf(1 + turned.indexOf(end)), base) }
      if (end.side === 'high') yield { done: runs.done, total, unit: 'runs', partial: bar }
    }
    return { request, base: effectsOf(base, null), bars }
  } finally {
    runs.end()
  }
}

type Steps<T> = Generator<ExperimentStep<TornadoBar>, T, void>

/** One knob at one end of its swing; `problem` says why that cannot be simulated. */
function turnedTo(base: Scenario, knob: KnobId, value: number, end: number, side: 'low' | 'high') {
  const scenario = withKnob(base, knob, end)
  return { knob, value, end, side, scenario, problem: problemOf(scenario) }
}

/** Each figure's mean over the seeds, less the base's of the same seed when there is one. */
function effectsOf(runs: readonly RunFigures[], base: readonly RunFigures[] | null): Effects {
  const of = (id: FigureId) => {
    const values = runs.map((run, i) => (run[id] === null || base?.[i]?.[id] === null ? null : run[id] - (base?.[i]?.[id] ?? 0)))
    return values.every((value) => value !== null) ? meanOfRuns(values) : null
  }
  return { throughputMbps: of('throughputMbps'), microsecondsAPacket: of('microsecondsAPacket'), idlePercent: of('idlePercent') }
}

function problemOf(scenario: Scenario): string | null {
  try {
    parseScenario(scenario)
    return null
  } catch (thrown) {
    return plainErrorOf(thrown).what
  }
}
