import type { CallsResult } from '../../engine/experiments/method/types'
import { guestEntries, machineConfig } from '../../engine/machine/config'
import { costsOf, functionNamed } from '../../engine/machine/cost-use'
import { costSheet, type CostEntry, type CostId } from '../../engine/machine/costs/sheet'
import { Fn } from '../../engine/machine/functions'
import type { SimulatedRun } from '../../engine/session/document'
import { microsecondsOfCycles } from '../../engine/units'
import { moduleOfStep, nameOfStep, stepOf, type FramePath } from './frame-path'
import { stackOfPath } from './flame-rows'
import { isAtPath } from './row-stacks'

/** One entry of the cost sheet, as a function of a run spends it. */
export interface SpentCost {
  id: CostId
  entry: CostEntry
  /** In the sheet's unit: the run's own value, where its custom machine has another than the sheet. */
  value: number
  custom: boolean
  /** Cycles as spent: of guest code in a virtual machine, times the locality factor. */
  spent: number
  /** Microseconds of `spent` on the run's CPU (a byte, for costs a byte). */
  microseconds: number
  /** The locality factor where it applies, else 1. */
  factor: number
}

/** The simulated function of a frame's step; -1 for one of a recorded profile. */
export function functionOfStep(step: string): number {
  return functionNamed(nameOfStep(step), moduleOfStep(step))
}

/** Which entries function `fn` spends in this run, and how much each is there. */
export function spentCosts(fn: number, { report: { scenario } }: SimulatedRun): SpentCost[] {
  const { costs, mhz } = machineConfig(scenario.machine, scenario.custom)
  return costsOf(fn, scenario).map((id) => {
    const factor = scenario.vm === 'hosted' && guestEntries.includes(id) ? costs.vmLocality : 1
    const spent = factor === 1 || id === 'guestCopyPerByte' ? costs[id] * factor : Math.round(costs[id] * factor)
    return {
      id, entry: costSheet[id], value: costs[id], custom: costs[id] !== costSheet[id].value, spent, factor,
      microseconds: microsecondsOfCycles(spent, mhz),
    }
  })
}

/** Calls and cycles of a function in a whole run. */
export interface FunctionCalls {
  calls: number
  /** True cycles of its own, functions that it calls left out. */
  cycles: number
}

export interface CallsOfFrame {
  /** Called by these very callers. */
  here: FunctionCalls
  /** Called from anywhere. */
  everywhere: FunctionCalls
}

/** What is known of the calls of a frame; null when the counts are of another engine's run. */
export function callsOfFrame(run: SimulatedRun, result: CallsResult, path: FramePath): CallsOfFrame | null {
  const last = path[path.length - 1]
  if (result.cycles !== run.report.books.cycles || last === undefined) return null
  const { parent, functionOf, calls } = result
  const steps = path.map(functionOfStep)
  const fn = steps[steps.length - 1]
  const sums: CallsOfFrame = { here: { calls: 0, cycles: 0 }, everywhere: { calls: 0, cycles: 0 } }
  for (let stack = 0; stack < functionOf.length; stack++) {
    if (functionOf[stack] !== fn) continue
    sums.everywhere.calls += calls[stack]!
    if (isAtPath(stack, parent, (at) => functionOf[at]!, steps, Fn.VmmTime)) sums.here.calls += calls[stack]!
  }
  addCycles(run, last, path, sums)
  return sums
}

/** From the run's own books, which have the true cycles of each stack. */
function addCycles({ profile }: SimulatedRun, last: string, path: FramePath, sums: CallsOfFrame): void {
  const { stacks, samples } = profile
  const cycles = samples.weights[profile.weightTypes.findIndex(({ kind }) => kind === 'true')]
  const own = stackOfPath(profile, path)
  samples.stack.forEach((stack, i) => {
    if (stack < 0 || stepOf(profile.frames, stacks.frame[stack]!) !== last) return
    sums.everywhere.cycles += cycles?.[i] ?? 0
    if (stack === own) sums.here.cycles += cycles?.[i] ?? 0
  })
}
