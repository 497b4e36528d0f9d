import * as z from 'zod'
import type { ExperimentWork } from '../experiment-kinds'
import type { Experiment } from '../experiments/experiment'
import { PlainErrorException } from '../plain-error'
import type { SessionRun } from '../session/document'
import { exportIds } from './kinds'
import { exportRun } from './writers'

const cycles = z.number().min(0).max(Number.MAX_SAFE_INTEGER)
// the shape only: going through every sample would take longer than writing them
const run = z.custom<SessionRun>((value) => z.looseObject({
  kind: z.enum(['simulated', 'imported']), id: z.string(), name: z.string(), profile: z.looseObject({}),
}).safeParse(value).success, { error: 'is no run' })
const request = z.strictObject({
  run, format: z.enum(exportIds), range: z.strictObject({ fromCycles: cycles, toCycles: cycles }).exactOptional(),
})

/** Writing a run for another program, as the window asks for it. */
export const exportExperiment: Experiment<'export'> = {
  rank: 'normal',
  parse(asked) {
    const parsed = request.safeParse(asked)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    throw new PlainErrorException({ what: `The run cannot be exported: ${issue ? `${issue.path.join('.') || 'request'}: ${issue.message}` : 'unreadable request'}.` })
  },
  *run({ run, format, range }): ExperimentWork<'export'> {
    const { bytes, lost } = yield* exportRun(run, format, range ?? null)
    // a view into a larger buffer would be copied with all of it on its way to the window
    return { bytes: bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(), lost }
  },
}
