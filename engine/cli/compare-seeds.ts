import { type Command, Option } from 'commander'
import type { Scenario } from '../machine/scenario'
import { PlainErrorException } from '../plain-error'
import { rowById } from '../paper/rows'
import type { RunReport, TableRow } from '../run-report'
import { benjaminiHochberg } from '../statistics/multiple'
import { welchDifference } from '../statistics/runs'
import { columns, figure, interval, signed } from './columns'
import { type ScenarioOptions, addScenarioOptions, readScenario, wholeNumber } from './scenario-options'
import { simulatedRun } from './simulated'
import type { Terminal } from './terminal'

interface CompareOptions extends ScenarioOptions {
  against: '2.0' | 'optimized' | 'native'
  seeds: number
}

/** Several runs a side: differences judged by how runs of one scenario vary, not by samples alone. */
export function addCompareSeeds(program: Command, terminal: Terminal): void {
  addScenarioOptions(program.command('compare')
    .description('run a scenario (B) and the same machine with another version (A) over several seeds, compare the rows'))
    .addOption(new Option('--against <version>', 'version of side A').choices(['native', '2.0', 'optimized']).default('2.0'))
    .option('--seeds <number>', 'runs a side', wholeNumber, 5)
    .action(async (options: CompareOptions) => {
      if (options.seeds < 2) {
        throw new PlainErrorException({ what: `--seeds ${options.seeds} does not show how runs vary: 2 or more are needed.` })
      }
      const after = await readScenario(options)
      const before = await readScenario({ ...sideA(options), vm: options.against })
      const runs = (scenario: Scenario) => Array.from({ length: options.seeds }, (_, i) =>
        simulatedRun({ ...scenario, seed: scenario.seed + i }, terminal).report)
      terminal.write(text(runs(before), runs(after)))
    })
}

/** What only changes side B is left out on side A. */
function sideA({ with: _with, whatIf: _whatIf, ...rest }: CompareOptions): ScenarioOptions {
  return rest
}

function text(a: readonly RunReport[], b: readonly RunReport[]): string {
  const rows = a[0]!.table.filter(({ id }) => [...a, ...b].every((report) => typeof rowOf(report, id)?.percent === 'number'))
  const differences = rows.map(({ id }) => welchDifference(shares(b, id), shares(a, id)))
  const tests = benjaminiHochberg(differences.map((d) => (d.known ? d.p : null)))
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const lines = rows.map(({ id, label, scope }, i) => {
    const d = differences[i]!
    const verdict = !d.known ? d.why : !tests.rejected[i] ? 'no evidence of a difference' : d.difference < 0 ? 'lower' : 'higher'
    return [
      rowById.get(id)?.label ?? label, scope === 'vmm' ? 'VMM' : 'total', figure(100 * mean(shares(a, id)), 2),
      figure(100 * mean(shares(b, id)), 2), d.known ? signed(100 * d.difference, 2) : '-',
      d.known ? interval([100 * d.lo, 100 * d.hi], 2, signed) : '-', verdict,
    ]
  })
  const mbps = (side: readonly RunReport[]) => figure(mean(Float64Array.from(side, (report) => report.throughputMbps)), 2)
  return [
    `A  ${a[0]!.name}, ${a.length} seeds, ${mbps(a)} Mb/s`, `B  ${b[0]!.name}, ${b.length} seeds, ${mbps(b)} Mb/s`, '',
    'Means over seeds; intervals by Welch from how the runs vary; verdicts allow for all rows (Benjamini-Hochberg, 5 %).',
    ...columns([['Row', 'of', 'A %', 'B %', 'B - A', '95 % interval', 'verdict'], ...lines], [0, 1, 6]), '',
  ].join('\n')
}

const rowOf = (report: RunReport, id: string): TableRow | undefined => report.table.find((row) => row.id === id)
const shares = (side: readonly RunReport[], id: string) => Float64Array.from(side, (report) => rowOf(report, id)!.percent! / 100)
