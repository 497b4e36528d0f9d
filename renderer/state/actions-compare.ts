import { type OptimizationId, type Scenario } from '../../engine/machine/scenario'
import { runScenario } from './actions-runs'
import type { ComparePart, CompareState, FunctionColumn, LadderMeasure } from './compare-state'
import { firstSeed, ladderKey } from './compare-ladder'
import { startExperiment, type StartedExperiment } from './experiments'
import { change, now } from './store'

export function setComparePart(part: ComparePart): void {
  change((state) => { state.compare.part = part })
}

export function setComparePaper(paper: boolean): void {
  change((state) => { state.compare.paper = paper })
}

export function setFunctions(some: Partial<CompareState['functions']>): void {
  change((state) => { Object.assign(state.compare.functions, some) })
}

/** The same column again turns the order round; names begin at A, figures at the largest. */
export function sortFunctions(column: FunctionColumn): void {
  change(({ compare: { functions } }) => {
    functions.down = functions.sort === column ? !functions.down : true
    functions.sort = column
  })
}

export function setLadderOrder(order: readonly OptimizationId[]): void {
  change((state) => { state.compare.ladder.order = [...order] })
}

export function setLadderMeasure(measure: LadderMeasure): void {
  change((state) => { state.compare.ladder.measure = measure })
}

export function setLadderSize(size: { seeds?: number; bytes?: number }): void {
  change((state) => { Object.assign(state.compare.ladder, size) })
}

let running: StartedExperiment<'ladder'> | null = null

/** Works the ladder of this scenario out, in place of one that is still under way. */
export async function startLadder(scenario: Scenario): Promise<void> {
  running?.cancel()
  const { seeds, bytes } = now().compare.ladder
  const key = ladderKey(scenario, { seeds, bytes })
  const { sampler: _sampler, probes: _probes, ...rest } = scenario
  change(({ compare: { ladder } }) => {
    Object.assign(ladder, { key, state: 'running', runs: [], halfWidthFactor: null })
  })
  const mine = startExperiment('ladder', { scenario: { ...rest, bytes, seed: firstSeed, samplerHz: 0 }, seeds }, {
    title: 'Ladder from 2.0 to optimized', shown: true,
    onPartial: (run) => change(({ compare: { ladder } }) => { if (running === mine) ladder.runs.push(run) }),
  })
  running = mine
  const result = await mine.result
  if (running !== mine) return
  running = null
  change(({ compare: { ladder } }) => {
    ladder.state = result ? 'done' : 'cancelled'
    if (result) Object.assign(ladder, { runs: result.runs, halfWidthFactor: result.halfWidthFactor })
  })
}

export function cancelLadder(): void {
  running?.cancel()
}

/** One combination of the ladder as a run of the session, with the sampler on; answers its id. */
export function openCombination(scenario: Scenario, optimizations: OptimizationId[]): Promise<string | null> {
  const { sampler: _sampler, probes: _probes, ...rest } = scenario
  const { bytes } = now().compare.ladder
  return runScenario({ ...rest, optimizations, bytes, seed: firstSeed, samplerHz: scenario.samplerHz || 1000 })
}
