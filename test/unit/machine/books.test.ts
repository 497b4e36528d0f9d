import { describe, expect, it } from 'vitest'
import { Simulation, simulate } from '../../../engine/experiments/simulation'
import { type MachineConfig, machineConfig } from '../../../engine/machine/config'
import { type Scenario, defaultScenario, optimizationIds, whatIfIds } from '../../../engine/machine/scenario'

const small: Scenario = { ...defaultScenario, bytes: 1_000_000 }

function run(change: Partial<Scenario>, config?: MachineConfig) {
  const scenario = { ...small, ...change }
  const simulation = new Simulation(scenario, config ?? machineConfig(scenario.machine))
  while (!simulation.advance(256)) { /* on */ }
  return { machine: simulation.machine, ...simulation.result() }
}

const configurations: Partial<Scenario>[] = [
  { vm: 'native', optimizations: [] },
  ...Array.from({ length: 8 }, (_, bits) => ({ optimizations: optimizationIds.filter((__, i) => bits & (1 << i)) })),
  ...whatIfIds.map((id) => ({ whatIfs: [id] })),
  { whatIfs: [...whatIfIds] },
]

describe('every run', () => {
  for (const machine of ['pc-733', 'pc-350'] as const) {
    for (const direction of ['send', 'receive'] as const) {
      it.each(configurations)(`on ${machine}, ${direction}: books balance and all bytes arrive (%o)`, (change) => {
        const { report, machine: simulated } = run({ ...change, machine, direction })
        expect(report.books.attributed).toBe(report.books.cycles)
        expect(direction === 'send' ? simulated.tcp.acknowledged : simulated.tcp.delivered).toBe(small.bytes)
        // the very last packet, the ACK of the peer's FIN, may still wait for an interrupt when the program has ended
        expect(simulated.outbound.built - report.counts.packetsSent).toBeLessThanOrEqual(1)
        expect(simulated.outbound.built).toBeGreaterThanOrEqual(report.counts.packetsSent)
        expect(report.counts.packetsReceived).toBe(simulated.inbound.built)
        for (const value of Object.values(report.counts)) expect(Number.isSafeInteger(value)).toBe(true)
      })
    }
  }

  it.each([1, 512, 1447, 1448, 1449, 4096, 65536])('sends with calls of %i bytes', (sendSize) => {
    const bytes = sendSize === 1 ? 20_000 : small.bytes
    const { machine } = run({ sendSize, bytes })
    expect(machine.tcp.acknowledged).toBe(bytes)
  })

  it.each([1, 2, 1448, 1449, 4097])('sends %i bytes in all', (bytes) => {
    const { machine, report } = run({ bytes })
    expect(machine.tcp.acknowledged).toBe(bytes)
    expect(report.throughputMbps).toBeGreaterThan(0)
  })

  it('moves in full segments: as many packets as segments, and SYN, FIN and three ACKs', () => {
    const { report } = run({})
    expect(report.counts.packetsSent).toBeGreaterThanOrEqual(Math.ceil(small.bytes / 1448) + 3)
    expect(report.counts.packetsSent).toBeLessThanOrEqual(Math.ceil(small.bytes / 1448) + 5)
  })

  it('gives the same digest for the same scenario and seed, another for another seed', () => {
    expect(simulate(small).digest).toBe(simulate(small).digest)
    expect(simulate({ ...small, seed: 2 }).digest).not.toBe(simulate(small).digest)
  })

  it('does not depend on the size of the slices it is advanced by, nor on the sampler', () => {
    const sliced = new Simulation(small)
    while (!sliced.advance(1)) { /* on */ }
    expect(sliced.result().digest).toBe(simulate(small).digest)
    expect(simulate({ ...small, samplerHz: 0 }).report.books).toEqual(simulate(small).report.books)
  })

  it('obeys half duplex: one frame on the wire at a time makes it slower', () => {
    const full = run({ bytes: 5_000_000 })
    const half = run({ bytes: 5_000_000 }, { ...machineConfig('pc-733'), duplex: 'half' })
    expect(half.report.throughputMbps).toBeLessThan(full.report.throughputMbps)
    expect(half.report.books.attributed).toBe(half.report.books.cycles)
  })
})

describe('port accesses', () => {
  it('are 2N + 10 + 4k for N packets in one interrupt with k extra passes', () => {
    for (const optimizations of [[], [...optimizationIds]]) {
      const { report, machine } = run({ optimizations })
      const { rapAccesses, rdpAccesses, lanceIrqs, handlerPasses } = report.counts
      const extra = handlerPasses! - lanceIrqs!
      expect(rapAccesses + rdpAccesses).toBe(2 * machine.outbound.built + 10 * lanceIrqs! + 4 * extra)
    }
  })

  it('of the PIC are 5 for an interrupt of the slave and 4 for a tick', () => {
    const { report } = run({})
    expect(report.counts.picAccesses).toBe(5 * report.counts.lanceIrqs! + 4 * report.counts.timerIrqs!)
    expect(report.counts.guestIrqs).toBe(report.counts.lanceIrqs! + report.counts.timerIrqs!)
  })

  it('that leave for the host are all of the data register in version 2.0', () => {
    const { report } = run({ optimizations: [] })
    expect(report.counts.switchingAccesses).toBe(report.counts.rdpAccesses)
  })
})

describe('send combining', () => {
  it('sends one to four frames a visit and lets none wait longer than a tick', () => {
    const { report, machine } = run({ bytes: 5_000_000 })
    const { packetsSent, transmitPolls } = report.counts
    expect(packetsSent / transmitPolls!).toBeLessThan(4)
    expect(report.counts.queuedTransmits! + report.counts.forcedSwitches!).toBe(machine.outbound.built)
  })

  it('does not hold back the packets of a quiet machine: SYN, ACK, data and FIN go at once', () => {
    const { report } = run({ bytes: 1448 })
    expect(report.counts.forcedSwitches).toBeGreaterThanOrEqual(4)
    expect(report.simulatedSeconds).toBeLessThan(0.005)
  })
})
