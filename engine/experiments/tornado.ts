import * as z from 'zod'
import type { ExperimentStep, ExperimentWork } from '../experiment-kinds'
import { type CostId, costSheet } from '../machine/costs/sheet'
import { costLimit, customLimits, machineOf } from '../machine/custom'
import { type Scenario, parseScenario } from '../machine/scenario'
import { PlainErrorException, plainErrorOf } from '../plain-error'
import { meanOfRuns } from '../statistics/mean'
import { type FigureId, type RunFigures, runFigures } from './run-figures'
import { simulateSliced } from './sliced'
import {
  type Effects, type KnobId, type Swing, type TornadoBar, type TornadoEnd, type TornadoRequest, isCost, knobIds,
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
export function* tornado(request: TornadoRequest): ExperimentWork<'tornado'> {
  const { scenario, knobs, swing, seeds } = request
  const progress = { done: 0, total: (2 * knobs.length + 1) * seeds.length }
  const base = yield* overSeeds(scenario, seeds, progress)
  const bars: TornadoBar[] = []
  for (const knob of knobs) {
    const value = knobValue(scenario, knob)
    const bar: TornadoBar = { knob, value, low: null, high: null }
    for (const [index, end] of endsOf(knob, value, swing).entries()) {
      const turned = withKnob(scenario, knob, end)
      const problem = problemOf(turned)
      if (problem === null) bar[index === 0 ? 'low' : 'high'] = yield* turnedTo(end, turned, base, seeds, progress)
      else {
        bar.problem = problem
        progress.done += seeds.length
      }
    }
    bars.push(bar)
    yield { ...progress, unit: 'runs', partial: bar }
  }
  return { request, base: effectsOf(base, null), bars }
}

type Progress = { done: number; total: number }
type Steps<T> = Generator<ExperimentStep<TornadoBar>, T, void>

function* turnedTo(value: number, scenario: Scenario, base: readonly RunFigures[], seeds: readonly number[], progress: Progress): Steps<TornadoEnd> {
  const turned = yield* overSeeds(scenario, seeds, progress)
  return { value, effects: effectsOf(turned, base) }
}

function* overSeeds(scenario: Scenario, seeds: readonly number[], progress: Progress): Steps<RunFigures[]> {
  const figures: RunFigures[] = []
  for (const seed of seeds) {
    const slices = simulateSliced({ ...scenario, seed })
    let slice = slices.next()
    for (; !slice.done; slice = slices.next()) yield { ...progress, unit: 'runs' }
    figures.push(runFigures(slice.value.report))
    progress.done++
  }
  return figures
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
