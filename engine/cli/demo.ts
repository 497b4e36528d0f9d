import type { Command } from 'commander'
import { defaultScenario } from '../machine/scenario'
import { compareText } from './compare-text'
import { reportText } from './report-text'
import { checkSavePath, saveBeside, saveRuns } from './save'
import { scenarioOf, size, wholeNumber } from './scenario-options'
import { simulatedRun } from './simulated'
import type { Terminal } from './terminal'

interface DemoOptions {
  bytes: number
  seed: number
  save?: string
}

const usualName = 'worldswitch-demo.wsprof'

/** What the window shows on its first start, for places without a display. */
export function addDemo(program: Command, terminal: Terminal): void {
  program.command('demo')
    .description('run VM/PC-733 version 2.0 and optimized, show both Tables 2, compare them, save the session')
    .option('--bytes <size>', 'bytes to transfer in each run', size, 100_000_000)
    .option('--seed <number>', 'of the dither', wholeNumber, defaultScenario.seed)
    .option('--save <file>', `where the session is saved (default: ${usualName}, or a free name like it)`)
    .action(async ({ bytes, seed, save }: DemoOptions) => {
      const { machine, sendSize, samplerHz, direction } = defaultScenario
      const scenarios = (['2.0', 'optimized'] as const).map((vm) =>
        scenarioOf({ machine, vm, sendSize, bytes, seed, samplerHz, direction }))
      await checkSavePath(save ?? usualName)
      const [before, after] = scenarios.map((scenario) => simulatedRun(scenario, terminal))
      const runs = [before!, after!]
      const saved = save ?? await saveBeside(usualName, runs)
      if (save !== undefined) await saveRuns(save, runs)
      const parts = [
        ...runs.map((run) => reportText(run.report, run.digest)),
        compareText(before!.report, after!.report), `Saved ${saved}\n`,
      ]
      terminal.write(parts.join('\n'))
    })
}
