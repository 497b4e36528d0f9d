import { isSampledCount } from '../../engine/profile/compare'
import type { SessionRun } from '../../engine/session/document'
import { flameOf, hasVmmTime, runOf, weightIndex, type Flame } from './derived'
import { nodeOf, type FramePath } from './frame-path'
import { placeOfNode } from './layout-boxes'
import { differenceOfShares, type Difference } from './row-difference'
import type { CompareMode, Workbench, Zoom } from './store'

export interface Pair {
  a: SessionRun
  b: SessionRun
}

/** The chosen pair, or the first two runs. */
export function pairOf(state: Workbench): Pair | null {
  const { runs, view } = state.document
  const a = runOf(state, view.compare?.a ?? null) ?? runs[0]
  const b = runOf(state, view.compare?.b ?? null) ?? runs[1]
  return a && b ? { a, b } : null
}

/** Why widths cannot be microseconds a packet; null when they can. */
export function noPackets({ a, b }: Pair): string | null {
  for (const run of [a, b]) {
    if (run.kind === 'imported') return `${run.name} is a recorded profile: it knows no packets.`
    if (microsecondsAPacket(run) === null) return `${run.name} moved no packets.`
  }
  return null
}

/** A packet is one that carries data: sent ones of a sender, received ones of a receiver. */
export function microsecondsAPacket(run: SessionRun): number | null {
  if (run.kind === 'imported') return null
  const { counts, scenario, simulatedSeconds } = run.report
  const packets = scenario.direction === 'send' ? counts.packetsSent : counts['packetsReceived'] ?? 0
  return packets > 0 ? (simulatedSeconds * 1e6) / packets : null
}

export interface Side {
  run: SessionRun
  flame: Flame
  weight: number
  /** Width of the whole: 100 percent, or microseconds a packet. */
  whole: number
}

export function sideOf(run: SessionRun, scope: 'total' | 'vmm', wantedWeight: number, mode: CompareMode): Side {
  const weight = weightIndex(run.profile, wantedWeight)
  const flame = flameOf(run.profile, weight, scope, null)
  const packet = mode === 'packet' ? microsecondsAPacket(run) : null
  if (packet === null) return { run, flame, weight, whole: 100 }
  const all = flameOf(run.profile, weight, 'total', null).tree.total[0]!
  return { run, flame, weight, whole: all > 0 ? (packet * flame.tree.total[0]!) / all : packet }
}

export function commonScope({ a, b }: Pair, wanted: 'total' | 'vmm'): 'total' | 'vmm' {
  return hasVmmTime(a.profile) && hasVmmTime(b.profile) ? wanted : 'total'
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

export interface FrameComparison {
  a: number | null
  b: number | null
  difference: Difference
}

/** One box on both sides, in percent of each side's whole. */
export function compareFrame(sides: readonly [Side, Side], path: FramePath): FrameComparison {
  const [a, b] = sides.map(({ flame }) => {
    const node = nodeOf(flame.tree, path)
    return { hits: node < 0 ? 0 : flame.tree.total[node]!, all: flame.tree.total[0]!, there: node >= 0 }
  }) as [PartOfWhole, PartOfWhole]
  const percent = (part: PartOfWhole) => (part.all > 0 ? (100 * part.hits) / part.all : 0)
  const counts = sides.every(({ run, weight }) => isSampledCount(run.profile.weightTypes[weight]))
  return {
    a: a.there ? percent(a) : null, b: b.there ? percent(b) : null,
    difference: differenceOfShares({ a: a.hits, wholeA: a.all, b: b.hits, wholeB: b.all }, counts),
  }
}

interface PartOfWhole { hits: number; all: number; there: boolean }
