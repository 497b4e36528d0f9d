import { functionCount, functionTable } from '../../machine/functions'
import { lanceIrq, timerIrq } from '../../machine/guest/irq'
import { HostLine } from '../../machine/host/lines'
import { PacketFlag, PacketRing } from '../../machine/packets'

/** What lanes and marks can be called: the simulated functions by their ids, then everything that is no function. */
const others = [
  'data to the peer', 'ACK to the peer', 'SYN to the peer', 'FIN to the peer',
  'data from the peer', 'ACK from the peer', 'SYN from the peer', 'FIN from the peer',
  'host timer', 'host NIC', 'sampling interrupt line', 'guest timer (IRQ 0)', `guest Lance (IRQ ${lanceIrq})`,
  'to the host', 'to the VMM',
] as const
type Other = (typeof others)[number]

export const names: string[] = [...functionTable.map(({ name }) => name), ...others]

const numberOf = (name: Other) => functionCount + others.indexOf(name)

export const toHost = numberOf('to the host')
export const toVmm = numberOf('to the VMM')

export function hostLineName(line: number): number {
  if (line === HostLine.Timer) return numberOf('host timer')
  return numberOf(line === HostLine.Nic ? 'host NIC' : 'sampling interrupt line')
}

export function guestIrqName(irq: number): number {
  return numberOf(irq === timerIrq ? 'guest timer (IRQ 0)' : `guest Lance (IRQ ${lanceIrq})`)
}

/** What a frame carries: `ring` holds it still. */
export function frameName(ring: PacketRing, packet: number, direction: 'to' | 'from'): number {
  const slot = PacketRing.slot(packet)
  const flags = ring.flags[slot]!
  if (ring.payload[slot]! > 0) return numberOf(`data ${direction} the peer`)
  if (flags & PacketFlag.Syn) return numberOf(`SYN ${direction} the peer`)
  return numberOf(flags & PacketFlag.Fin ? `FIN ${direction} the peer` : `ACK ${direction} the peer`)
}
