import type { Machine } from '../../machine/machine'
import { counterIds } from './types'

export const counterCount = counterIds.length

/** Reads the counters, in the order of `counterIds`. They change only between two stretches of time. */
export function readCounters(machine: Machine, into: Float64Array): void {
  into[0] = machine.queuedPackets
  into[1] = machine.pendingVirtualIrqs
  into[2] = machine.framesInFlight
  into[3] = machine.sendWindow
}
