import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importProfile } from '../../../engine/formats/open-profile'
import { QemuTraceReader } from '../../../engine/formats/qemu-trace/read'
import { bytesOf, fixture, rowsOf, totalOf } from './readers'

/** Counts by register of the capture, by an independent script that came with it. */
const counted: [string, number][] = [
  ['RAP W', 16368], ['RDP W CSR0', 6123], ['RDP R CSR3', 4066], ['RDP W CSR3', 4066], ['RDP R CSR0', 2035], ['RDP R CSR5', 12],
  ['RDP W CSR5', 8], ['RDP R CSR112', 7], ['APROM R', 6], ['RDP W CSR8', 5], ['RDP W CSR9', 5], ['RDP W CSR10', 5],
  ['RDP W CSR11', 5], ['RDP R CSR15', 4], ['RDP W CSR15', 4], ['RESET R', 2], ['BDP W BCR20', 2], ['RDP W CSR1', 2],
  ['RDP W CSR2', 2], ['BDP R BCR2', 2], ['BDP W BCR2', 2], ['BDP R BCR4', 2], ['RAP R', 1], ['RDP R CSR88', 1], ['RDP R CSR89', 1],
  ['RDP R CSR12', 1], ['RDP R CSR13', 1], ['RDP R CSR14', 1], ['BDP R BCR9', 1], ['BDP W BCR9', 1], ['RDP R CSR124', 1],
  ['RDP W CSR124', 1], ['RDP W CSR4', 1],
]

describe('QEMU trace logs', () => {
  it('of a pcnet: every access by its register, frames, interrupts and useless address writes', () => {
    const { profile, format, report } = importProfile('log', fixture('pcnet-tx.log'))
    expect(format).toBe('qemu-trace')
    expect(report).toMatchObject({ lines: 36_822, notUnderstood: 0, stampsOutOfOrder: 0 })
    expect(new Map(report.pcnet!.registers.map(({ register, all }) => [register, all]))).toEqual(new Map(counted))
    // 75 % of the address writes choose what is chosen; 15.9 accesses and 0.99 interrupts a frame: the capture's notes
    const { frames, rapWrites, redundantRap, accessesInTransfer, interruptsInTransfer, interrupts } = report.pcnet!
    expect([frames, interrupts]).toEqual([2055, 2033])
    expect(redundantRap / rapWrites).toBeCloseTo(0.75, 2)
    const accesses = report.pcnet!.registers.reduce((sum, { all }) => sum + all, 0)
    expect(accesses / frames).toBeCloseTo(15.93, 2)
    // without what the boot did before the first frame
    expect(accesses - accessesInTransfer).toBeGreaterThan(100)
    expect(accessesInTransfer / (frames - 1)).toBeCloseTo(15.86, 2)
    expect(interruptsInTransfer / frames).toBeCloseTo(0.99, 2)
    expect(totalOf(profile)).toBe(36_822)
    expect(profile.samples.time!.at(-1)).toBeGreaterThan(16)
  })

  it('of a pcnet without stamps: the same registers, and no times', () => {
    const { profile, report } = importProfile('log', fixture('pcnet-tx-nots.log'))
    expect(report).toMatchObject({ lines: 5072, notUnderstood: 0 })
    const { frames, registers, rapWrites, redundantRap, family, loggedTwice } = report.pcnet!
    const count = (name: string) => registers.find(({ register }) => register === name)?.all
    // counted by grep and awk: `data=0x48` after a RAP of 0, and all writes of addr=0x12
    expect([frames, count('RAP W'), rapWrites]).toEqual([269, 2254, 2254])
    expect(redundantRap / rapWrites).toBeGreaterThan(0.7)
    expect([family, loggedTwice]).toEqual(['device', 0])
    expect(profile.samples.time).toBeUndefined()
  })

  it('of a virtio card: kicks and interrupts of the transfer, without those of the boot', () => {
    const { profile, report } = importProfile('log', fixture('virtio-tx-mr.filtered.log'))
    expect(report).toMatchObject({ lines: 586, notUnderstood: 0 })
    // the capture's notes say 129 kicks and 251 notifies for the 220 frames
    expect(report.cards).toMatchObject([{ card: 'virtio-net', family: 'device', kicks: 134, kicksInTransfer: 129, interrupts: 258, interruptsInTransfer: 251 }])
    expect(report.cards![0]!.registers.map(({ register }) => register).slice(0, 3)).toEqual(['kick of queue 1 (transmit)', 'interrupt for queue 1 (transmit)', 'interrupt for queue 0 (receive)'])
    expect(profile.samples.time!.at(-1)).toBeGreaterThan(10)
    expect(profile.frames.name).toContain('virtio-pci-common-virtio-net W')
  })

  const read = (...lines: string[]) => {
    const reader = new QemuTraceReader('x', 'r')
    reader.push(bytesOf(lines.join('\n')))
    return reader.finish()
  }

  it('without stamps have no times, double words have their own ports, and other text is counted', () => {
    const { profile, report } = read('pcnet_ioport_write opaque=0x1 addr=0x14 data=0x3 size=4', 'some words of QEMU', 'pcnet_ioport_read opaque=0x1 addr=0x10 size=4')
    expect(rowsOf(profile)).toEqual(['all: pcnet;pcnet_ioport_write;RAP W 1', 'all: pcnet;pcnet_ioport_read;RDP R CSR3 1'])
    expect(report.notUnderstood).toBe(1)
    expect(profile.samples.time).toBeUndefined()
  })

  it('with both families on have each access once, and say so', () => {
    const region = (way: string, port: number, value: number) => `memory_region_ops_${way} cpu 0 mr 0x2 addr 0x${(0xc000 + port).toString(16)} value 0x${value.toString(16)} size 2 name 'pcnet-io'`
    const both = [
      region('write', 0x12, 0), 'pcnet_ioport_write opaque=0x1 addr=0x12 data=0x0 size=2',
      region('write', 0x10, 0x48), 'pcnet_ioport_write opaque=0x1 addr=0x10 data=0x48 size=2',
      'pcnet_ioport_read opaque=0x1 addr=0x10 size=2', region('read', 0x10, 0x73),
    ]
    const { profile, report } = read(...both)
    expect(report.pcnet).toMatchObject({ family: 'device', loggedTwice: 3, frames: 1, rapWrites: 1, redundantRap: 1 })
    expect(report.samplesDropped).toEqual([{ reason: expect.stringContaining('log accesses of the card once more') as string, count: 3 }])
    expect(totalOf(profile)).toBe(3)
    const alone = read(...both.filter((line) => line.startsWith('memory')))
    expect(alone.report.pcnet).toMatchObject({ family: 'region', loggedTwice: 0, frames: 1, rapWrites: 1, registers: report.pcnet!.registers })
    expect(rowsOf(alone.profile)).toContain('all: memory;memory_region_ops_write;RDP W CSR0 1')
  })

  it('of an e1000 count its registers, through its memory region or its own events', () => {
    const at = (seconds: string, text: string) => `1@${seconds}:${text}`
    const region = (way: string, offset: number) => `memory_region_ops_${way} cpu 0 mr 0x2 addr 0x${(0xfeb80000 + offset).toString(16)} value 0x5 size 4 name 'e1000-mmio'`
    const { report } = read(
      at('10.0', region('write', 0x3818)), at('12.0', region('write', 0x3818)), at('12.1', region('read', 0xc0)), at('12.2', region('write', 0x3818)), at('12.3', region('write', 0x9999)),
    )
    expect(report.cards).toMatchObject([{ card: 'e1000', family: 'region', kicks: 3, kicksInTransfer: 2, interrupts: 1, interruptsInTransfer: 1 }])
    expect(report.cards![0]!.registers).toEqual([
      { register: 'TDT W', all: 3, inTransfer: 2 }, { register: 'ICR R', all: 1, inTransfer: 1 }, { register: 'other registers W', all: 1, inTransfer: 1 },
    ])
    const own = read('e1000e_core_write Write to register 0x3818, 4 byte(s), value: 0x5', 'e1000e_core_read Read from register 0xc0, 4 byte(s) = 0x80')
    expect(own.report.cards).toMatchObject([{ family: 'device', kicks: 1, interrupts: 1 }])
  })

  it('of a real e1000: its cause register is read once for each interrupt that the guest counted', () => {
    const { report } = importProfile('x', fixture('e1000-tx-mr.log'))
    expect(report).toMatchObject({ lines: 8431, notUnderstood: 0, stampsOutOfOrder: 0, samplesKept: 8431, samplesDropped: [] })
    // the guest's own counters of that run: 1802 frames sent, 1797 received, 1166 interrupts
    expect(report.cards).toMatchObject([{ card: 'e1000', family: 'region', loggedTwice: 0, kicks: 1301, interrupts: 1166 }])
    const all = new Map(report.cards![0]!.registers.map(({ register, all: count }) => [register, count]))
    // NAPI masks and unmasks around each poll; the lines were counted with grep
    expect(['STATUS R', 'TDT W', 'ICR R', 'IMC W', 'IMS W', 'RDT W', 'ITR W'].map((register) => all.get(register))).toEqual([2332, 1301, 1166, 1166, 1166, 1154, 146])
  })

  it('of anything never throw: what is no event is counted, numbers may be of any size', () => {
    const huge = `0x${'f'.repeat(400)}`
    const { report } = read(
      `pcnet_ioport_write opaque=0x1 addr=${huge} data=0x1 size=2`, `pcnet_ioport_write opaque=0x1 addr=0xffffffffffffffff data=${'9'.repeat(30)} size=2`,
      `memory_region_ops_write cpu 0 mr 0x2 addr -5 value ${huge} size 2 name 'pcnet-io'`, "memory_region_ops_write cpu 0 mr 0x2 addr 0xffffffffffffffff value 0x1 size 4 name 'e1000-mmio'",
      'virtio_queue_notify vdev 0x1 n -7 vq 0x1', 'virtio_notify', 'pcnet_ioport_write', `e1000e_core_write Write to register ${huge}, 4 byte(s), value: ${huge}`,
      '1@99999999999999999999999.5:pcnet_init s=0x1', '@:pcnet', 'pcnet_ioport_write opaque=0x1 addr=0x12 da', `pcnet_init ${'x'.repeat(5000)}`,
    )
    expect(report.samplesKept + report.samplesDropped.reduce((sum, { count }) => sum + count, 0) + report.notUnderstood).toBe(12)
    fc.assert(fc.property(fc.array(fc.oneof(
      fc.string(), fc.tuple(fc.constantFrom('pcnet_ioport_write', 'memory_region_ops_read', 'virtio_notify', 'e1000e_core_read', 'pcnet_isr_change'), fc.string()).map((parts) => parts.join(' ')),
    ), { minLength: 1 }), (lines) => {
      expect(read('pcnet_init s=0x1', ...lines).report.samplesKept).toBeGreaterThan(0)
    }), { numRuns: 200 })
  })
})
