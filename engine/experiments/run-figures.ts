import type { RunHead } from '../run-report'

/** The figures that sweeps and tornados are about; null where a run has none. */
export interface RunFigures {
  /** 10^6 bits a second of the guest program's data. */
  throughputMbps: number
  /** Of elapsed time, for each packet in the direction of the data. */
  microsecondsAPacket: number | null
  /** Directly measured, of total time. */
  idlePercent: number | null
}

export const figureIds = ['throughputMbps', 'microsecondsAPacket', 'idlePercent'] as const
export type FigureId = (typeof figureIds)[number]

/** A packet is one that a sender sent or a receiver received; the few that connect and close count too. */
export function runFigures({ throughputMbps, simulatedSeconds, idlePercent, counts, scenario }: RunHead): RunFigures {
  const packets = scenario.direction === 'send' ? counts.packetsSent : counts['packetsReceived'] ?? 0
  return {
    throughputMbps, idlePercent: idlePercent.direct,
    microsecondsAPacket: packets > 0 ? (simulatedSeconds * 1e6) / packets : null,
  }
}
