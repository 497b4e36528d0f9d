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
  endings: readonly [string, ...string[]]
  /** Of a simulated run it is worked out by simulating it again: the times of its samples, or a stretch call by call. */
  again?: 'samples' | 'trace'
}

export const exportedKinds: Readonly<Record<ExportId, ExportedKind>> = {
  pprof: { title: 'pprof', opens: 'go tool pprof, Grafana Pyroscope and others', endings: ['.pb.gz', '.pprof', '.pb'] },
  speedscope: { title: 'speedscope', opens: 'speedscope', endings: ['.speedscope.json', '.json'] },
  gecko: { title: 'Firefox Profiler (gecko)', opens: 'profiler.firefox.com', endings: ['.gecko.json'], again: 'samples' },
  'chrome-trace': { title: 'Chrome trace events', opens: 'Perfetto, chrome://tracing', endings: ['.trace.json'], again: 'trace' },
  folded: { title: 'folded stacks', opens: 'flamegraph.pl, inferno and others', endings: ['.folded', '.txt'] },
  csv: { title: 'functions (CSV)', opens: 'spreadsheets', endings: ['.csv'] },
  'samples-csv': { title: 'samples and stacks (CSV)', opens: 'spreadsheets, pandas, R', endings: ['.samples.csv'] },
  session: { title: 'session with this run alone', opens: 'Worldswitch', endings: [sessionExtension] },
}

/** The format that a file's name means, by its longest ending; null: none. */
export function kindOfName(name: string): ExportId | null {
  const fits = exportIds.flatMap((id) => exportedKinds[id].endings.filter((ending) => name.toLowerCase().endsWith(ending)).map((ending) => ({ id, ending })))
  return fits.sort((a, b) => b.ending.length - a.ending.length)[0]?.id ?? null
}
