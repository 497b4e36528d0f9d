import { quantile } from '../../statistics/quantile'
import type { PacketsResult } from './types'

/** One packet's way from a station to the next that it passes. Times in cycles. */
export interface Hop {
  /** Station at which the hop ends; index in `stations`. */
  station: number
  fromCycles: number
  cycles: number
  switches: number
}

/** How the packets that pass a station spread over the hop that ends there, in cycles. */
export interface HopSpread {
  /** Packets that have this hop. */
  packets: number
  p5: number
  p50: number
  p95: number
  /** World switches a packet on this hop, on average. */
  meanSwitches: number
}

export interface Population {
  /** From the first to the last station of each packet, in cycles; NaN of a packet that passes fewer than two. */
  endToEnd: Float64Array
  /** The same of the whole way; null when no packet has one. */
  whole: HopSpread | null
  /** Index = station; null of the first one and of a station where no packet ends a hop. */
  hops: (HopSpread | null)[]
  /** Rows of the packets that have an end-to-end time, from the fastest to the slowest. */
  byLatency: Int32Array
}

/** The hops of packet `row` in the order of the way; stations that it does not pass are left out. */
export function hopsOf({ at, switches }: PacketsResult, row: number): Hop[] {
  const hops: Hop[] = []
  let before = -1
  for (let station = 0; station < at.length; station++) {
    const here = at[station]![row]!
    if (Number.isNaN(here)) continue
    if (before >= 0) {
      const fromCycles = at[before]![row]!
      hops.push({
        station, fromCycles, cycles: here - fromCycles, switches: switches[station]![row]! - switches[before]![row]!,
      })
    }
    before = station
  }
  return hops
}

/** Percentiles over all recorded packets: each hop over those that have it, and the whole way. */
export function populationOf(result: PacketsResult): Population {
  const count = result.packet.length
  const times: number[][] = result.stations.map(() => [])
  const switched = new Float64Array(result.stations.length)
  const endToEnd = new Float64Array(count).fill(NaN)
  const wayLengths: number[] = []
  let waySwitches = 0
  for (let row = 0; row < count; row++) {
    const hops = hopsOf(result, row)
    let [cycles, switches] = [0, 0]
    for (const hop of hops) {
      times[hop.station]!.push(hop.cycles)
      switched[hop.station]! += hop.switches
      cycles += hop.cycles
      switches += hop.switches
    }
    if (hops.length === 0) continue
    endToEnd[row] = cycles
    wayLengths.push(cycles)
    waySwitches += switches
  }
  const known = Int32Array.from({ length: count }, (_, row) => row).filter((row) => !Number.isNaN(endToEnd[row]))
  return {
    endToEnd, whole: wayLengths.length > 0 ? spreadOf(wayLengths, waySwitches) : null,
    hops: times.map((list, station) => (list.length > 0 ? spreadOf(list, switched[station]!) : null)),
    byLatency: known.sort((a, b) => endToEnd[a]! - endToEnd[b]! || a - b),
  }
}

function spreadOf(values: readonly number[], switches: number): HopSpread {
  const sorted = Float64Array.from(values).sort()
  return {
    packets: sorted.length, p5: quantile(sorted, 0.05), p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95),
    meanSwitches: switches / sorted.length,
  }
}

/** Where one steps to; 'nested': the next one (round the end) that host interrupts caught inside VMNet's transmit. */
export type PacketStep = 'next' | 'previous' | 'slowest' | 'fastest' | 'median' | 'nested'

/** The row to step to from `row`; -1 when there is none, as without nested interrupts. */
export function stepTo(result: PacketsResult, { byLatency }: Population, row: number, step: PacketStep): number {
  const count = result.packet.length
  if (count === 0) return -1
  switch (step) {
    case 'next': return row + 1 < count ? row + 1 : -1
    case 'previous': return row > 0 ? row - 1 : -1
    case 'slowest': return byLatency[byLatency.length - 1] ?? -1
    case 'fastest': return byLatency[0] ?? -1
    case 'median': return byLatency[(byLatency.length - 1) >> 1] ?? -1
    case 'nested': {
      for (let ahead = 1; ahead <= count; ahead++) {
        const at = (row + ahead) % count
        if (result.nestedInterrupts[at]! > 0) return at
      }
      return -1
    }
  }
}

/** The row of the packet with this number, or -1 when it was not recorded. */
export function rowOfPacket({ packet }: PacketsResult, number: number): number {
  return packet.indexOf(number)
}

export interface LatencyBins {
  /** Cycles at which the first bin begins. */
  from: number
  binCycles: number
  /** The last bin holds everything beyond the 99.5th percentile too: a straggler must not flatten the rest. */
  count: Int32Array
  beyond: number
}

/** End-to-end times in `bins` bins of equal width from the fastest to the 99.5th percentile; null without packets. */
export function latencyBins({ endToEnd, byLatency }: Population, bins: number): LatencyBins | null {
  if (byLatency.length === 0) return null
  const sorted = Float64Array.from(byLatency, (row) => endToEnd[row]!)
  const from = sorted[0]!
  const to = quantile(sorted, 0.995)
  const binCycles = Math.max(1, Math.ceil((to - from + 1) / bins))
  const count = new Int32Array(bins)
  let beyond = 0
  for (const cycles of sorted) {
    const bin = Math.floor((cycles - from) / binCycles)
    if (bin >= bins) beyond++
    count[Math.min(bins - 1, bin)]!++
  }
  return { from, binCycles, count, beyond }
}
