import { hopsOf, latencyBins, type Hop, type Population } from '../../../engine/experiments/recording/packet-population'
import { laneIds, type LaneId, type PacketsResult, type Station } from '../../../engine/experiments/recording/types'
import type { Scenario } from '../../../engine/machine/scenario'
import { World } from '../../../engine/worlds'
import type { LatencyScene } from '../../charts/packet-plot'
import type { PacketHop, PacketLane } from '../../charts/packet-scene'
import { laneTitles, microseconds } from '../../state/slice-words'

export const packetLanes: readonly PacketLane[] =
  laneIds.map((id) => ({ title: laneTitles[id], short: id === 'host-kernel' ? 'Kernel' : laneTitles[id] }))

/** Where each world's time is spent; of the card and the cable the station tells. */
const laneOfWorld: Partial<Record<World, LaneId>> = {
  [World.Guest]: 'guest', [World.GuestIdle]: 'guest', [World.Vmm]: 'vmm', [World.WorldSwitch]: 'vmm', [World.VmApp]: 'vmapp',
  [World.VmNet]: 'host-kernel', [World.HostKernel]: 'host-kernel', [World.HostIrq]: 'host-kernel',
}

export function laneOfStation({ world, id }: Station): LaneId {
  return laneOfWorld[world] ?? (/wire|ready/.test(id) ? 'wire' : 'nic')
}

/** The hops of one packet as the picture shows them, beside the spread of all. */
export function packetHops(result: PacketsResult, population: Population, row: number): PacketHop[] {
  const { mhz, stations } = result
  return hopsOf(result, row).map(({ station, cycles, switches }) => {
    const about = stations[station]!
    const spread = population.hops[station]
    return {
      label: about.label, lane: laneIds.indexOf(laneOfStation(about)), world: about.world, microseconds: cycles / mhz,
      text: microseconds(cycles, mhz), switches,
      spread: spread ? { p5: spread.p5 / mhz, p50: spread.p50 / mhz, p95: spread.p95 / mhz } : null,
    }
  })
}

const bins = 40

export function latencyScene(result: PacketsResult, population: Population, row: number, direction: Scenario['direction'], dark: boolean): LatencyScene | null {
  const found = latencyBins(population, bins)
  if (!found || !population.whole) return null
  const us = (cycles: number) => cycles / result.mhz
  const { p5, p50, p95 } = population.whole
  return {
    bins: Array.from(found.count, (count, bin) => ({
      from: us(found.from + bin * found.binCycles), to: us(found.from + (bin + 1) * found.binCycles), count,
    })),
    beyond: found.beyond, packet: us(population.endToEnd[row]!), p5: us(p5), p50: us(p50), p95: us(p95),
    way: direction === 'receive' ? 'wire to recv()' : 'send() to ACK', dark,
  }
}

/** First and last cycle of a packet's way; null of one that passes fewer than two stations. */
export function spanOfPacket(hops: readonly Hop[]): { from: number; to: number } | null {
  const last = hops[hops.length - 1]
  return last ? { from: hops[0]!.fromCycles, to: last.fromCycles + last.cycles } : null
}

/** "slower than 1,530 of 2,000". */
export function rankOf({ byLatency, endToEnd }: Population, row: number): number {
  let slower = 0
  for (const other of byLatency) if (endToEnd[other]! < endToEnd[row]!) slower++
  return slower
}
