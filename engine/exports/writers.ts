import type { ExperimentStep } from '../experiment-kinds'
import { writeChromeTrace } from '../formats/chrome-trace/write'
import { writeFunctionsCsv, writeSamplesCsv } from '../formats/csv/write'
import { writeGecko } from '../formats/firefox/write'
import { writeFolded } from '../formats/folded/write'
import { writePprof } from '../formats/pprof/write'
import { writeSpeedscope } from '../formats/speedscope/write'
import type { Profile } from '../profile/columns'
import { encodeSession } from '../session/archive'
import { emptyView, type SessionRun } from '../session/document'
import type { ExportId } from './kinds'
import { lossesOf } from './losses'
import { samplesOfRun } from './samples-of-run'
import { traceOfRun } from './trace-of-run'
import type { CycleRange, Exported } from './types'

const text = (content: string) => new TextEncoder().encode(content)

/** Formats that are written from the columns alone. */
const plainWriters: Record<Exclude<ExportId, 'gecko' | 'chrome-trace' | 'session'>, (profile: Profile) => Uint8Array> = {
  pprof: writePprof,
  speedscope: (profile) => text(writeSpeedscope(profile)),
  folded: (profile) => text(writeFolded(profile)),
  csv: (profile) => text(writeFunctionsCsv(profile)),
  'samples-csv': (profile) => text(writeSamplesCsv(profile)),
}

/**
 * A run as the bytes of a file of another format, and what that leaves out. `range`: the stretch that the trace of a
 * simulated run is of; other formats hold the whole run. Throws a PlainErrorException when the format cannot hold it.
 */
export function* exportRun(run: SessionRun, id: ExportId, range: CycleRange | null = null): Generator<ExperimentStep<never>, Exported, void> {
  const lost = lossesOf(run, id)
  if (id === 'session') return { bytes: encodeSession({ notes: '', runs: [run], view: { ...emptyView, tab: 'flame', selectedRun: run.id } }), lost }
  if (id === 'gecko') return { bytes: text(writeGecko(run.kind === 'simulated' ? yield* samplesOfRun(run) : run.profile)), lost }
  if (id !== 'chrome-trace') return { bytes: plainWriters[id](run.profile), lost }
  if (run.kind === 'imported') return { bytes: writeChromeTrace(run.profile), lost }
  const { bytes, said } = yield* traceOfRun(run, range)
  return { bytes, lost: [...said, ...lost] }
}
