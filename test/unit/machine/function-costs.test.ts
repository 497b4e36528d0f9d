import { describe, expect, it, vi } from 'vitest'
import type { CostId, CostValues } from '../../../engine/machine/costs/sheet'
import { costsOf, functionNamed } from '../../../engine/machine/cost-use'
import type * as Config from '../../../engine/machine/config'
import { guestEntries, machineConfig } from '../../../engine/machine/config'
import { Fn, functionTable } from '../../../engine/machine/functions'
import { Machine } from '../../../engine/machine/machine'
import { type Scenario, defaultScenario, optimizationIds, whatIfIds } from '../../../engine/machine/scenario'

/** Cost entries read since time was spent last. */
const read = new Set<CostId>()

function watched(costs: CostValues): CostValues {
  return new Proxy(costs, {
    get(target, id) {
      read.add(id as CostId)
      return target[id as CostId]
    },
  })
}

// the guest's costs are a copy, scaled: it has to be watched as well
vi.mock('../../../engine/machine/config', async (original) => {
  const config = await original<typeof Config>()
  return { ...config, guestCosts: (costs: CostValues, virtual: boolean) => watched(config.guestCosts(costs, virtual)) }
})

/** Which entries each function spends in a run: those read right before its time is spent. */
function spent(more: Partial<Scenario>): { scenario: Scenario; into: Map<number, Set<CostId>> } {
  const into = new Map<number, Set<CostId>>()
  const scenario = { ...defaultScenario, bytes: 300_000, samplerHz: 0, ...more }
  const config = machineConfig(scenario.machine)
  const machine = new Machine({ ...config, costs: watched(config.costs) }, scenario)
  const { clock, books } = machine
  const note = (stack: number) => {
    const fn = books.functionOf[stack]!
    const known = into.get(fn) ?? new Set()
    for (const id of read) known.add(id)
    into.set(fn, known)
    read.clear()
  }
  const runStack = clock.runStack.bind(clock)
  clock.runStack = (stack, cycles) => {
    note(stack)
    runStack(stack, cycles)
  }
  read.clear()
  while (!machine.nettest.step()) { /* on to the end */ }
  return { scenario, into }
}

const scenarios: Partial<Scenario>[] = [
  {}, { optimizations: [] }, { vm: 'native' }, { direction: 'receive' }, { vm: 'native', direction: 'receive' },
  ...optimizationIds.map((id) => ({ optimizations: [id] })),
  ...whatIfIds.map((id) => ({ whatIfs: [id] })),
  { whatIfs: [...whatIfIds] }, { direction: 'receive' as const, whatIfs: [...whatIfIds] },
]

describe('the costs that a function names', () => {
  const runs = scenarios.map(spent)

  it('are those that it spends, in every scenario in which it runs', () => {
    const words = (fn: number, ids: Iterable<CostId>) => `${functionTable[fn]!.name}: ${[...ids].sort().join(' ')}`
    for (const { scenario, into } of runs) {
      const fns = [...into.keys()].sort((a, b) => a - b)
      expect(fns.map((fn) => words(fn, costsOf(fn, scenario))), JSON.stringify(scenario))
        .toEqual(fns.map((fn) => words(fn, into.get(fn)!)))
    }
  })

  it('are spent in one scenario or another', () => {
    // read once, when the machine is built: the next test is about them
    const builtIn = new Set<number>([Fn.ProbeRead, Fn.SamplerInterrupt])
    functionTable.forEach(({ name, costs }, fn) => {
      const spentOnes = new Set(runs.flatMap(({ into }) => [...into.get(fn) ?? []]))
      if (!builtIn.has(fn)) expect([...spentOnes].sort(), name).toEqual([...costs].sort())
    })
  })

  it('of the instruments themselves are spent by their own functions', () => {
    const cyclesOf = (fn: number, costs: Partial<CostValues>, more: Partial<Scenario>) => {
      const config = machineConfig('pc-733')
      const machine = new Machine({ ...config, costs: { ...config.costs, ...costs } }, { ...defaultScenario, bytes: 300_000, ...more })
      machine.observe({ nextSample: (now) => now + 100_000, due: () => 3, taken: () => {} })
      while (!machine.nettest.step()) { /* on to the end */ }
      let cycles = 0
      for (let stack = 1; stack < machine.books.count; stack++) if (machine.books.functionOf[stack] === fn) cycles += machine.books.cycles[stack]!
      return cycles
    }
    expect(cyclesOf(Fn.ProbeRead, { probePair: 100 }, { probes: 'tsc' })).toBeGreaterThan(0)
    expect(cyclesOf(Fn.ProbeRead, { probePair: 0 }, { probes: 'tsc' })).toBe(0)
    expect(cyclesOf(Fn.SamplerInterrupt, { samplerInterrupt: 1000 }, {})).toBeGreaterThan(0)
    expect(cyclesOf(Fn.SamplerInterrupt, { samplerInterrupt: 0 }, {})).toBe(0)
  })

  it('of guest code are the ones that the locality factor multiplies', () => {
    const guest = new Set(functionTable.filter(({ module }) => module.startsWith('guest')).flatMap(({ costs }) => costs))
    expect([...guest].sort()).toEqual([...guestEntries].sort())
  })

  it('are found by the name and module of a frame', () => {
    functionTable.forEach(({ name, module }, fn) => expect(functionNamed(name, module), `${name} ${module}`).toBe(fn))
    expect(functionNamed('do_idle', '[kernel.kallsyms]')).toBe(-1)
  })
})
