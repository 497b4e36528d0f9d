import type { CounterId, LaneId, MarkKind } from '../../engine/experiments/recording/types'
import { World, worldNames } from '../../engine/worlds'
import { whole } from './numbers'
import type { SliceSelection } from './timeline-state'

export const laneTitles: Record<LaneId, string> = {
  guest: 'Guest', vmm: 'VMM', vmapp: 'VMApp', 'host-kernel': 'Host kernel', nic: 'NIC', wire: 'Wire',
}

export const laneWords: Record<LaneId, string> = {
  guest: 'The guest\'s own code on the CPU, and the guest halted.',
  vmm: 'The monitor: traps, emulation, virtual interrupts, and switches between the worlds.',
  vmapp: 'The host\'s user process that does I/O for the virtual machine.',
  'host-kernel': 'The host\'s kernel: VMNet, the network stack, system calls, interrupts.',
  nic: 'The host\'s network card: what it fetches and stores by itself.',
  wire: 'Frames on the cable, both ways.',
}

export const markTitles: Record<MarkKind, string> = {
  'host-irq': 'Host interrupts', 'guest-irq': 'Guest interrupts', 'world-switch': 'World switches', sample: 'Samples',
}

export const counterTitles: Record<CounterId, string> = {
  'queued-packets': 'Queued packets', 'pending-virtual-irqs': 'Pending virtual IRQs', 'frames-in-flight': 'Frames in flight',
  'send-window': 'Send window',
}

const count = (unit: string) => (value: number) => `${Number.isInteger(value) ? whole(value) : value.toFixed(2)} ${unit}`

/** A counter's value with its unit. */
export const counterText: Record<CounterId, (value: number) => string> = {
  'queued-packets': count('packets'), 'pending-virtual-irqs': count('IRQs'), 'frames-in-flight': count('frames'),
  'send-window': count('segments'),
}

/** The card and the wire are busy in no world of the CPU's. */
export function worldOnLane(lane: LaneId, world: number): string {
  return (lane === 'nic' || lane === 'wire') && world === World.Unclassified ? 'busy' : worldNames[world]!
}

/** "emulate OUT of VM/PC-733 optimized: 1,250 cycles, 1.71 µs, packet 812". */
export function sliceWords({ name, fromCycles, toCycles, mhz, packet }: SliceSelection, run: string): string {
  return `${name} of ${run}: ${durationText(toCycles - fromCycles, mhz)}${packet < 0 ? '' : `, packet ${whole(packet)}`}`
}

/** "1,250 cycles, 1.705 µs". */
export function durationText(cycles: number, mhz: number): string {
  return `${whole(cycles)} cycles, ${microseconds(cycles, mhz)} µs`
}

/** Nanoseconds are a cycle or so: three decimals hold all that there is. */
export function microseconds(cycles: number, mhz: number): string {
  const value = cycles / mhz
  if (value >= 1000) return whole(value)
  return value.toFixed(value >= 100 ? 1 : value >= 10 ? 2 : 3)
}
