import type { Books } from '../machine/books'
import type { MachineConfig } from '../machine/config'
import { functionTable } from '../machine/functions'
import type { Machine } from '../machine/machine'
import type { Probe } from '../machine/observer'
import type { Probes } from '../machine/probes'
import { type Scenario, scenarioName } from '../machine/scenario'
import type { Profile } from '../profile/columns'
import type { Cycles } from '../units'

/** A run, or a stretch of one, as the tables see it: how long it was, where the time went, what was measured directly. */
export interface Measured {
  scenario: Scenario
  config: MachineConfig
  cycles: Cycles
  books: Pick<Books, 'count' | 'cycles' | 'parentOf' | 'functionOf'>
  probes: Pick<Probes, 'count' | 'inclusive' | 'exclusive'>
}

/** All of a run so far. */
export function measuredOf({ scenario, config, clock, books, probes }: Machine): Measured {
  return { scenario, config, cycles: clock.now, books, probes }
}

/** Mean inclusive reading, cycles; 0 when the call was never made. */
export function meanOf({ probes }: Measured, probe: Probe): Cycles {
  return probes.count[probe] === 0 ? 0 : probes.inclusive[probe]! / probes.count[probe]!
}

/** The books as profile columns; the root of the books is the profile's own, so ids move down by one. */
export function profileOf({ books, scenario }: Measured, hits: Float64Array): Profile {
  const stacks = books.count - 1
  const spent: number[] = []
  for (let stack = 1; stack < books.count; stack++) if (books.cycles[stack]! > 0 || hits[stack]! > 0) spent.push(stack)
  return {
    name: scenarioName(scenario),
    frames: { name: functionTable.map((fn) => fn.name), module: functionTable.map((fn) => fn.module) },
    stacks: {
      parent: Int32Array.from({ length: stacks }, (_, i) => books.parentOf[i + 1]! - 1),
      frame: books.functionOf.slice(1, books.count),
      world: Uint8Array.from({ length: stacks }, (_, i) => functionTable[books.functionOf[i + 1]!]!.world),
    },
    samples: {
      stack: Int32Array.from(spent, (stack) => stack - 1),
      weights: [Float64Array.from(spent, (stack) => hits[stack]!), Float64Array.from(spent, (stack) => books.cycles[stack]!)],
    },
    weightTypes: [
      { name: 'samples', unit: 'count', kind: 'sampled' },
      { name: 'cycles', unit: 'cycles', kind: 'true' },
    ],
    threads: [],
    defaultWeight: 0,
  }
}
