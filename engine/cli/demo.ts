import type { Command } from 'commander'
import { defaultScenario } from '../machine/scenario'
import { compareText } from './compare-text'
import { reportText } from './report-text'
import { checkSavePath, saveRuns } from './save'
import { scenarioOf, size, wholeNumber } from './scenario-options'
import { simulatedRun } from './simulated'
import type { Terminal } from './terminal'

interface DemoOptions {
  bytes: number
  seed: number
  save: string
}

/** What the window shows on its first start, for places without a display. */
export function addDemo(program: Command, terminal: Terminal): void {
  program.command('demo')
    .description('run VM/PC-733 version 2.0 and optimized, show both Tables 2, compare them, save the session')
    .option('--bytes <size>', 'bytes to transfer in each run', size, 100_000_000)
    .option('--seed <number>', 'of the dither', wholeNumber, defaultScenario.seed)
    .option('--save <file>', 'where the session is saved', 'worldswitch-demo.wsprof')
    .action(async ({ bytes, seed, save }: DemoOptions) => {
      const { machine, sendSize, samplerHz, direction } = defaultScenario
      const scenarios = (['2.0', 'optimized'] as const).map((vm) =>
        scenarioOf({ machine, vm, sendSize, bytes, seed, samplerHz, direction }))
      await checkSavePath(save)
      const [before, after] = scenarios.map((scenario) => simulatedRun(scenario, terminal))
      await saveRuns(save, [before!, after!])
      const parts = [
        ...[before!, after!].map((run) => reportText(run.report, run.digest)),
        compareText(before!.report, after!.report), `Saved ${save}\n`,
      ]
      terminal.write(parts.join('\n'))
    })
}
