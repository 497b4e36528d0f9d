import type { Command } from 'commander'
import { defaultScenario } from '../machine/scenario'
import { compareRows } from '../profile/compare'
import type { SimulatedRun } from '../session/document'
import { compareText } from './compare-text'
import { addExamples, addJson } from './describe'
import { reportText } from './report-text'
import { checkSavePath, saveBeside, saveRuns } from './save'
import { scenarioOf, size, wholeNumber } from './scenario-options'
import { simulatedRun } from './simulated'
import { pipe } from './streams'
import type { Terminal } from './terminal'

interface DemoOptions {
  bytes: number
  seed: number
  save?: string
  json?: true
}

const usualName = 'worldswitch-demo.wsprof'

/** What the window shows on its first start, for places without a display. */
export function addDemo(program: Command, terminal: Terminal): void {
  const command = program.command('demo')
    .description('run VM/PC-733 version 2.0 and optimized, show both Tables 2, compare them, save the session')
    .option('--bytes <size>', 'bytes to transfer in each run', size, 100_000_000)
    .option('--seed <number>', 'of the dither', wholeNumber, defaultScenario.seed)
    .option('--save <file>', `where the session is saved (default: ${usualName}, or a free name like it); - for standard output, which then holds nothing else`)
  addJson(command, 'worldswitch.demo/1')
  addExamples(command,
    ['demo', 'the paper\'s comparison, and a session for the window'],
    ['demo --bytes 10MB --save small.wsprof', 'a tenth of it, under a name of your own'])
  command.action(async ({ bytes, seed, save, json }: DemoOptions) => {
    const { machine, sendSize, samplerHz, direction } = defaultScenario
    const scenarios = (['2.0', 'optimized'] as const).map((vm) =>
      scenarioOf({ machine, vm, sendSize, bytes, seed, samplerHz, direction }))
    await checkSavePath(save ?? usualName, terminal)
    const runs = scenarios.map((scenario) => simulatedRun(scenario, terminal)) as [SimulatedRun, SimulatedRun]
    if (save !== undefined) await saveRuns(save, runs, terminal)
    if (save === pipe) return
    const saved = save ?? await saveBeside(usualName, runs)
    if (json) terminal.json(jsonOf(runs, saved))
    else terminal.write(textOf(runs, saved))
  })
}

function textOf(runs: readonly [SimulatedRun, SimulatedRun], saved: string): string {
  return [
    ...runs.map((run) => reportText(run.report, run.digest)), compareText(runs[0].report, runs[1].report), `Saved ${saved}\n`,
  ].join('\n')
}

function jsonOf([a, b]: readonly [SimulatedRun, SimulatedRun], saved: string): unknown {
  const rows = compareRows(a.report.table, b.report.table).map(({ id, label, scope, difference, adjustedP, verdict }) =>
    ({ id, label, scope, points: difference?.points ?? null, ci95: difference?.ci95 ?? null, adjustedP, verdict }))
  return { schema: 'worldswitch.demo/1', saved, a: a.report, b: b.report, comparison: rows }
}
