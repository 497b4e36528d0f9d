import { describe, expect, it } from 'vitest'
import { hopsOf } from '../../engine/experiments/recording/packet-population'
import { packets } from '../../engine/experiments/recording/packets'
import type { PacketsResult } from '../../engine/experiments/recording/types'
import { machineConfig } from '../../engine/machine/config'
import { mss } from '../../engine/machine/guest/tcp'
import { Machine } from '../../engine/machine/machine'
import { Probe } from '../../engine/machine/observer'
import { type Scenario, defaultScenario, parseScenario, whatIfIds } from '../../engine/machine/scenario'

const small: Scenario = { ...defaultScenario, bytes: 600_000 }

const scenarios: [string, Partial<Scenario>][] = [
  ['optimized', {}],
  ['2.0', { optimizations: [] }],
  ['2.0 + send combining', { optimizations: ['send-combining'] }],
  ['native', { vm: 'native', optimizations: [] }],
  ['receive', { direction: 'receive' }],
  ['native receive', { vm: 'native', optimizations: [], direction: 'receive' }],
  ['half duplex', { custom: { name: 'half', duplex: 'half' } }],
  ['small calls', { sendSize: 500, bytes: 60_000 }],
  ['PC-350, small calls, receive', { machine: 'pc-350', sendSize: 1000, bytes: 100_000, direction: 'receive' }],
  ['the VMM drives the card', { whatIfs: ['vmm-drives-nic'] }],
  ['all what-ifs, receive', { whatIfs: [...whatIfIds], direction: 'receive' }],
  ['samples that cost', { sampler: { clock: 'dithered', timer: 'nmi', sees: 'guest', cost: 'interrupt', attribution: 'due' } }],
]

function record(scenario: Scenario, limit = 20_000, range?: { fromCycles: number; toCycles: number }): PacketsResult {
  const work = packets({ scenario, limit, ...(range ? { range } : {}) })
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

const column = ({ stations, at }: PacketsResult, id: string) => at[stations.findIndex((station) => station.id === id)]!

describe('packets', () => {
  it.each(scenarios)('pass their stations in order, from the first to the last, all of them: %s', (_, change) => {
    const scenario = parseScenario({ ...small, ...change })
    const result = record(scenario)
    expect(result.packetsInRun).toBeGreaterThanOrEqual(Math.ceil(scenario.bytes / mss))
    expect(result.packet.length).toBe(result.packetsInRun)
    const [first, last] = [result.at[0]!, result.at.at(-1)!]
    for (let row = 0; row < result.packet.length; row++) {
      expect(result.packet[row]).toBe(row)
      const hops = hopsOf(result, row)
      for (const hop of hops) {
        expect(hop.cycles).toBeGreaterThanOrEqual(0)
        expect(hop.switches).toBeGreaterThanOrEqual(0)
      }
      // every packet starts at the first station and ends at the last one
      expect(hops.reduce((sum, hop) => sum + hop.cycles, 0)).toBe(last[row]! - first[row]!)
      expect(last[row]).toBeLessThanOrEqual(result.runCycles)
    }
  })

  it.each(scenarios.filter(([, { direction, vm }]) => direction !== 'receive' && vm !== 'native'))(
    'take as long as the direct measurements read: %s', (_, change) => {
      const scenario = parseScenario({ ...small, ...change, samplerHz: 0 })
      const machine = new Machine(machineConfig(scenario.machine, scenario.custom), scenario)
      const readings = new Map<Probe, number[]>([[Probe.PacketPath, []], [Probe.VmnetTransmit, []]])
      machine.probes.listen((probe, cycles) => readings.get(probe)?.push(cycles))
      while (!machine.nettest.step()) { /* to the end */ }
      const result = record(scenario)
      // SYN and its ACK went before the first packet with data
      const handshake = 2
      const nic = column(result, 'nic')
      const path = [...column(result, 'driver')].map((at, row) => nic[row]! - at)
      expect(path).toEqual(readings.get(Probe.PacketPath)!.slice(handshake, handshake + path.length))
      if (scenario.whatIfs.length > 0) return
      const call = [...column(result, 'vmnet')].map((at, row) => nic[row]! - at)
      expect(call).toEqual(readings.get(Probe.VmnetTransmit)!.slice(handshake, handshake + call.length))
      expect(result.nestedInterrupts.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(machine.vmnet!.nestedInterrupts)
    })

  it.each(scenarios.slice(0, 5))('of the middle of a run are those of the whole run: %s', (_, change) => {
    const scenario = parseScenario({ ...small, ...change })
    const all = record(scenario)
    const some = record(scenario, 60)
    expect(some.packet.length).toBe(60)
    expect(some.first).toBe(Math.floor((all.packetsInRun - 60) / 2))
    const rows = <T extends { slice(from: number, to: number): T }>(values: T) => values.slice(some.first, some.first + 60)
    some.stations.forEach(({ id }, i) => {
      const station = all.stations.findIndex((one) => one.id === id)
      expect(some.at[i], id).toEqual(rows(all.at[station]!))
      expect(some.switches[i], id).toEqual(rows(all.switches[station]!))
    })
    expect(some.nestedInterrupts).toEqual(rows(all.nestedInterrupts))
  })

  it.each(scenarios)('of a range are those of the whole run whose way began in it: %s', (_, change) => {
    const scenario = parseScenario({ ...small, ...change })
    const whole = record(scenario)
    const begun = whole.at[0]!
    for (const [a, b] of [[0, 0.3], [0.31, 0.37], [0.5, 0.5001], [0.9, 1], [0, 1]] as const) {
      const range = { fromCycles: a * whole.runCycles, toCycles: b * whole.runCycles }
      const part = record(scenario, 20_000, range)
      const rows = Array.from(begun.keys()).filter((row) => begun[row]! >= range.fromCycles && begun[row]! < range.toCycles)
      expect(Array.from(part.packet)).toEqual(rows)
      part.stations.forEach(({ id }, i) => {
        expect(Array.from(part.at[i]!), id).toEqual(rows.map((row) => column(whole, id)[row]))
      })
      expect(Array.from(part.nestedInterrupts)).toEqual(rows.map((row) => whole.nestedInterrupts[row]))
      const few = record(scenario, 3, range)
      expect(few.packet.length).toBe(Math.min(3, rows.length))
      expect(rows).toEqual(expect.arrayContaining(Array.from(few.packet)))
    }
  })

  it('that wait for each other leave with one call, and nobody waits in version 2.0', () => {
    const { combinedWith, stations } = record(small)
    expect(Math.max(...combinedWith)).toBeGreaterThan(1)
    expect(stations.map(({ id }) => id)).toContain('queued')
    const old = record({ ...small, optimizations: [] })
    expect(Math.max(...old.combinedWith)).toBe(1)
    expect(old.stations.map(({ id }) => id)).not.toContain('queued')
  })
})
