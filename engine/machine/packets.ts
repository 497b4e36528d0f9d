/**
 * Packets of one direction, in order, from the place where they are built to the place where they end.
 * Nothing is lost or overtaken on this path, so each station needs only a counter: packet `n` is at the
 * first station whose counter is not past `n`. The columns are rings, reused long after a packet has gone.
 */
const capacity = 1024

export const PacketFlag = { Syn: 1, Fin: 2, Ack: 4 } as const

export class PacketRing {
  /** TCP payload, bytes. */
  readonly payload = new Int32Array(capacity)
  readonly flags = new Uint8Array(capacity)
  /** Payload bytes acknowledged by this packet, counted from the start of the connection. */
  readonly acknowledges = new Float64Array(capacity)
  /** Counter reading at which the sender's driver took the packet. */
  readonly takenAt = new Float64Array(capacity)
  /** Packets built so far. */
  built = 0

  add(payload: number, flags: number, acknowledges: number): number {
    const at = this.built & (capacity - 1)
    this.payload[at] = payload
    this.flags[at] = flags
    this.acknowledges[at] = acknowledges
    return this.built++
  }

  static slot(packet: number): number {
    return packet & (capacity - 1)
  }
}

/** Ethernet frame of a TCP/IPv4 packet with timestamps: 14 + 20 + 20 + 12 + payload + 4, at least 64 bytes. */
export function frameBytes(payload: number): number {
  return Math.max(64, payload + 70)
}

/** Time on the wire is that of the frame, its preamble (8 bytes) and the gap behind it (12 bytes; IEEE 802.3). */
export const wireOverheadBytes = 20
