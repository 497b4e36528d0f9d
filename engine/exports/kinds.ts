import { lossesOfChromeTrace } from '../formats/chrome-trace/write'
import { lossesOfFunctions, lossesOfSamples } from '../formats/csv/write'
import { lossesOfGecko } from '../formats/firefox/write'
import { lossesOfFolded } from '../formats/folded/write'
import { lossesOfPprof } from '../formats/pprof/annotation'
import { lossesOfSpeedscope } from '../formats/speedscope/write'
import type { SessionRun } from '../session/document'
import { sessionExtension } from '../session/kind'

/** In the order in which they are offered. */
export const exportIds = ['pprof', 'speedscope', 'gecko', 'chrome-trace', 'folded', 'csv', 'samples-csv', 'session'] as const
export type ExportId = (typeof exportIds)[number]

export interface ExportedKind {
  /** As people call it. */
  title: string
  /** Who opens it. */
  opens: string
  /** The first is given to new files; whoever names a file with another means this format too. */
  endings: readonly string[]
  /** What of the run the format has no place for, in words. */
  losses(run: SessionRun): string[]
  /** Worked out by simulating the run again: takes as long, and a range can be chosen. */
  again?: 'samples' | 'trace'
}

/** What of a simulated run only a session holds. */
const figures = ({ kind }: SessionRun): string[] => (kind === 'simulated' ? ['Table 2 and the run\'s other figures'] : [])

export const exportedKinds: Readonly<Record<ExportId, ExportedKind>> = {
  pprof: {
    title: 'pprof', opens: 'go tool pprof, Grafana Pyroscope and others', endings: ['.pb.gz', '.pprof', '.pb'],
    losses: (run) => [...lossesOfPprof(run.profile), ...figures(run)],
  },
  speedscope: {
    title: 'speedscope', opens: 'speedscope', endings: ['.speedscope.json', '.json'],
    losses: (run) => [...lossesOfSpeedscope(run.profile), ...figures(run)],
  },
  gecko: {
    title: 'Firefox Profiler (gecko)', opens: 'profiler.firefox.com', endings: ['.gecko.json'], again: 'samples',
    losses: (run) => [...(run.kind === 'simulated' ? ['true cycles'] : lossesOfGecko(run.profile)), ...figures(run)],
  },
  'chrome-trace': {
    title: 'Chrome trace events', opens: 'Perfetto, chrome://tracing', endings: ['.trace.json'], again: 'trace',
    losses: (run) => [...(run.kind === 'simulated' ? [] : lossesOfChromeTrace(run.profile)), ...figures(run)],
  },
  folded: {
    title: 'folded stacks', opens: 'flamegraph.pl, inferno and others', endings: ['.folded', '.txt'],
    losses: (run) => [...lossesOfFolded(run.profile), ...figures(run)],
  },
  csv: {
    title: 'functions (CSV)', opens: 'spreadsheets', endings: ['.csv'], losses: (run) => [...lossesOfFunctions(run.profile), ...figures(run)],
  },
  'samples-csv': {
    title: 'samples and stacks (CSV)', opens: 'spreadsheets, pandas, R', endings: ['.samples.csv'],
    losses: (run) => [...lossesOfSamples(run.profile), ...figures(run)],
  },
  session: { title: 'session with this run alone', opens: 'Worldswitch', endings: [sessionExtension], losses: () => [] },
}

/** The format that a file's name means, by its longest ending; null: none. */
export function kindOfName(name: string): ExportId | null {
  const fits = exportIds.flatMap((id) => exportedKinds[id].endings.filter((ending) => name.toLowerCase().endsWith(ending)).map((ending) => ({ id, ending })))
  return fits.sort((a, b) => b.ending.length - a.ending.length)[0]?.id ?? null
}
