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

  it('without stamps have no times, double words have their own ports, and other text is counted', () => {
    const reader = new QemuTraceReader('x', 'r')
    reader.push(bytesOf('pcnet_ioport_write opaque=0x1 addr=0x14 data=0x3 size=4\nsome words of QEMU\npcnet_ioport_read opaque=0x1 addr=0x10 size=4\nmemory_region_ops_write cpu 0 mr 0x2 addr 0x10 value 0x48 size 2 name \'pcnet\'\n'))
    const { profile, report } = reader.finish()
    expect(rowsOf(profile)).toEqual([
      'all: pcnet;pcnet_ioport_write;RAP W 1', 'all: pcnet;pcnet_ioport_read;RDP R CSR3 1', 'all: memory;memory_region_ops_write 1',
    ])
    expect(report.notUnderstood).toBe(1)
    expect(profile.samples.time).toBeUndefined()
  })
})
