import { digitsFor, fixed, intervalText, secondsText, signed, significant, whole } from '../figure-text'
import { loadFacts, nameOfRows } from '../formats/load-facts'
import type { LoadReport } from '../formats/load-report'
import { countedSamples } from '../profile/compare'
import type { RunReport, TableRow } from '../run-report'
import type { ImportedRun, SessionRun, SimulatedRun } from '../session/document'
import { dash, figures, scopeNames, words, type Block } from './blocks'
import { commandOf, machineFileOf, scenarioWords } from './reproduce'
import { cardSentences } from './port-text'
import { worldTable } from './worlds'

/** What somebody has to know of one run before its figures mean something. `tables`: those of a recording, whose rows are by rules. */
export function runBlocks(run: SessionRun, pictures: readonly { name: string; svg: string }[], tables: readonly Block[] = []): Block[] {
  return [
    { kind: 'heading', level: 2, text: run.name },
    ...(run.kind === 'simulated' ? simulatedHead(run) : importedHead(run)),
    ...pictures.map((picture): Block => ({ kind: 'picture', ...picture })),
    ...(run.kind === 'simulated' ? simulatedTables(run.report) : tables),
    worldTable(run),
    ...(run.kind === 'simulated' ? simulatedRest(run) : loadBlocks(run.source.report)),
  ]
}

/** One line a run, to begin with. */
export function overview(runs: readonly SessionRun[]): Block {
  return {
    kind: 'table', caption: 'Runs of this session',
    columns: [words('Run'), words('Kind'), figures('Mb/s'), figures('Guest idle, direct, % of total time'), figures('Samples')],
    rows: runs.map((run) => (run.kind === 'imported'
      ? [run.name, `recorded, ${run.source.format}`, dash, dash, whole(countedSamples(run.profile) ?? run.source.report.samplesKept)]
      : [run.name, 'simulated', fixed(run.report.throughputMbps, 1), run.report.idlePercent.direct === null ? dash : fixed(run.report.idlePercent.direct, 1),
          whole(run.report.samples)])),
  }
}

function simulatedHead({ report }: SimulatedRun): Block[] {
  const { direct, truth } = report.idlePercent
  const idle = direct === null ? `${fixed(truth, 2)} % (true)` : `${fixed(direct, 2)} % measured directly, ${fixed(truth, 2)} % in truth`
  return [
    { kind: 'paragraph', text: `${sentence(scenarioWords(report.scenario))}.` },
    { kind: 'list', items: [
      `Throughput ${fixed(report.throughputMbps, 2)} Mb/s in ${secondsText(report.simulatedSeconds)} of simulated time`,
      `Guest idle, of total time: ${idle}`,
      `${whole(report.samples)} samples`,
    ] },
  ]
}

function importedHead({ profile, source: { fileName, format, report } }: ImportedRun): Block[] {
  const samples = countedSamples(profile)
  const rows = samples === null ? `${whole(report.samplesKept)} ${nameOfRows(format)}` : `${whole(samples)} samples`
  return [{ kind: 'paragraph', text: `Recorded: ${fileName}, read as ${format} because ${report.reason}. ${rows}.` }]
}

function simulatedTables(report: RunReport): Block[] {
  const derivations = [...new Set(report.table.flatMap((row) => row.derivation ?? []))]
  return [
    ...(['total', 'vmm'] as const).flatMap((scope) => scopeTable(report, scope)),
    ...(derivations.length > 0
      ? [{ kind: 'paragraph', text: '† Derived rows, with this run’s numbers:' } as const, { kind: 'list', items: derivations } as const] : []),
  ]
}

function scopeTable({ table }: RunReport, scope: TableRow['scope']): Block[] {
  const rows = table.filter((row) => row.scope === scope && (row.percent !== null || row.truthPercent !== null))
  if (rows.length === 0) return [{ kind: 'paragraph', text: `Table 2, ${scopeNames[scope]}: does not apply to this run.` }]
  const columns = [
    words('Row'), figures(`% ${scopeNames[scope]}`), figures('95 % interval'), words('how'), figures('average, µs (direct)'),
    figures('true, %'), figures('paper, %'), figures('this − paper'), words('status'),
  ]
  return [{ kind: 'table', caption: `Table 2, ${scopeNames[scope]}`, columns, rows: rows.map(tableRow) }]
}

function tableRow(row: TableRow): string[] {
  const { percent, ci95, paper } = row
  const digits = digitsFor(ci95)
  return [
    row.label, percent === null ? dash : fixed(percent, digits), percent !== null && ci95 ? intervalText(ci95, digits) : dash,
    percent === null ? dash : `${row.method}${row.method === 'derived' ? '†' : ''}`,
    row.averageMicroseconds === null ? dash : significant(row.averageMicroseconds),
    row.truthPercent === null ? dash : fixed(row.truthPercent, Math.max(1, digits)),
    paper ? fixed(paper.percent, 1) : dash,
    paper && percent !== null ? signed(percent - paper.percent, Math.min(1, digits)) : dash, row.status,
  ]
}

function simulatedRest({ report, digest }: SimulatedRun): Block[] {
  const { reconciliations = [], sampling, perturbation, scenario } = report
  const machineFile = machineFileOf(scenario)
  return [
    ...reconciliations.flatMap(({ names, steps }): Block[] => [
      { kind: 'heading', level: 3, text: `How the two instruments complete each other: ${names.bucket}` },
      { kind: 'list', items: steps },
    ]),
    ...(sampling || perturbation ? [{ kind: 'heading', level: 3, text: 'How far the instruments can be trusted' } as const] : []),
    ...(sampling ? [{ kind: 'list', items: samplingWords(sampling) } as const] : []),
    ...(perturbation ? [{ kind: 'paragraph', text: perturbation.words } as const] : []),
    { kind: 'heading', level: 3, text: 'How to make this run again' },
    { kind: 'code', text: commandOf(scenario) },
    ...(machineFile === null ? [] : [
      { kind: 'paragraph', text: 'with this in machine.json:' } as const, { kind: 'code', text: machineFile } as const,
    ]),
    { kind: 'paragraph', text: `Engine ${report.engineVersion}; the result’s digest is ${digest}.` },
  ]
}

function samplingWords({ askedHz, foundHz, deferred, lost, biases, aliasing }: NonNullable<RunReport['sampling']>): string[] {
  const found = `Asked for ${whole(askedHz)} samples a simulated second, found ${fixed(foundHz, 1)}; ${whole(deferred)} taken late, ${whole(lost)} lost.`
  const steps = aliasing.map(({ source, verdict }) => `Keeping step with ${source}: ${verdict}`)
  return [found, ...biases, ...steps]
}

function loadBlocks(report: LoadReport): Block[] {
  const lines = [
    ...report.firstNotUnderstood.map(({ line, text }) => `line ${line} was not understood: ${text}`),
    ...(report.pace ? [`${report.pace.thread === '' ? '' : `${report.pace.thread}: `}${report.pace.words}`] : []),
    ...report.notes, ...cardSentences(report),
  ]
  return [
    { kind: 'heading', level: 3, text: 'How the file was read' },
    { kind: 'table', caption: 'Load report', columns: [words('Field'), words('this file')], rows: loadFacts(report).map((fact) => [...fact]) },
    ...(lines.length > 0 ? [{ kind: 'list', items: lines } as const] : []),
  ]
}

function sentence(text: string): string {
  return text === '' ? text : text[0]!.toUpperCase() + text.slice(1)
}
