import { populationOf, rowOfPacket, stepTo, type PacketStep, type Population } from '../../engine/experiments/recording/packet-population'
import type { PacketsResult } from '../../engine/experiments/recording/types'
import type { SimulatedRun } from '../../engine/session/document'
import { setTab, showRun } from './actions-view'
import { startExperiment } from './experiments'
import { openTimeline, setTimelineMark, setTimelineWindow } from './actions-timeline'
import { whole } from './numbers'
import { initialPackets, packetsKey, rangeOfPackets } from './packet-state'
import { sealed } from './sealed'
import { change, now } from './store'

/** Enough for a p95 of a hundred packets beyond it, and quickly recorded. */
const packetLimit = 2000

const populations = new WeakMap<object, Population>()

export function populationFor(result: Readonly<PacketsResult>): Population {
  let known = populations.get(result)
  if (!known) populations.set(result, known = populationOf(result))
  return known
}

/** Has the packets of a run recorded, unless they are there; shows the median packet first, as it stands for most. */
export async function openPackets(run: SimulatedRun): Promise<void> {
  const range = rangeOfPackets(run, now().range)
  const key = packetsKey(run, now().range)
  const { of, result: known, status } = now().packets
  if (of === key && (known || status === 'busy')) return
  const wanted = of === key || of === null ? now().packets.wanted : null
  change((state) => { state.packets = { ...initialPackets(), of: key, wanted, status: 'busy' } })
  const started = startExperiment('packets', { scenario: run.report.scenario, limit: packetLimit, ...(range ? { range } : {}) }, {
    title: `Packets of ${run.name}`, shown: true,
  })
  const answer = await started.result
  if (now().packets.of !== key) return
  const result = answer && sealed(answer)
  change((state) => {
    state.packets.result = result
    state.packets.status = result ? 'idle' : 'failed'
    if (result) state.packets.row = Math.max(0, stepTo(result, populationFor(result), 0, 'median'))
  })
  const asked = now().packets.wanted
  if (result && asked !== null) showPacket(asked)
}

const nothing: Record<PacketStep, string> = {
  next: 'This is the last recorded packet.', previous: 'This is the first recorded packet.',
  slowest: 'No packet was recorded.', fastest: 'No packet was recorded.', median: 'No packet was recorded.',
  nested: 'No recorded packet was caught by a nested interrupt.',
}

export function stepPacket(step: PacketStep): void {
  const { result, row } = now().packets
  if (!result) return
  const found = stepTo(result, populationFor(result), row, step)
  change((state) => {
    state.packets.words = found < 0 ? nothing[step] : null
    if (found >= 0) state.packets.row = found
  })
}

/** By its number in the run, as a person types it; says so when it was not recorded. */
export function showPacket(number: number): void {
  const { result } = now().packets
  if (!result) {
    change((state) => { state.packets.wanted = number })
    return
  }
  const row = rowOfPacket(result, number)
  const last = result.first + result.packet.length - 1
  change((state) => {
    state.packets.wanted = null
    state.packets.words = row < 0 ? `Packet ${whole(number)} is not among the recorded ones, ${whole(result.first)} to ${whole(last)}.` : null
    if (row >= 0) state.packets.row = row
  })
}

/** From a slice of the timeline: its packet, in the packet view. */
export function goToPacket(run: SimulatedRun, number: number): void {
  const key = packetsKey(run, now().range)
  change((state) => {
    if (state.packets.of !== key) state.packets = initialPackets()
    showRun(state, run.id)
  })
  showPacket(number)
  setTab('packet')
}

/** The packet's whole way on the timeline, with some room on either side, marked as a range. */
export async function goToTimeline(run: SimulatedRun, fromCycles: number, toCycles: number): Promise<void> {
  change((state) => showRun(state, run.id))
  setTab('timeline')
  await openTimeline(run)
  const room = 0.08 * (toCycles - fromCycles)
  setTimelineWindow(run, { from: fromCycles - room, to: toCycles + room })
  setTimelineMark({ from: fromCycles, to: toCycles })
}
