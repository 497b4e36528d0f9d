import { argOf, type TraceEvent } from './line'

/**
 * Who logged an access. A device has events of its own, and the memory region below it may log each access once more: with
 * both switched on the log has everything twice, reads in the opposite order to writes.
 */
export type Family = 'device' | 'region'

export interface Access {
  device: 'pcnet' | 'e1000' | 'virtio-net'
  family: Family
  write: boolean
  /** Of the register, from the beginning of its region. */
  offset: number
  size: number
  /** What was written, or read where the log says so. */
  value: number | null
  /** Name of the memory region; '' of a device's own event. */
  region: string
}

/** Regions are aligned to their size, so an address holds the offset: 32 ports of a pcnet, 128 KB of an e1000. */
const pcnetMask = 0x1f
const e1000Mask = 0x1ffff

const e1000Core = /^e1000e?_core_(read|write)$/
const e1000Text = /register (0x[0-9a-f]+), (\d+) byte\(s\)(?:, value:| =) (0x[0-9a-f]+)/i

/** The access that an event logs; null when it logs none of a card that is known here. */
export function accessOf({ name, args }: TraceEvent): Access | null {
  if (name === 'pcnet_ioport_write' || name === 'pcnet_ioport_read') return ofPcnet(name === 'pcnet_ioport_write', args)
  if (name === 'memory_region_ops_write' || name === 'memory_region_ops_read') return ofRegion(name === 'memory_region_ops_write', args)
  const core = e1000Core.exec(name)
  const [, address, size, value] = (core && e1000Text.exec(args)?.map(Number)) ?? []
  if (!core || address === undefined || !Number.isFinite(address)) return null
  return { device: 'e1000', family: 'device', write: core[1] === 'write', offset: masked(address, e1000Mask), size: size!, value: value!, region: '' }
}

function ofPcnet(write: boolean, args: string): Access | null {
  const [offset, size] = [argOf(args, 'addr'), argOf(args, 'size')]
  if (offset === null || size === null) return null
  return { device: 'pcnet', family: 'device', write, offset, size, value: write ? argOf(args, 'data') : null, region: '' }
}

function ofRegion(write: boolean, args: string): Access | null {
  const region = /name '([^']*)'/.exec(args)?.[1] ?? ''
  const [address, size] = [argOf(args, 'addr'), argOf(args, 'size')]
  if (address === null || size === null) return null
  const access = { family: 'region', write, size, value: argOf(args, 'value'), region } as const
  if (/^pcnet-(?:io|mmio)/.test(region)) return { ...access, device: 'pcnet', offset: masked(address, pcnetMask) }
  if (/^e1000e?-mmio/.test(region)) return { ...access, device: 'e1000', offset: masked(address, e1000Mask) }
  return /^virtio-pci-.*virtio-net|^virtio-pci-notify/.test(region) ? { ...access, device: 'virtio-net', offset: address } : null
}

/** Of numbers beyond 2^31 too. */
function masked(address: number, mask: number): number {
  return Number(BigInt.asUintN(32, BigInt(Math.trunc(address))) & BigInt(mask))
}
