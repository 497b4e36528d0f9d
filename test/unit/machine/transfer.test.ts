import { describe, expect, it } from 'vitest'
import { machineConfig } from '../../../engine/machine/config'
import { Machine } from '../../../engine/machine/machine'
import { type Scenario, defaultScenario, optimizationIds } from '../../../engine/machine/scenario'

function machineOf(change: Partial<Scenario>, timerHz = 100) {
  return new Machine({ ...machineConfig('pc-733'), timerHz }, { ...defaultScenario, bytes: 3_000_000, samplerHz: 0, ...change })
}

function run(machine: Machine) {
  while (!machine.nettest.step()) { /* to the end */ }
  return machine
}

describe('send combining', () => {
  it.each([[1, 100], [2, 100], [3, 100], [1, 1000], [2, 1000], [5, 1000]])('lets no frame wait longer than one host timer tick (seed %i, %i Hz)', (seed, timerHz) => {
    for (const optimizations of [[...optimizationIds], ['send-combining'] as const]) {
      const machine = machineOf({ seed, optimizations: [...optimizations] }, timerHz)
      const queuedAt: number[] = []
      let longest = 0
      const driver = machine.tcp.driver
      const start = driver.startXmit.bind(driver)
      driver.startXmit = (packet) => {
        queuedAt[packet] = machine.clock.now
        return start(packet)
      }
      const { vmnet } = machine
      const transmit = vmnet!.transmit.bind(vmnet)
      let sent = 0
      vmnet!.transmit = (bytes) => {
        longest = Math.max(longest, machine.clock.now - queuedAt[sent++]!)
        transmit(bytes)
      }
      run(machine)
      // a tick, and the time that the interrupt itself and the frames before this one take
      expect(longest).toBeLessThan(machine.tick.period + 733 * 300)
      expect(sent).toBeGreaterThan(2000)
    }
  })
})

describe('the guest\'s timer', () => {
  it.each([[[]], [[...optimizationIds]], [['send-combining'] as const]])('ticks as often as the host\'s, wherever the tick finds the CPU (%o)', (optimizations) => {
    for (const direction of ['send', 'receive'] as const) {
      const { counts } = run(machineOf({ bytes: 10_000_000, direction, optimizations: [...optimizations] }))
      expect(counts.hostTimerIrqs).toBeGreaterThan(80)
      expect(counts.hostTimerIrqs - counts.timerIrqs).toBeLessThanOrEqual(1)
    }
  })
})

describe('TCP', () => {
  it('starts slowly: the packets in flight double with every round of ACKs', () => {
    const machine = machineOf({ vm: 'native', optimizations: [] })
    const largest: number[] = []
    const driver = machine.tcp.driver
    const start = driver.startXmit.bind(driver)
    driver.startXmit = (packet) => {
      const round = Math.floor(machine.clock.now / (733 * 300))
      largest[round] = Math.max(largest[round] ?? 0, machine.tcp.segmentsInFlight())
      return start(packet)
    }
    run(machine)
    const seen = largest.filter((n) => n !== undefined)
    expect(seen[0]).toBeLessThanOrEqual(2)
    expect(Math.max(...seen)).toBe(22) // the peer's window
    expect(seen.findIndex((n) => n === 22)).toBeGreaterThan(1)
  })

  it('sends full segments while more is to come, and the short tail once, at the end', () => {
    const machine = machineOf({ bytes: 100_000, sendSize: 300 })
    const payloads: number[] = []
    const driver = machine.tcp.driver
    const start = driver.startXmit.bind(driver)
    driver.startXmit = (packet) => {
      payloads.push(machine.outbound.payload[packet & 1023]!)
      return start(packet)
    }
    run(machine)
    const data = payloads.filter((bytes) => bytes > 0)
    expect(data.reduce((sum, bytes) => sum + bytes, 0)).toBe(100_000)
    // Nagle: a short segment goes when nothing is in flight (the first) or at the close
    expect(data.filter((bytes) => bytes < 1448).length).toBeLessThanOrEqual(2)
  })

  it('is acknowledged for every second segment', () => {
    const machine = run(machineOf({}))
    const segments = Math.ceil(3_000_000 / 1448)
    expect(Math.abs(machine.tcp.acksReceived - segments / 2)).toBeLessThanOrEqual(2)
  })
})

describe('receiving', () => {
  it.each([[[]], [[...optimizationIds]]])('keeps books and counts of its own (%o)', (optimizations) => {
    const machine = run(machineOf({ direction: 'receive', optimizations }))
    const { counts, tcp, inbound, outbound } = machine
    const segments = Math.ceil(3_000_000 / 1448)
    expect(tcp.delivered).toBe(3_000_000)
    expect(machine.books.total()).toBe(machine.clock.now)
    expect(inbound.built).toBe(segments + 2) // SYN-ACK and FIN-ACK
    expect(counts.vmnetReceives).toBe(inbound.built)
    // the guest acknowledges every second segment; SYN, FIN and their ACKs beside
    expect(Math.abs(outbound.built - segments / 2 - 4)).toBeLessThanOrEqual(3)
    const extra = counts.handlerPasses - counts.lanceIrqs
    expect(counts.rapAccesses + counts.rdpAccesses).toBe(2 * outbound.built + 10 * counts.lanceIrqs + 4 * extra)
  })

  it('spends more on VMNet receives than on transmits, and the other way round when sending', () => {
    const receive = run(machineOf({ direction: 'receive' }))
    expect(receive.counts.vmnetReceives).toBeGreaterThan(1.9 * receive.counts.vmnetTransmits)
    const send = run(machineOf({}))
    expect(send.counts.vmnetTransmits).toBeGreaterThan(1.9 * send.counts.vmnetReceives)
  })
})
