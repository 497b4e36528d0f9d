import { lossesOfChromeTrace } from '../formats/chrome-trace/write'
import { lossesOfFunctions, lossesOfSamples } from '../formats/csv/write'
import { lossesOfGecko } from '../formats/firefox/write'
import { lossesOfFolded } from '../formats/folded/write'
import { lossesOfPprof } from '../formats/pprof/annotation'
import { lossesOfSpeedscope } from '../formats/speedscope/write'
import type { SessionRun } from '../session/document'
import type { ExportId } from './kinds'

const ofFormats: Readonly<Record<ExportId, (run: SessionRun) => string[]>> = {
  pprof: ({ profile }) => lossesOfPprof(profile),
  speedscope: ({ profile }) => lossesOfSpeedscope(profile),
  // the samples of a simulated run are found again, each with its time
  gecko: ({ kind, profile }) => (kind === 'simulated' ? ['true cycles'] : lossesOfGecko(profile)),
  'chrome-trace': ({ kind, profile }) => (kind === 'simulated' ? [] : lossesOfChromeTrace(profile)),
  folded: ({ profile }) => lossesOfFolded(profile),
  csv: ({ profile }) => lossesOfFunctions(profile),
  'samples-csv': ({ profile }) => lossesOfSamples(profile),
  session: () => [],
}

/** What of a run a format has no place for, in words. */
export function lossesOf(run: SessionRun, id: ExportId): string[] {
  const figures = run.kind === 'simulated' && id !== 'session' ? ['Table 2 and the run\'s other figures'] : []
  return [...ofFormats[id](run), ...figures]
}
