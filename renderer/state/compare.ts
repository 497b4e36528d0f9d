import type { Profile, WeightType } from '../../engine/profile/columns'
import { pairedWeights, type PairedWeight } from '../../engine/profile/paired'
import { pairOf as chosenPair } from '../../engine/report/comparison'
import type { SessionRun } from '../../engine/session/document'
import { effectiveSizes } from '../../engine/session/effective-sizes'
import type { CompareMode } from './compare-state'
import { flameOf, hasVmmTime, weightIndex, wholeWeight, type Flame } from './derived'
import { nodeOf, type FramePath } from './frame-path'
import { placeOfNode } from './layout-boxes'
import { inRange, shownRun } from './shown'
import type { TimeRange, Workbench, Zoom } from './store'
import { compareWorlds, type ComparedWorlds } from './world-shares'

export interface Pair {
  a: SessionRun
  b: SessionRun
}

/** The chosen pair, or the first two runs, as every view shows them: a chosen range of a run in place of the run. */
export function pairOf(state: Workbench): Pair | null {
  const [a, b] = chosenPair(state.document) ?? []
  return a && b ? { a: shownRun(state, a), b: shownRun(state, b) } : null
}

/** Worlds of the pair side by side; `whole`: the runs of the session, of which it may show a range. */
export function worldsOfPair({ a, b }: Pair, whole: Pair): ComparedWorlds {
  return compareWorlds(a.profile, b.profile, { a: effectiveSizes(a, whole.a), b: effectiveSizes(b, whole.b) })
}

/** Why figures cannot be microseconds a packet; null when they can. */
export function noPackets({ a, b }: Pair, { range }: Pick<Workbench, 'range'>): string | null {
  for (const run of [a, b]) {
    if (run.kind === 'imported') return `${run.name} is a recorded profile: it knows no packets.`
    if (microsecondsAPacket(run) === null) return `${run.name} moved no packets.`
    if (inRange({ range }, run)) return `Only a range of ${run.name} is shown: its packets are not counted.`
  }
  return null
}

/** A packet is one that a sender sent or a receiver received; the few that connect and close count too. */
export function microsecondsAPacket(run: SessionRun): number | null {
  if (run.kind === 'imported') return null
  const { counts, scenario, simulatedSeconds } = run.report
  const packets = scenario.direction === 'send' ? counts.packetsSent : counts['packetsReceived'] ?? 0
  return packets > 0 ? (simulatedSeconds * 1e6) / packets : null
}

/** How long the profile is in seconds: simulated ones, or from a recording's first sample to its last. Null: it has no times. */
export function secondsOf(run: SessionRun, state: Pick<Workbench, 'range'>): number | null {
  const range = inRange(state, run)
  if (run.kind === 'simulated') {
    const { simulatedSeconds, books } = run.report
    return range ? ((range.to - range.from) / books.cycles) * simulatedSeconds : simulatedSeconds
  }
  const seconds = range ? range.to - range.from : recordedSeconds(run.profile)
  return seconds > 0 ? seconds : null
}

const recorded = new WeakMap<Profile, number>()

function recordedSeconds(profile: Profile): number {
  let seconds = recorded.get(profile)
  if (seconds === undefined) {
    let [first, last] = [Infinity, -Infinity]
    for (const time of profile.samples.time ?? []) {
      if (time < first) first = time
      if (time > last) last = time
    }
    seconds = last > first ? last - first : 0
    recorded.set(profile, seconds)
  }
  return seconds
}

/** The weights of the pair that can be compared. */
export function weightsOfPair({ a, b }: Pair): PairedWeight[] {
  return pairedWeights(a.profile, b.profile)
}

/** The saved choice of weight where both have it. */
export function chosenWeight(weights: readonly PairedWeight[], wanted: number): PairedWeight {
  return weights.find(({ a }) => a === wanted) ?? weights[0]!
}

/** What figures are in: how much A's and B's whole are, and of what. */
export interface Measure {
  mode: CompareMode
  /** Of a figure and its axis. */
  unit: string
  /** Of a difference, in words. */
  unitOfDifference: string
  wholeA: number
  wholeB: number
}

/** Why figures cannot be a second; null when they can. */
export function noSeconds({ a, b }: Pair, weight: PairedWeight, state: Pick<Workbench, 'range'>): string | null {
  for (const run of [a, b]) if (secondsOf(run, state) === null) return `${run.name} has no times: it does not say how long it took.`
  const [unitA, unitB] = [a.profile.weightTypes[weight.a]!.unit, b.profile.weightTypes[weight.b]!.unit]
  return unitA === unitB ? null : `A's weights are in ${unitA}, B's in ${unitB}.`
}

/** What a second of a weight is shown in, and how many of the weight's units that is. */
const rates: Record<WeightType['unit'], { unit: string; size: number }> = {
  count: { unit: 'samples/s', size: 1 }, cycles: { unit: 'Mcycles/s', size: 1e6 },
  nanoseconds: { unit: 'ms/s', size: 1e6 }, bytes: { unit: 'KB/s', size: 1e3 },
}

/** The measure that was wished for, or percent where the pair does not have it. */
export function measureOf(
  pair: Pair, wanted: CompareMode, scope: 'total' | 'vmm', weight: PairedWeight, state: { range: TimeRange | null },
): Measure {
  const total = (run: SessionRun, column: number, of: 'total' | 'vmm') => wholeWeight(run.profile, column, of)
  if (wanted === 'packet' && noPackets(pair, state) === null) {
    const whole = (run: SessionRun, column: number) => {
      const all = total(run, column, 'total')
      return all > 0 ? (microsecondsAPacket(run)! * total(run, column, scope)) / all : 0
    }
    return { mode: 'packet', unit: 'µs', unitOfDifference: 'µs', wholeA: whole(pair.a, weight.a), wholeB: whole(pair.b, weight.b) }
  }
  if (wanted === 'second' && noSeconds(pair, weight, state) === null) {
    const { unit, size } = rates[pair.a.profile.weightTypes[weight.a]!.unit]
    const whole = (run: SessionRun, column: number) => total(run, column, scope) / secondsOf(run, state)! / size
    return { mode: 'second', unit, unitOfDifference: unit, wholeA: whole(pair.a, weight.a), wholeB: whole(pair.b, weight.b) }
  }
  return { mode: 'share', unit: '%', unitOfDifference: 'points', wholeA: 100, wholeB: 100 }
}

export function commonScope({ a, b }: Pair, wanted: 'total' | 'vmm'): 'total' | 'vmm' {
  return hasVmmTime(a.profile) && hasVmmTime(b.profile) ? wanted : 'total'
}

/** One simulated run by itself, for views that show two without a union of both: its trees are small. */
export interface Side {
  run: SessionRun
  flame: Flame
  weight: number
  /** Width of the whole: 100 percent, or microseconds a packet. */
  whole: number
}

export function sideOf(run: SessionRun, scope: 'total' | 'vmm', wantedWeight: number, mode: 'share' | 'packet'): Side {
  const weight = weightIndex(run.profile, wantedWeight)
  const flame = flameOf(run.profile, weight, scope, null)!
  const packet = mode === 'packet' ? microsecondsAPacket(run) : null
  if (packet === null) return { run, flame, weight, whole: 100 }
  const all = wholeWeight(run.profile, weight, 'total')
  return { run, flame, weight, whole: all > 0 ? (packet * flame.tree.total[0]!) / all : packet }
}

/** Both sides begin at the zoomed box's left edge and span the wider of the two: one scale. Null: no such box there. */
export function rangesOf(sides: readonly [Side, Side], zoom: FramePath): [Zoom | null, Zoom | null] {
  const places = sides.map(({ flame, whole }) => {
    const node = nodeOf(flame.tree, zoom)
    if (node < 0) return null
    const { left, width } = placeOfNode(flame.layout, node)
    return { left: left * whole, width: width * whole }
  })
  const width = Math.max(...places.map((place) => place?.width ?? 0))
  const range = (place: { left: number } | null | undefined) => (place && width > 0
    ? { from: place.left, to: place.left + width } : null)
  return [range(places[0]), range(places[1])]
}
