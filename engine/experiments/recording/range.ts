import type { ExperimentWork } from '../../experiment-kinds'
import { profileOf } from '../measured'
import { observed } from '../observed'
import { reconciliations } from '../reconciliations'
import { table2 } from '../table2'
import { between, readingAt } from './reading'
import { recordingOf } from './recording'
import { parseRequest, rangeFields, rangeOf } from './requests'
import type { RangeRequest } from './types'

/** Throws a PlainErrorException that names the field. */
export function parseRangeRequest(request: unknown): RangeRequest {
  return parseRequest('The range cannot be shown', rangeFields, request)
}

/**
 * Profile and Table 2 of a range of a run: what the books say at its end less what they say at its beginning, and the
 * samples in between. Ranges that adjoin add up; the whole run's are the run's own.
 */
export function* range(request: RangeRequest): ExperimentWork<'range'> {
  const recording = yield* recordingOf(request.scenario)
  const [from, to] = rangeOf(request, recording.runCycles)
  const { machine, sampler } = recording
  const seen = observed(machine, sampler, recording.samplesIn(from, to))
  const first = yield* readingAt(recording, from)
  const last = yield* readingAt(recording, to)
  const measured = between(recording, first, last)
  const splits = machine.scenario.vm === 'hosted' ? reconciliations(measured, seen) : []
  return {
    fromCycles: from, toCycles: to, mhz: machine.config.mhz,
    profile: profileOf(measured, seen.hits),
    table: table2(measured, seen, splits),
    packets: measured.packets, samples: seen.sequence.length,
  }
}
