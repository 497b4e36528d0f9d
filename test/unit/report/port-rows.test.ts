import { describe, expect, it } from 'vitest'
import { countPorts } from '../../../engine/experiments/method/ports'
import type { PortsResult } from '../../../engine/experiments/method/types'
import { simulate } from '../../../engine/experiments/simulation'
import { importProfile } from '../../../engine/formats/open-profile'
import { type Scenario, defaultScenario } from '../../../engine/machine/scenario'
import { portCells, portRows } from '../../../engine/report/port-rows'
import { fixture } from '../formats/readers'

const scenario: Scenario = { ...defaultScenario, bytes: 1_000_000 }

function counted(of: Scenario): PortsResult {
  const work = countPorts({ scenario: of })
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
  }
}

describe('port accesses of a simulated run', () => {
  it.each<[string, Scenario]>([['optimized', scenario], ['2.0', { ...scenario, optimizations: [] }]])('are those that the run counted, by register: %s', (_, of) => {
    const { counts } = simulate(of).report
    const { frames, registers, redundantRap, interrupts } = counted(of)
    const sum = (port: string) => registers.reduce((all, { register, count }) => all + (register.startsWith(port) ? count : 0), 0)
    expect([interrupts, sum('RAP'), sum('RDP')]).toEqual([counts['lanceIrqs'], counts.rapAccesses, counts.rdpAccesses])
    // send combining may still hold the very last one back
    expect(frames - counts.packetsSent).toBeLessThanOrEqual(1)
    // what the table says of the driver: 12 for a packet with an interrupt of its own, 4 for each further pass of the handler
    expect(sum('RAP') + sum('RDP')).toBe(2 * frames + 10 * interrupts + 4 * (counts['handlerPasses']! - interrupts))
    expect(registers.map(({ register }) => register).sort()).toEqual(['RAP R', 'RAP W', 'RDP R CSR0', 'RDP W CSR0'])
    // RAP is never anything but 0 in this driver
    expect(redundantRap).toBe(registers.find(({ register }) => register === 'RAP W')!.count)
  })

  it('of a native run are refused in words', () => {
    expect(() => counted({ ...scenario, vm: 'native', optimizations: [] })).toThrow(/no virtual card/)
  })
})

describe('side by side with a QEMU log', () => {
  const { pcnet } = importProfile('log', fixture('pcnet-tx.log')).report
  const rows = portRows(pcnet!, counted({ ...scenario, optimizations: [] }))
  const row = (id: string) => rows.find((one) => one.id === id)!

  it('the log has its 15.86 accesses a frame, the simulated driver its own, and rows add up to all', () => {
    expect(row('all').perFrame).toBeCloseTo(15.86, 2)
    const parts = rows.filter(({ id }) => !['all', 'redundant', 'interrupts'].includes(id))
    for (const key of ['perFrame', 'perPacket'] as const) expect(parts.reduce((sum, one) => sum + one[key], 0)).toBeCloseTo(row('all')[key], 9)
    expect(row('interrupts').perFrame).toBeCloseTo(0.99, 2)
    expect(row('redundant').perFrame).toBeGreaterThan(5)
  })

  it('says why: polling masks through CSR3, the old handler saves RAP', () => {
    expect(row('RDP W CSR3')).toMatchObject({ register: 'CSR3 (data)', way: 'write', perPacket: 0, words: expect.stringMatching(/^Only the traced driver: .*NAPI/) as string })
    expect(row('RDP W CSR3').perFrame).toBeCloseTo(1.97, 1)
    expect(row('RAP R').words).toMatch(/^Only the simulated driver: /)
    expect(portCells(row('RDP W CSR3')).slice(0, 4)).toEqual(['CSR3 (data)', 'write', row('RDP W CSR3').perFrame.toFixed(2), '0.00'])
  })
})
