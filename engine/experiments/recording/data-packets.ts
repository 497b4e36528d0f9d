import { mss } from '../../machine/guest/tcp'
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

/** Packets with data whose way has begun: a buffer made for the segment, or the peer wants to send it. */
export function dataPacketsBegun({ scenario, tcp, peer }: Machine): number {
  if (scenario.direction === 'send') return tcp.segmentsBuilt
  return Math.min(Math.ceil(scenario.bytes / mss), Math.max(0, peer.packetsReady - handshake.receive))
}

/** Bytes of payload up to and with a packet from the peer, which fills every segment but the last. */
export function bytesUpTo({ scenario }: Machine, packet: number): number {
  return Math.min((packet + 1) * mss, scenario.bytes)
}
