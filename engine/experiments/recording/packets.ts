import * as z from 'zod'
import type { ExperimentWork } from '../../experiment-kinds'
import { PacketRecorder } from './packet-recorder'
import { recordingOf } from './recording'
import { parseRequest, rangeFields } from './requests'
import type { PacketsRequest } from './types'

/** Each packet takes some 300 bytes, and percentiles of more are no better. */
const mostPackets = 20_000

const requestFields = {
  limit: z.int().min(1).max(mostPackets), range: z.strictObject(rangeFields).exactOptional(),
}

/** Throws a PlainErrorException that names the field. */
export function parsePacketsRequest(request: unknown): PacketsRequest {
  return parseRequest('The packets cannot be shown', requestFields, request)
}

/** The way of every packet with data that the range has, or of those in its middle when it has more than `limit`. */
export function* packets({ scenario, limit, range }: PacketsRequest): ExperimentWork<'packets'> {
  const recording = yield* recordingOf(scenario)
  const { packetsInRun, runCycles } = recording
  const around = range ? recording.packetsAround(range.fromCycles, range.toCycles) : { first: 0, end: packetsInRun }
  const { first, count } = middle(around.first, around.end - around.first, range ? mostPackets : limit)
  const seen = yield* recording.follow(first, (machine) => new PacketRecorder(machine, first, count), ({ done }) => done)
  const rows = range ? rowsBegun(seen, range) : { first: 0, count }
  const cut = middle(rows.first, rows.count, limit)
  const part = <Column extends Float64Array | Int32Array>(column: Column): Column =>
    column.slice(cut.first, cut.first + cut.count) as Column
  const at = seen.at.map(part)
  const passed = seen.stations.flatMap((_, i) => (at[i]!.every(Number.isNaN) ? [] : [i]))
  return {
    mhz: recording.machine.config.mhz, runCycles, packetsInRun, first: first + cut.first,
    stations: passed.map((i) => {
      const { id, label, what, world } = seen.stations[i]!
      return { id, label, what, world }
    }),
    packet: Int32Array.from({ length: cut.count }, (_, row) => first + cut.first + row),
    at: passed.map((i) => at[i]!), switches: passed.map((i) => part(seen.switches[i]!)),
    nestedInterrupts: part(seen.nestedInterrupts), combinedWith: part(seen.combinedWith),
  }
}

/** At most `limit` of them, those in the middle. */
function middle(first: number, available: number, limit: number): { first: number; count: number } {
  const count = Math.min(limit, available)
  return { first: first + Math.floor((available - count) / 2), count }
}

/** Rows whose way began in the range. Ways begin in the order of the packets, so they are one stretch. */
function rowsBegun({ at, count }: PacketRecorder, { fromCycles, toCycles }: NonNullable<PacketsRequest['range']>): { first: number; count: number } {
  let [first, end] = [count, 0]
  for (let row = 0; row < count; row++) {
    const begun = at.reduce((least, station) => (station[row]! < least ? station[row]! : least), Infinity)
    if (begun < fromCycles || begun >= toCycles) continue
    first = Math.min(first, row)
    end = row + 1
  }
  return end > first ? { first, count: end - first } : { first: 0, count: 0 }
}
