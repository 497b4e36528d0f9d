import type { Scenario } from '../../machine/scenario'
import type { Answer } from '../../statistics/answer'
import type { PhaseCheck } from '../../statistics/aliasing'
import type { Plan } from '../../statistics/plan'
import type { Percent, Share } from '../../units'

/** What the inspector and the method view ask of a run that it does not keep: the run is simulated once more. */
export interface AgainRequest {
  scenario: Scenario
}

/** How often each function was called, one entry a stack; stacks are numbered by the books of this very run. */
export interface CallsResult {
  /** All cycles of the run: other than those of the run asked about, it is another engine's and the counts are not its. */
  cycles: number
  /** The calling stack; -1 for outermost ones, parents first. */
  parent: Int32Array
  /** Index in `functionTable`. */
  functionOf: Int32Array
  /**
   * How often the function was entered from the stack above. 0 where nothing enters it: time passes in a halted guest,
   * and VMM time is no call.
   */
  calls: Float64Array
}

/** What the guest's driver did to the virtual card's ports, counted access by access. */
export interface PortsResult {
  /** Writes of CSR0 with TDMD: one for each frame sent. */
  frames: number
  /** By port, way and register, as a QEMU log is counted: `RAP W`, `RDP W CSR0`. Most often first. */
  registers: { register: string; count: number }[]
  /** Writes of RAP that choose the register that is chosen already. */
  redundantRap: number
  /** Interrupts of the card that the guest took. */
  interrupts: number
}

/** The instants of the samples on the period of everything that recurs in the machine. */
export interface PhasesResult {
  samples: number
  sources: { name: string; periodMicroseconds: number; check: Answer<PhaseCheck> }[]
}

export interface PlanRequest {
  /** About how large the row is, of its whole. */
  share: Share
  /** To know the row to so many points, as a share: 0.005 is half a point. */
  halfWidth: Share
  /** To see a change by so many points between two runs, as a share. */
  difference: Share
  /** How often a true difference must be found. */
  power: Share
  /** Samples a second that fall into the row's whole. */
  ratePerSecond: number
  /** How many samples count for one independent one: n over effective n, 1 at least. */
  inflation: number
}

export interface PlanResult {
  know: Answer<Plan>
  see: Answer<Plan>
  /** Percent of the time that a true difference of this size is found, as asked. */
  powerPercent: Percent
}
