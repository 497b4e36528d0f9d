import { type Command, Option } from 'commander'
import type { MachineFile } from '../machine/machine-file'
import type { Scenario } from '../machine/scenario'
import { PlainErrorException } from '../plain-error'
import { rowById } from '../paper/rows'
import type { RunReport, TableRow } from '../run-report'
import { benjaminiHochberg } from '../statistics/multiple'
import { welchDifference } from '../statistics/runs'
import { columns, figure, interval, signed } from './columns'
import { addExamples, addJson } from './describe'
import { type ScenarioOptions, addScenarioOptions, readScenario, scenarioOf, wholeNumber } from './scenario-options'
import { simulatedRun } from './simulated'
import type { Terminal } from './terminal'

interface CompareOptions extends ScenarioOptions {
  against: '2.0' | 'optimized' | 'native'
  seeds: number
  json?: true
}

/** Several runs a side: differences judged by how runs of one scenario vary, not by samples alone. */
export function addCompareSeeds(program: Command, terminal: Terminal): void {
  const command = addScenarioOptions(program.command('compare')
    .description('run a scenario (B) and the same machine with another version (A) over several seeds, compare the rows'))
    .addOption(new Option('--against <version>', 'version of side A').choices(['native', '2.0', 'optimized']).default('2.0'))
    .option('--seeds <number>', 'runs a side', wholeNumber, 5)
  addJson(command, 'worldswitch.compare/1')
  addExamples(command,
    ['compare --vm optimized --against 2.0 --bytes 10MB', 'which rows differ, judged by how runs of one scenario vary'],
    ['compare --vm 2.0 --with send-combining --seeds 10 --json', 'what one optimization does, for a script'])
  command.action(async (options: CompareOptions) => {
    if (options.seeds < 2) {
      throw new PlainErrorException({ what: `--seeds ${options.seeds} does not show how runs vary: 2 or more are needed.` })
    }
    // a machine file may come by a pipe, which can be read once only
    const after = await readScenario(options)
    const before = scenarioOf({ ...sideA(options), vm: options.against }, machineOf(after))
    const runs = (scenario: Scenario) => Array.from({ length: options.seeds }, (_, i) =>
      simulatedRun({ ...scenario, seed: scenario.seed + i }, terminal).report)
    const [a, b] = [runs(before), runs(after)]
    if (options.json) terminal.json({ schema: 'worldswitch.compare/1', a: sideJson(a), b: sideJson(b), rows: comparedRows(a, b) })
    else terminal.write(text(a, b))
  })
}

function machineOf({ machine, custom }: Scenario): MachineFile | undefined {
  return custom ? { machine, custom } : undefined
}

/** What only changes side B is left out on side A. */
function sideA({ with: _with, whatIf: _whatIf, ...rest }: CompareOptions): ScenarioOptions {
  return rest
}

interface SeedRow {
  id: string
  label: string
  scope: TableRow['scope']
  /** Means over the seeds, percent. */
  a: number
  b: number
  points: number | null
  ci95: [number, number] | null
  adjustedP: number | null
  verdict: 'higher' | 'lower' | 'no evidence' | null
  /** Why there is no verdict. */
  why: string | null
}

/** Welch's intervals from how the runs vary; verdicts allow for all rows. */
function comparedRows(a: readonly RunReport[], b: readonly RunReport[]): SeedRow[] {
  const rows = a[0]!.table.filter(({ id }) => [...a, ...b].every((report) => typeof rowOf(report, id)?.percent === 'number'))
  const differences = rows.map(({ id }) => welchDifference(shares(b, id), shares(a, id)))
  const tests = benjaminiHochberg(differences.map((d) => (d.known ? d.p : null)))
  return rows.map(({ id, label, scope }, i) => {
    const d = differences[i]!
    return {
      id, label: rowById.get(id)?.label ?? label, scope, a: 100 * mean(shares(a, id)), b: 100 * mean(shares(b, id)),
      points: d.known ? 100 * d.difference : null, ci95: d.known ? [100 * d.lo, 100 * d.hi] : null, adjustedP: tests.adjusted[i]!,
      verdict: !d.known ? null : !tests.rejected[i] ? 'no evidence' : d.difference < 0 ? 'lower' : 'higher', why: d.known ? null : d.why,
    }
  })
}

function text(a: readonly RunReport[], b: readonly RunReport[]): string {
  const lines = comparedRows(a, b).map(({ label, scope, a: before, b: after, points, ci95, verdict, why }) => [
    label, scope === 'vmm' ? 'VMM' : 'total', figure(before, 2), figure(after, 2), signed(points, 2), interval(ci95, 2, signed),
    verdict === 'no evidence' ? 'no evidence of a difference' : verdict ?? why!,
  ])
  const side = (reports: readonly RunReport[]) => `${reports[0]!.name}, ${reports.length} seeds, ${figure(throughput(reports), 2)} Mb/s`
  return [
    `A  ${side(a)}`, `B  ${side(b)}`, '',
    'Means over seeds; intervals by Welch from how the runs vary; verdicts allow for all rows (Benjamini-Hochberg, 5 %).',
    ...columns([['Row', 'of', 'A %', 'B %', 'B - A', '95 % interval', 'verdict'], ...lines], [0, 1, 6]), '',
  ].join('\n')
}

function sideJson(reports: readonly RunReport[]): unknown {
  const [first] = reports as [RunReport]
  return { name: first.name, scenario: first.scenario, seeds: reports.map(({ scenario }) => scenario.seed), throughputMbps: throughput(reports) }
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
const throughput = (side: readonly RunReport[]) => mean(Float64Array.from(side, (report) => report.throughputMbps))
const rowOf = (report: RunReport, id: string): TableRow | undefined => report.table.find((row) => row.id === id)
const shares = (side: readonly RunReport[], id: string) => Float64Array.from(side, (report) => rowOf(report, id)!.percent! / 100)
