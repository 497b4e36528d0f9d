/** The lanes that a packet passes, from left to right. */
export interface PacketLane {
  title: string
  /** Where the title would be cut. */
  short: string
}

/** One hop of the packet, with the spread of all packets on the same hop. Microseconds. */
export interface PacketHop {
  label: string
  lane: number
  world: number
  microseconds: number
  /** As it is written in the box, fit for its size. */
  text: string
  switches: number
  /** p5, p50, p95 of the packets that have this hop. */
  spread: { p5: number; p50: number; p95: number } | null
}

/** All that the picture of one packet depends on. */
export interface PacketScene {
  lanes: readonly PacketLane[]
  hops: readonly PacketHop[]
  /** Hop under the pointer, -1 without. */
  hovered: number
  dark: boolean
}

const leastRow = 16
const mostRow = 22
const scaleBar = 24
const headRow = 24

/** The strip to scale, the heads of the lanes, a row a hop. */
export const packetTop = scaleBar + headRow

const below = 6

/** Height of a hop's row in a picture of this height. */
export function hopRow({ hops }: Pick<PacketScene, 'hops'>, height: number): number {
  return Math.max(leastRow, Math.min(mostRow, Math.floor((height - packetTop - below) / Math.max(1, hops.length))))
}

/** Below this the picture scrolls. */
export function packetHeight({ hops }: Pick<PacketScene, 'hops'>): number {
  return packetTop + hops.length * leastRow + below
}

export interface PacketColumns {
  label: number
  /** Left edge of the lanes and width of each. */
  lanes: number
  lane: number
  switches: number
  /** The spread's plot. */
  plot: number
  plotWidth: number
}

/** Places of the columns in a picture of this width. */
export function packetColumns(width: number, lanes: number): PacketColumns {
  const label = Math.max(140, Math.min(250, width * 0.27))
  const switches = 34
  const plotWidth = Math.max(110, Math.min(260, width * 0.26))
  const lane = Math.max(34, (width - label - switches - plotWidth - 18) / lanes)
  const end = label + lanes * lane
  return { label: 8, lanes: label, lane, switches: end + 6, plot: end + 6 + switches, plotWidth: Math.max(60, width - end - switches - 18) }
}

/** Row of the hop at this height, -1 for none. */
export function hopAt(scene: Pick<PacketScene, 'hops'>, y: number, height: number): number {
  const row = Math.floor((y - packetTop) / hopRow(scene, height))
  return row >= 0 && row < scene.hops.length ? row : -1
}
