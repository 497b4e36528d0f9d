import * as z from 'zod'
import type { ExperimentWork } from '../../experiment-kinds'
import { PacketRecorder } from './packet-recorder'
import { recordingOf } from './recording'
import { parseRequest } from './requests'
import type { PacketsRequest } from './types'

/** Each packet takes some 300 bytes, and percentiles of more are no better. */
const mostPackets = 20_000

/** Throws a PlainErrorException that names the field. */
export function parsePacketsRequest(request: unknown): PacketsRequest {
  return parseRequest('The packets cannot be shown', { limit: z.int().min(1).max(mostPackets) }, request)
}

/** The way of every packet with data, or of those in the middle of a run that has more than `limit`. */
export function* packets({ scenario, limit }: PacketsRequest): ExperimentWork<'packets'> {
  const recording = yield* recordingOf(scenario)
  const { packetsInRun, runCycles } = recording
  const count = Math.min(limit, packetsInRun)
  const first = Math.floor((packetsInRun - count) / 2)
  const seen = yield* recording.follow(first, (machine) => new PacketRecorder(machine, first, count), ({ done }) => done)
  const passed = seen.stations.flatMap((_, i) => (seen.at[i]!.every(Number.isNaN) ? [] : [i]))
  return {
    mhz: recording.machine.config.mhz, runCycles, packetsInRun, first,
    stations: passed.map((i) => {
      const { id, label, what, world } = seen.stations[i]!
      return { id, label, what, world }
    }),
    packet: Int32Array.from({ length: count }, (_, row) => first + row),
    at: passed.map((i) => seen.at[i]!), switches: passed.map((i) => seen.switches[i]!),
    nestedInterrupts: seen.nestedInterrupts, combinedWith: seen.combinedWith,
  }
}
