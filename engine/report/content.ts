import { fixed, secondsText, whole } from '../figure-text'
import { machineOf } from '../machine/custom'
import { plainErrorLine, type PlainError } from '../plain-error'
import { importedRows } from '../profile/classify/rows'
import type { ImportedTable } from '../profile/classify/table-types'
import type { PinPlace, SessionDocument, SessionRun } from '../session/document'
import { engineVersion } from '../version'
import { figures, words, type Block, type Report } from './blocks'
import { comparisonBlocks } from './comparison'
import { recordedTables } from './recorded-table'
import { computerWords } from './reproduce'
import { overview, runBlocks } from './runs'

/** A picture in a report: of one run, or of the comparison. `svg` is a standalone document or element, trusted. */
export interface ReportPicture {
  of: { run: string } | 'comparison'
  name: string
  svg: string
}

export interface ReportExtras {
  pictures?: readonly ReportPicture[]
  /** Table 2 of each recording, by the run's id (tables-of-recordings.ts); one that is left out could not be worked out. */
  tables?: ReadonlyMap<string, ImportedTable>
  /** What of the session could not be read. */
  problems?: readonly PlainError[]
}

/** The whole session in reading order; equal sessions give equal reports: nothing of today is in it. */
export function reportOf(
  document: SessionDocument, name: string | null, { pictures = [], problems = [], tables = new Map() }: ReportExtras = {},
): Report {
  const { runs, ruleSets } = document
  const of = (wanted: string) => pictures.filter((picture) => picture.of !== 'comparison' && picture.of.run === wanted)
  return {
    title: name ?? 'Worldswitch session',
    blocks: [
      { kind: 'paragraph', text: `${counted(runs.length, 'run')}: where a virtual machine’s network time goes. A report by Worldswitch, engine ${engineVersion}.` },
      ...(problems.length > 0 ? [{ kind: 'list', items: problems.map(plainErrorLine) } as const] : []),
      ...(runs.length > 0 ? [overview(runs)] : []),
      ...noteBlocks(document),
      ...comparisonBlocks(document, pictures.filter((picture) => picture.of === 'comparison'), (run) => (run.kind === 'simulated' ? run.report.table : tables.get(run.id)?.rows ?? [])),
      ...runs.flatMap((run) => runBlocks(run, of(run.id), run.kind === 'imported' ? recordedTables(run, tables.get(run.id), ruleSets) : [])),
      ...sweepBlocks(document),
      ...howToRead,
    ],
  }
}

function counted(count: number, what: string): string {
  return `${whole(count)} ${what}${count === 1 ? '' : 's'}`
}

function noteBlocks({ notes, pins = [], runs }: SessionDocument): Block[] {
  if (notes.trim() === '' && pins.length === 0) return []
  return [
    { kind: 'heading', level: 2, text: 'Notes' },
    ...(notes.trim() === '' ? [] : [{ kind: 'note', about: null, text: notes } as const]),
    ...pins.map(({ at, text }): Block => ({ kind: 'note', about: placeWords(at, runs), text })),
  ]
}

/** What a note is pinned to, in words. */
export function placeWords(at: PinPlace, runs: readonly SessionRun[]): string {
  const run = runs.find(({ id }) => id === at.run)
  const name = run?.name ?? 'a run that is no longer there'
  if (at.kind === 'run') return name
  if (at.kind === 'row') {
    const rows: readonly { id: string; label: string }[] = run?.kind === 'simulated' ? run.report.table : importedRows
    const row = rows.find(({ id }) => id === at.row)
    return `${row?.label ?? at.row}, Table 2 of ${name}`
  }
  if (at.kind === 'frame') return `${at.path.map((step) => step.slice(step.indexOf('\n') + 1)).join(' > ')}, in ${name}`
  const perSecond = at.unit === 'cycles' && run?.kind === 'simulated'
    ? machineOf(run.report.scenario.machine, run.report.scenario.custom).mhz * 1e6 : null
  const time = (value: number) => (at.unit === 'seconds' ? secondsText(value)
    : perSecond === null ? `cycle ${whole(value)}` : secondsText(value / perSecond))
  return `${time(at.from)} to ${time(at.to)} of ${name}`
}

const sweepTitles = { throughput: 'Throughput against data size (Figure 6)', idle: 'Guest idle by configuration' } as const

function sweepBlocks({ sweeps }: SessionDocument): Block[] {
  if (!sweeps) return []
  return (['throughput', 'idle'] as const).flatMap((kind): Block[] => {
    const sweep = sweeps[kind]
    if (!sweep || sweep.cells.length === 0) return []
    const { request, cells } = sweep
    const asked = request.configurations.length * request.sizes.length
    const stopped = cells.length < asked ? `; stopped after ${cells.length} of ${counted(asked, 'point')}` : ''
    const unit = kind === 'throughput' ? 'Mb/s' : 'directly measured, % of total time'
    return [
      { kind: 'heading', level: 2, text: sweepTitles[kind] },
      { kind: 'table',
        caption: `${computerWords(request)}, ${whole(request.bytes)} bytes a run, ${counted(request.seeds.length, 'seed')}; means with Student’s 95 % interval${stopped}`,
        columns: [words('Configuration'), figures('Bytes a call'), figures(unit), figures('95 % interval')],
        rows: cells.map((cell) => {
          const { mean, ci95 } = kind === 'throughput' ? cell.throughputMbps : cell.idlePercent
          return [cell.configuration, whole(cell.sendSize), fixed(mean, 2), ci95 ? `[${fixed(ci95[0], 2)}, ${fixed(ci95[1], 2)}]` : '–']
        }) },
    ]
  })
}

const howToRead: readonly Block[] = [
  { kind: 'heading', level: 2, text: 'How to read the figures' },
  { kind: 'list', items: [
    'Sampled: the share of samples that found the machine here, with a 95 % interval.',
    'Direct: cycle counts taken at the start and the end of a call; interrupts inside it are included.',
    'Derived (†): made from a sampled and a direct figure by the rule that is printed with this run’s numbers.',
    'True: from the simulation’s own books, which no real profiler has.',
    'Paper: Sugerman, Venkitachalam and Lim, USENIX ATC 2001, Table 2. No figure of a run is made from it but the fitted costs of rows marked calibrated.',
    'Status: calibrated rows had a cost fitted to the paper’s figure, counted ones follow from code paths, predicted ones were fitted to nothing.',
    'The rows of Table 2 do not add up to 100: the paper lists the largest.',
  ] },
]
