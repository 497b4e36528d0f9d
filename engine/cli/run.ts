import type { Command } from 'commander'
import { reportText } from './report-text'
import { checkSavePath, saveRuns } from './save'
import { addScenarioOptions, readScenario } from './scenario-options'
import type { ScenarioOptions } from './scenario-options'
import { simulatedRun } from './simulated'
import type { Terminal } from './terminal'

interface RunOptions extends ScenarioOptions {
  json?: true
  save?: string
}

export function addRun(program: Command, terminal: Terminal): void {
  addScenarioOptions(program.command('run').description('simulate one scenario and show its Table 2'))
    .option('--json', 'print one object, schema worldswitch.run/1 (docs/run-json.md)')
    .option('--save <file>', 'also save the run as a session (.wsprof)')
    .action(async (options: RunOptions) => {
      const scenario = await readScenario(options)
      if (options.save !== undefined) await checkSavePath(options.save)
      const run = simulatedRun(scenario, terminal)
      if (options.save !== undefined) await saveRuns(options.save, [run])
      terminal.write(options.json ? `${JSON.stringify(run.report, null, 2)}\n` : reportText(run.report, run.digest))
    })
}
