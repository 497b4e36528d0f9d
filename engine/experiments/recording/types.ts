import type { Scenario } from '../../machine/scenario'
import type { Profile } from '../../profile/columns'
import type { TableRow } from '../../run-report'
import type { World } from '../../worlds'

/**
 * What the recordings of a run look like. Nothing of this is stored with a run: the range asked for is simulated again,
 * from the nearest checkpoint, and equal requests have equal answers. Times are cycles since the start of the run.
 */

/** Lanes from top to bottom. The first four share the one CPU; the card and the wire work beside it. */
export const laneIds = ['guest', 'vmm', 'vmapp', 'host-kernel', 'nic', 'wire'] as const
export type LaneId = (typeof laneIds)[number]

export const counterIds = ['queued-packets', 'pending-virtual-irqs', 'frames-in-flight', 'send-window'] as const
export type CounterId = (typeof counterIds)[number]

export const markKinds = ['host-irq', 'guest-irq', 'world-switch', 'sample'] as const
export type MarkKind = (typeof markKinds)[number]

export interface TimelineRequest {
  scenario: Scenario
  /** Empty or beyond the end: the whole run. */
  fromCycles: number
  toCycles: number
  /** About how many bins the range is divided into when there is too much in it to show one by one. */
  bins: number
}

/**
 * Either every slice of the range (`exact`), or what each bin held. Slices and bins are columns; a slice may begin
 * before the range and end behind it.
 */
export interface TimelineResult {
  mhz: number
  /** Length of the whole run. */
  runCycles: number
  fromCycles: number
  toCycles: number
  lanes: Record<LaneId, Slices | Bins>
  marks: Record<MarkKind, Marks | MarkBins>
  counters: Record<CounterId, Counter>
  /** Names that `Slices.frame` and `Marks.what` point at. */
  names: string[]
}

export interface Slices {
  kind: 'slices'
  start: Float64Array
  end: Float64Array
  world: Uint8Array
  /** Index in `names`: the function, or what the card and the wire carry. */
  frame: Int32Array
  /** Calls above it, 0 for the outermost of the lane. */
  depth: Uint8Array
  /** Number of the packet that it works for, -1 for none or not known. */
  packet: Int32Array
}

export interface Bins {
  kind: 'bins'
  binCycles: number
  /** Cycles of each world in each bin: `cycles[bin * worldCount + world]`. On the card and the wire: busy cycles. */
  cycles: Float64Array
}

export interface Marks {
  kind: 'marks'
  at: Float64Array
  /** Index in `names`: the interrupt line, the direction of the switch, the function that a sample found. */
  what: Int32Array
  /** Of a sample: the world that it found; else the world that was interrupted or left. */
  world: Uint8Array
}

export interface MarkBins {
  kind: 'mark-bins'
  binCycles: number
  count: Int32Array
}

/** A counter: its value from `at[i]` up to the next; when binned, the least and the most of each bin. */
export type Counter =
  | { kind: 'steps'; at: Float64Array; value: Float64Array }
  | { kind: 'bins'; binCycles: number; low: Float64Array; high: Float64Array }

/** The flame, Table 2 and what else a range of a run gives: the same shapes as the whole run's. */
export interface RangeRequest {
  scenario: Scenario
  fromCycles: number
  toCycles: number
}

export interface RangeResult {
  fromCycles: number
  toCycles: number
  mhz: number
  profile: Profile
  table: TableRow[]
  packets: number
  samples: number
}

export interface PacketsRequest {
  scenario: Scenario
  /** Only packets whose way began in this range of the run; left out: any. */
  range?: { fromCycles: number; toCycles: number }
  /** Packets recorded at most; of a longer run those in its middle, so that the start does not colour them. */
  limit: number
}

/** Where a packet passes, in the order of the way. `world`: in which world the hop that ends here was spent. */
export interface Station {
  id: string
  label: string
  /** What happens on the hop from the station before, one sentence. */
  what: string
  world: World
}

/**
 * Packets of the direction that carries data, one row each, by columns. `at[s][i]`: the cycle at which packet i was at
 * station s; NaN where it did not pass (a combined packet makes no call of its own). `switches[s][i]`: world switches
 * of the whole machine up to then, so that a hop's are a difference.
 */
export interface PacketsResult {
  mhz: number
  runCycles: number
  /** Of the whole run, of which `first` .. `first + packet.length - 1` are recorded. */
  packetsInRun: number
  first: number
  stations: Station[]
  packet: Int32Array
  at: Float64Array[]
  switches: Int32Array[]
  /** Host interrupts taken while the packet was inside VMNet's transmit: the paper's nested ones. */
  nestedInterrupts: Int32Array
  /** Packets that left with the same call to the host; 1 when it was alone. */
  combinedWith: Int32Array
}
