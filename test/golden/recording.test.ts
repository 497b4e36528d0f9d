import { describe, it } from 'vitest'
import { hopsOf } from '../../engine/experiments/recording/packet-population'
import { packets } from '../../engine/experiments/recording/packets'
import { timeline } from '../../engine/experiments/recording/timeline'
import { type Bins, type Slices, type TimelineResult, counterIds, laneIds, markKinds } from '../../engine/experiments/recording/types'
import { mss } from '../../engine/machine/guest/tcp'
import { type Scenario, defaultScenario, optimizationIds } from '../../engine/machine/scenario'
import { worldIds } from '../../engine/worlds'
import { expectGolden } from './golden'

/** Twenty packets, five full calls of send() and a bit: everything that happens to them can be read. */
const twenty: Scenario = { ...defaultScenario, bytes: 20 * mss, samplerHz: 20_000 }

function through<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

/** How full a bin is, in a character. */
const shades = ' .:-=+*#@'
const shade = (share: number) => shades[share === 0 ? 0 : Math.min(shades.length - 1, 1 + Math.floor(share * (shades.length - 1)))]!

function laneStrip({ cycles, binCycles }: Bins): string {
  const worlds = worldIds.length
  return Array.from({ length: cycles.length / worlds }, (_, bin) =>
    shade(cycles.subarray(bin * worlds, (bin + 1) * worlds).reduce((sum, n) => sum + n, 0) / binCycles)).join('')
}

const digit = (n: number) => (n < 10 ? String(n) : n < 36 ? String.fromCharCode(87 + n) : '+')

function strips(result: TimelineResult): string {
  const line = (name: string, strip: string) => `${name.padEnd(21)}|${strip}|\n`
  let text = ''
  for (const id of laneIds) text += line(id, laneStrip(result.lanes[id] as Bins))
  for (const kind of markKinds) {
    const marks = result.marks[kind]
    if (marks.kind === 'mark-bins') text += line(`${kind} marks`, Array.from(marks.count, (n) => (n === 0 ? ' ' : digit(n))).join(''))
  }
  for (const id of counterIds) {
    const counter = result.counters[id]
    if (counter.kind === 'bins') text += line(`${id}, most`, Array.from(counter.high, digit).join(''))
  }
  return text
}

function sliceLines(result: TimelineResult, from: number): string {
  const lines: [number, string][] = []
  for (const id of laneIds) {
    const { start, end, frame, depth, packet, world } = result.lanes[id] as Slices
    start.forEach((at, i) => {
      const carried = packet[i]! >= 0 ? `, packet ${packet[i]}` : ''
      const name = `${'  '.repeat(depth[i]!)}${result.names[frame[i]!]}${carried}`
      lines.push([at, `${String(at - from).padStart(8)} ${String(end[i]! - at).padStart(7)}  ${id.padEnd(13)}${worldIds[world[i]!]!.padEnd(13)}${name}`])
    })
  }
  for (const kind of markKinds) {
    const marks = result.marks[kind]
    if (marks.kind !== 'marks') continue
    marks.at.forEach((at, i) => lines.push([
      at, `${String(at - from).padStart(8)}       !  ${kind.padEnd(13)}${worldIds[marks.world[i]!]!.padEnd(13)}${result.names[marks.what[i]!]}`,
    ]))
  }
  return lines.map((line, i) => ({ line, i })).sort((a, b) => a.line[0] - b.line[0] || a.i - b.i).map(({ line }) => `${line[1]}\n`).join('')
}

function recorded(scenario: Scenario): string {
  const whole = through(timeline({ scenario, fromCycles: 0, toCycles: 0, bins: 100 }))
  const path = through(packets({ scenario, limit: 100 }))
  const nic = path.stations.findIndex(({ id }) => id === 'nic')
  // from the OUT of the eleventh packet until the card has it
  const demand = path.stations.findIndex(({ id }) => id === 'demand')
  const [from, to] = [path.at[demand]![10]!, path.at[nic]![10]! + 1]
  const exact = through(timeline({ scenario, fromCycles: from, toCycles: to, bins: 1000 }))
  const rows = Array.from(path.packet, (packet, row) => {
    const hops = new Map(hopsOf(path, row).map((hop) => [hop.station, hop]))
    const cells = path.stations.map((_, station) => {
      const hop = hops.get(station)
      if (!hop) return (station === 0 ? String(path.at[0]![row]) : '-').padStart(13)
      return `${hop.cycles}${'^'.repeat(Math.min(3, hop.switches))}`.padStart(13)
    })
    return `${String(packet).padStart(3)} ${cells.join('')} ${String(path.combinedWith[row]).padStart(3)} ${String(path.nestedInterrupts[row]).padStart(3)}\n`
  })
  return `The run, ${whole.runCycles} cycles in ${(whole.lanes.guest as Bins).cycles.length / worldIds.length} bins of ${(whole.lanes.guest as Bins).binCycles}\n` +
    `${strips(whole)}\nPackets: cycles of each hop, ^ a world switch on it (at most three shown), then packets a call, nested interrupts\n` +
    path.stations.map(({ id, label, what }, i) => `  ${i + 1} ${id}: ${label}. ${what}\n`).join('') +
    `    ${path.stations.map((_, i) => String(i + 1).padStart(13)).join('')}\n${rows.join('')}` +
    `\nPacket 10 from its OUT at cycle ${from} until the card has it: start, cycles, lane, world, function\n${sliceLines(exact, from)}`
}

describe('a recording of twenty packets', () => {
  it.each([['optimized', [...optimizationIds]], ['2.0', []]] as const)('%s', (name, optimizations) =>
    expectGolden(`recording-${name}`, recorded({ ...twenty, optimizations: [...optimizations] })))
})
