import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../engine/canonical'
import { checkBounds } from '../../../engine/experiments/bounds'
import { Simulation, simulate } from '../../../engine/experiments/simulation'
import { machineConfig } from '../../../engine/machine/config'
import { costIds, costSheet } from '../../../engine/machine/costs/sheet'
import { type CustomMachine, type Limit, costLimit, customLimits, nicLimits } from '../../../engine/machine/custom'
import { mostCycles, mostSamples, tickCycles } from '../../../engine/machine/feasible'
import { isMachineFile, largestMachineFile, parseMachineFile } from '../../../engine/machine/machine-file'
import {
  type Scenario, canonicalScenario, defaultScenario, optimizationIds, parseScenario, scenarioName, whatIfIds,
} from '../../../engine/machine/scenario'
import { PlainErrorException } from '../../../engine/plain-error'
import { paperFigure, paperReference } from '../../../engine/paper/reference'
import { withTables } from './machine-file-doc'

const bytes = 40_000
const base: Scenario = { ...defaultScenario, bytes, samplerHz: 500 }
const on = (custom: object, more: Partial<Scenario> = {}) => parseScenario({ ...base, ...more, custom: { name: 'mine', ...custom } })

/** Ways to run a machine that differ in what can go wrong. */
const ways: Record<string, Partial<Scenario>> = {
  'native': { vm: 'native', optimizations: [] },
  'native, receiving': { vm: 'native', optimizations: [], direction: 'receive' },
  '2.0': { optimizations: [] },
  'optimized': {},
  'optimized, receiving': { direction: 'receive' },
  'what-ifs': { whatIfs: ['idle-keeps-page-table', 'pic-inlined', 'idealized-nic', 'no-skb-copy'] },
  'the VMM drives the NIC': { whatIfs: ['vmm-drives-nic'] },
}

/** Runs to the end, within a number of steps that no run of this size comes near, and holds the run to its books. */
function runsToItsEnd(scenario: Scenario): void {
  const simulation = new Simulation(scenario)
  for (let steps = 0; !simulation.advance(64); steps++) if (steps > 100_000) throw new Error('does not end')
  const { report } = simulation.result()
  expect(report.books.attributed).toBe(report.books.cycles)
  expect(Number.isSafeInteger(report.books.cycles)).toBe(true)
  expect(simulation.bytesDone).toBe(scenario.bytes)
  const { acknowledged, delivered } = simulation.machine.tcp
  expect(scenario.direction === 'send' ? acknowledged : delivered).toBe(scenario.bytes)
  expect(report.throughputMbps).toBeGreaterThan(0)
  expect(report.throughputMbps).toBeLessThanOrEqual(machineConfig(scenario.machine, scenario.custom).linkMbps)
}

const cost = (id: string, value: number) =>
  ({ costs: { [id]: value, ...(id === 'peerLatency' ? { peerDither: Math.min(1, value) } : {}), ...(id === 'peerDither' ? { peerLatency: 900 } : {}) } })
const ends = ({ min, max }: Limit, of: (value: number) => object) => [of(min), of(max)]
const extremes: object[] = [
  ...Object.entries(customLimits).flatMap(([field, limit]) => ends(limit, (value) => ({ [field]: value }))),
  ...Object.entries(nicLimits).flatMap(([field, limit]) => ends(limit, (value) => ({ nic: { [field]: value } }))),
  { nic: { transmitInterruptEvery: 0, transmitInterruptOnIdle: false } }, { duplex: 'half' },
  ...costIds.flatMap((id) => ends(costLimit(id), (value) => cost(id, value))),
]

describe('both ends of every range', () => {
  it.each(Object.entries(ways))('run to their end and balance: %s', (_name, way) => {
    for (const custom of extremes) runsToItsEnd(on(custom, way))
  })
  it('also all together, and with few or many bytes a call', () => {
    const all = (end: 'min' | 'max') => {
      const costs = Object.fromEntries(costIds.map((id) => [id, costLimit(id)[end]]))
      return { ...costs, peerDither: Math.min(costs['peerDither']!, costs['peerLatency']!) }
    }
    for (const way of Object.values(ways)) {
      for (const sendSize of [1, 65_536]) {
        const traffic = { ...way, sendSize, bytes: sendSize === 1 ? 2000 : 200_000 }
        for (const windowSegments of [2, 30]) {
          runsToItsEnd(on({ costs: all('min'), mhz: 10_000, linkMbps: 100_000, windowSegments }, traffic))
          runsToItsEnd(on({ costs: all('max'), windowSegments, duplex: 'half' }, traffic))
          runsToItsEnd(on({ mhz: 10, linkMbps: 0.1, windowSegments }, traffic))
        }
      }
    }
  })
})

describe('any machine', () => {
  const within = ({ min, max, whole }: Limit) => {
    const inside = whole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true })
    return fc.oneof({ weight: 3, arbitrary: inside }, { weight: 1, arbitrary: fc.constantFrom(min, max) })
  }
  const some = (limits: Record<string, Limit>) =>
    fc.record(Object.fromEntries(Object.entries(limits).map(([field, limit]) => [field, within(limit)])), { requiredKeys: [] })
  const machine = fc.record({
    plain: some(customLimits), nic: some(nicLimits), costs: some(Object.fromEntries(costIds.map((id) => [id, costLimit(id)]))),
    duplex: fc.constantFrom('half', 'full'),
  })
  const manner = fc.record({
    way: fc.constantFrom(...Object.values(ways)), sendSize: fc.constantFrom(1, 700, 1448, 4096, 65_536), seed: fc.nat(),
  })

  it('is refused with its field, or runs to its end and balances', () => {
    let ran = 0
    fc.assert(fc.property(machine, manner, ({ plain, nic, costs, duplex }, { way, ...more }) => {
      let scenario: Scenario
      try {
        scenario = on({ ...plain, nic, costs, duplex }, { ...way, ...more, bytes: 6000 })
      } catch (thrown) {
        // each field is within its range: what is left is what they make together
        expect((thrown as Error).message).toMatch(/custom\.timerHz: .* at most \d+ a second|custom\.costs\.peerDither: .* to peerLatency/)
        return
      }
      ran++
      runsToItsEnd(scenario)
    }), { numRuns: 400, seed: 2001 })
    expect(ran).toBeGreaterThan(100)
  })

  it('ends also when its ticks take all of the CPU that they may', () => {
    fc.assert(fc.property(within(customLimits.timerHz), fc.constantFrom(1, 3, 9), manner, (timerHz, factor, { way, ...more }) => {
      const costs = Object.fromEntries(costIds.map((id) => [id, Math.min(costSheet[id].value * factor, costLimit(id).max)]))
      const config = machineConfig('pc-733', { name: 'x', costs })
      const mhz = (tickCycles(config) * timerHz) / 0.8e6
      fc.pre(mhz >= customLimits.mhz.min && mhz <= customLimits.mhz.max / 1.01)
      const peer = { peerLatency: 60, peerDither: 40 }
      runsToItsEnd(on({ mhz: mhz * 1.001, timerHz, costs: { ...costs, ...peer } }, { ...way, ...more, bytes: 3000 }))
      expect(() => on({ mhz: mhz * 0.999, timerHz, costs: { ...costs, ...peer } })).toThrow(/timerHz/)
    }), { numRuns: 60, seed: 2001 })
  })
})

describe('what cannot be', () => {
  it.each<[object, string]>([
    [{ costs: { worldSwitch: 0 } }, 'custom.costs.worldSwitch: worldSwitch 0 is out of range: a whole number from 1 to 60000 (cycles)'],
    [{ costs: { worldSwitch: -1 } }, 'worldSwitch -1 is out of range'],
    [{ costs: { worldSwitch: Number.NaN } }, 'worldSwitch NaN is out of range'],
    [{ costs: { worldSwitch: Infinity } }, 'worldSwitch Infinity is out of range'],
    [{ costs: { worldSwitch: 60_001 } }, 'worldSwitch 60001 is out of range'],
    [{ costs: { worldSwitch: 100.5 } }, 'worldSwitch 100.5 is out of range: a whole number'],
    [{ costs: { worldSwitch: '3865' } }, 'worldSwitch "3865" is no number'],
    [{ costs: { worldSwitch: null } }, 'worldSwitch null is no number'],
    [{ costs: { copyPerByte: 0 } }, 'a number from 0.001 to 30 (cycles a byte)'],
    [{ costs: { peerLatency: 1e4 } }, 'a number from 0.001 to 900 (microseconds)'],
    [{ costs: { wordlSwitch: 3000 } }, '"wordlSwitch" is no field of costs; the nearest is worldSwitch'],
    [{ costs: [] }, 'costs has to be an object'],
    [{ costs: { peerLatency: 20 } }, 'custom.costs.peerDither: peerDither 40 is out of range: a number from 0.001 to peerLatency, here 20'],
    [{ linkMbps: 0 }, 'custom.linkMbps: linkMbps 0 is out of range: a number from 0.1 to 100000 (Mb/s)'],
    [{ linkMbps: -100 }, 'linkMbps -100 is out of range'], [{ mhz: 9.9 }, 'mhz 9.9 is out of range: a number from 10 to 10000 (MHz)'],
    [{ mhz: 1e300 }, 'mhz 1e+300 is out of range'], [{ windowSegments: 1 }, 'a whole number from 2 to 30 (segments)'],
    [{ windowSegments: 31 }, 'windowSegments 31 is out of range'], [{ timerHz: 0 }, 'timerHz 0 is out of range'],
    [{ mhz: 10, timerHz: 1000 }, 'timerHz 1000 is out of range for this machine'],
    [{ nic: { fifoFrames: 0 } }, 'custom.nic.fifoFrames: fifoFrames 0 is out of range: a whole number from 1 to 32 (frames)'],
    [{ nic: { transmitInterruptOnIdle: 1 } }, 'transmitInterruptOnIdle 1 is neither true nor false'],
    [{ nic: { fifo: 1 } }, '"fifo" is no field of nic; the nearest is fifoFrames'],
    [{ mHz: 500 }, '"mHz" is no field of a custom machine; the nearest is mhz'], [{ duplex: 'both' }, 'duplex "both" is unknown'],
    [{ name: '' }, 'name "" cannot be used: 1 to 60 characters'], [{ name: 'x'.repeat(61) }, '1 to 60 characters'],
    [{ name: 'a\nb' }, 'control characters'], [{ name: 5 }, 'name 5 cannot be used'],
  ])('%j is refused with the field, the value and the range', (custom, message) => {
    expect(() => on(custom)).toThrow(message)
    expect(() => on(custom)).toThrow(PlainErrorException)
  })
  it.each([[5], [null], ['pc-733'], [[]], [true]])('%j is no custom machine', (custom) => {
    expect(() => parseScenario({ ...base, custom })).toThrow('a custom machine has to be an object')
  })
  it('a send size over the socket buffer, or nothing to send', () => {
    expect(() => on({}, { sendSize: 65_537 })).toThrow('send size 65537 is out of range: a whole number from 1 to 65536')
    expect(() => on({}, { sendSize: 0 })).toThrow('send size 0')
    expect(() => on({}, { bytes: 0 })).toThrow('bytes 0')
  })
  it('more cycles than can be counted, or more samples than can be kept: said before the run where it can be foreseen', () => {
    const slow = { linkMbps: 0.1, mhz: 10_000 }
    expect(() => on(slow, { bytes: 100e9, samplerHz: 0 })).toThrow(/bytes 100000000000 is out of range on this machine: a whole number from 1 to \d+/)
    expect(() => on({ linkMbps: 1 }, { bytes: 100e9 })).toThrow(/sampler rate 500 is out of range .* from 0 to 58,/)
    expect(on({ linkMbps: 1 }, { bytes: 100e9, samplerHz: 58 }).samplerHz).toBe(58)
    const most = Number(/from 1 to (\d+)/.exec(thrownBy(() => on(slow, { bytes: 100e9, samplerHz: 0 })))![1])
    expect(on(slow, { bytes: most, samplerHz: 0 }).bytes).toBe(most)
    expect(() => on(slow, { bytes: most + 1000, samplerHz: 0 })).toThrow('out of range')
  })
  it('and ended with words where it cannot', () => {
    expect(() => checkBounds(mostCycles, mostSamples)).not.toThrow()
    expect(() => checkBounds(mostCycles + 1, 0)).toThrow(PlainErrorException)
    expect(() => checkBounds(0, mostSamples + 1)).toThrow('samples')
  })
  it('samples that interrupt faster than they can be taken', () => {
    const sampler = { clock: 'locked', timer: 'maskable', sees: 'guest', cost: 'interrupt', attribution: 'due' } as const
    const message = thrownBy(() => parseScenario({ ...base, sampler, samplerHz: 100_000 }))
    expect(message).toContain('sampler rate 100000 is out of range for samples that interrupt')
    const samplerHz = Number(/at most (\d+) a second/.exec(message)![1])
    for (const way of Object.values(ways)) runsToItsEnd(parseScenario({ ...base, ...way, sampler, samplerHz }))
  })
})

function thrownBy(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    return (thrown as Error).message
  }
  throw new Error('nothing was thrown')
}

describe('one byte and 100 GB', () => {
  it('one byte is sent and received', () => {
    for (const way of Object.values(ways)) runsToItsEnd(parseScenario({ ...base, ...way, bytes: 1, sendSize: 1 }))
  })
  it('100 GB begin, tell how far they are, and can be left at any time', () => {
    const simulation = new Simulation(parseScenario({ ...defaultScenario, bytes: 100e9 }))
    expect(simulation.advance(64)).toBe(false)
    const { bytesDone } = simulation
    expect(bytesDone).toBeGreaterThan(0)
    expect(simulation.advance(64)).toBe(false)
    expect(simulation.bytesDone).toBeGreaterThan(bytesDone)
  })
  it('a slow link does not keep a slice from ending', () => {
    const scenario = on({ linkMbps: 0.1, timerHz: 1000 }, { bytes: 100e6, sendSize: 65_536, samplerHz: 10 })
    const simulation = new Simulation(scenario)
    simulation.advance(4096)
    expect(simulation.bytesDone).toBeLessThan(64 * 65_536)
    expect(simulation.machine.clock.segments).toBeLessThan(1_000_000)
  })
})

describe('a scenario with a custom machine', () => {
  const custom: CustomMachine = {
    costs: { peerLatency: 100, worldSwitch: 3000 }, timerHz: 200, nic: { transmitInterruptEvery: 1, fifoFrames: 4 }, duplex: 'half',
    linkMbps: 1000, mhz: 1000, windowSegments: 10, name: 'big',
  }

  it('says everything itself: every override reaches the machine', () => {
    const { config } = new Simulation(parseScenario({ ...base, custom })).machine
    const plain = machineConfig('pc-733')
    expect(config).toEqual({
      ...plain, name: 'big', mhz: 1000, linkMbps: 1000, duplex: 'half', windowSegments: 10, timerHz: 200,
      nic: { fifoFrames: 4, transmitInterruptEvery: 1, transmitInterruptOnIdle: true },
      costs: { ...plain.costs, worldSwitch: 3000, peerLatency: 100 },
    })
  })
  it('has one form, whatever the order of its fields and without what is empty', () => {
    const { nic, costs, ...plain } = custom
    const turned = {
      ...Object.fromEntries(Object.entries(plain).reverse()), nic: { fifoFrames: 4, transmitInterruptEvery: 1 },
      costs: { worldSwitch: 3000, peerLatency: 100 },
    } as CustomMachine
    expect(JSON.stringify(canonicalScenario({ ...base, custom: turned }))).toBe(JSON.stringify(canonicalScenario({ ...base, custom: { ...plain, nic, costs } })))
    const bare = canonicalScenario({ ...base, custom: { name: 'bare', nic: {}, costs: {}, mhz: undefined } })
    expect(canonicalJson(bare.custom)).toBe('{"name":"bare"}')
    expect('custom' in canonicalScenario(base)).toBe(false)
  })
  it('is in the digest and in the name, and changes nothing when it changes nothing', () => {
    const without = simulate(base)
    const same = simulate(on({}))
    expect(same.report.throughputMbps).toBe(without.report.throughputMbps)
    expect(same.report.books).toEqual(without.report.books)
    expect(same.digest).not.toBe(without.digest)
    expect(simulate(on({})).digest).toBe(same.digest)
    expect(scenarioName(on({}))).toBe('VM/mine optimized')
    expect(scenarioName(on({}, ways['native']))).toBe('mine native')
  })
  it('has no figure of the paper beside it', () => {
    const { sendSize } = paperReference.table2.scenario
    expect(paperFigure({ ...defaultScenario, sendSize }, 'vmm')).not.toBeNull()
    expect(paperFigure(on({}, { sendSize }), 'vmm')).toBeNull()
    expect(simulate(on({}, { sendSize })).report.table.every((row) => row.paper === null)).toBe(true)
  })
})

describe('a what-if does what it says', () => {
  const counts = (more: Partial<Scenario>) => simulate({ ...base, bytes: 1_000_000, ...more }).report
  const plain = counts({})

  it('the idle task keeps the page table: context switches cost less', () => {
    const row = (report: typeof plain) => report.table.find(({ id }) => id === 'guest-context-switch')!.averageMicroseconds!
    expect(row(counts({ whatIfs: ['idle-keeps-page-table'] }))).toBeLessThan(row(plain) / 2)
  })
  it('PIC accesses inlined: as many, in less time', () => {
    const row = (report: typeof plain) => report.table.find(({ id }) => id === 'pic-access')!.averageMicroseconds!
    expect(row(counts({ whatIfs: ['pic-inlined'] }))).toBeLessThan(row(plain) / 2)
  })
  it('an idealized NIC: fewer accesses and interrupts', () => {
    const idealized = counts({ whatIfs: ['idealized-nic'] }).counts
    expect(idealized.rapAccesses).toBeLessThan(plain.counts.rapAccesses)
    expect(idealized.guestIrqs).toBeLessThan(plain.counts.guestIrqs)
  })
  it('no copy into the sk_buff: VMNet is faster', () => {
    const fast = counts({ whatIfs: ['no-skb-copy'] }).vmnetTransmit!
    expect(fast.isolatedMeanCycles).toBeLessThan(plain.vmnetTransmit!.isolatedMeanCycles - 1000)
  })
  it('the VMM drives the NIC: hardly a world switch, no VMNet', () => {
    const direct = counts({ whatIfs: ['vmm-drives-nic'] }).counts
    expect(direct.vmnetTransmits).toBe(0)
    expect(direct.worldSwitches).toBeLessThan(plain.counts.worldSwitches / 4)
  })
  it('all of them together run with any optimizations, both ways', () => {
    for (const optimizations of [[], [...optimizationIds]]) {
      for (const direction of ['send', 'receive'] as const) {
        for (const whatIfs of [[...whatIfIds], ...whatIfIds.map((id) => [id])]) {
          runsToItsEnd(parseScenario({ ...base, optimizations, direction, whatIfs }))
        }
      }
    }
  })
})

describe('a machine file', () => {
  const doc = new URL('../../../docs/machine-file.md', import.meta.url)
  const text = readFileSync(doc, 'utf8')
  const utf8 = (content: unknown) => new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content))
  const example = JSON.parse(/```json\n([^]*?)```/.exec(text)![1]!) as Record<string, unknown>
  const read = (content: unknown) => parseMachineFile('mine.json', utf8(content))

  it('is described as the program checks it (UPDATE_GOLDEN=1 writes the tables)', () => {
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(doc, withTables(text))
    const written = readFileSync(doc, 'utf8')
    expect(written).toBe(withTables(written))
    for (const id of costIds) expect(written).toContain(`| \`${id}\` |`)
  })
  it('has an example that runs', () => {
    const { machine, custom } = read(example)
    const { format: _format, version: _version, base: from, ...rest } = example
    expect({ machine, custom }).toEqual({ machine: from, custom: rest })
    runsToItsEnd(parseScenario({ ...base, machine, custom }))
  })
  it.each<[string, object, string]>([
    ['an unknown field', { ...example, speed: 1 }, '"speed" is no field of a machine file'],
    ['a cost out of range', { ...example, costs: { worldSwitch: 0 } }, 'costs.worldSwitch: worldSwitch 0 is out of range: a whole number from 1 to 60000'],
    ['an unknown cost', { ...example, costs: { worldswitch: 1 } }, '"worldswitch" is no field of costs; the nearest is worldSwitch'],
    ['no base', { ...example, base: undefined }, 'base is missing: one of pc-733, pc-350'],
    ['another base', { ...example, base: 'pc-1000' }, 'base "pc-1000" is unknown'],
    ['no name', { ...example, name: undefined }, 'name is missing'],
    ['another format', { ...example, format: 'x' }, 'its format has to be "worldswitch.machine"'],
    ['a newer version', { ...example, version: 2 }, 'it has version 2, and this Worldswitch reads version 1'],
    ['no version', { ...example, version: undefined }, 'version is missing: 1 is needed'],
    ['fields that do not go together', { ...example, mhz: 10, timerHz: 1000 }, 'timerHz 1000 is out of range for this machine'],
  ])('with %s is refused, naming file and field', (_what, content, message) => {
    expect(() => read(content)).toThrow(message)
    try {
      read(content)
    } catch (thrown) {
      expect((thrown as PlainErrorException).plain.where).toBe('mine.json')
    }
  })
  it.each(['', '{', 'null', '[]', '5', '"worldswitch.machine"', '{"costs": NaN}'])('%j is none', (content) => {
    expect(() => read(content)).toThrow(PlainErrorException)
  })
  it('whatever the bytes are, it is read or refused in words', () => {
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(example), 'timerHz', '__proto__', 'constructor'), fc.jsonValue())
    fc.assert(fc.property(fc.oneof(fields.map((some) => ({ ...example, ...some })), fc.jsonValue(), fc.string()), (content) => {
      try {
        read(content)
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(PlainErrorException)
      }
    }), { numRuns: 500, seed: 2001 })
    expect(() => parseMachineFile('x.json', Uint8Array.of(0xff, 0xfe, 0))).toThrow(PlainErrorException)
    expect(() => parseMachineFile('x.json', new Uint8Array(largestMachineFile + 1))).toThrow('is the most that is read')
  })
  it('is recognised by its content and the end of its name, also when it is damaged', () => {
    expect(isMachineFile('Mine.JSON', utf8(example))).toBe(true)
    expect(isMachineFile('mine.json', utf8('{ "format" : "worldswitch.machine", '))).toBe(true)
    expect(isMachineFile('mine.txt', utf8(example))).toBe(false)
    expect(isMachineFile('mine.json', utf8({ format: 'else' }))).toBe(false)
    expect(isMachineFile('mine.json', new Uint8Array(largestMachineFile + 1))).toBe(false)
  })
})
