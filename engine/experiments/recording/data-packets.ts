import type { Machine } from '../../machine/machine'

/** Packets before the first with data: SYN and its ACK from the guest, the peer's SYN towards it. */
const handshake = { send: 2, receive: 1 } as const

/**
 * Data packets are numbered from 0 in the direction that carries data. Nothing else travels in that direction between
 * the handshake and FIN, so a number is its packet's place in the ring less the handshake.
 * -1 for a packet of the other direction or without data.
 */
export function dataPacket({ scenario, outbound, inbound }: Machine, direction: 'out' | 'in', packet: number): number {
  if ((scenario.direction === 'send') !== (direction === 'out')) return -1
  const ring = direction === 'out' ? outbound : inbound
  if (packet >= ring.built) return -1
  return ring.payload[packet & (ring.payload.length - 1)]! > 0 ? packet - handshake[scenario.direction] : -1
}
