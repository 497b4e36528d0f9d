import type { Command } from 'commander'
import { addExamples, addJson } from './describe'
import { reportText } from './report-text'
import { checkSavePath, saveRuns } from './save'
import { addScenarioOptions, readScenario } from './scenario-options'
import type { ScenarioOptions } from './scenario-options'
import { simulatedRun } from './simulated'
import { pipe } from './streams'
import type { Terminal } from './terminal'

interface RunOptions extends ScenarioOptions {
  json?: true
  save?: string
}

export function addRun(program: Command, terminal: Terminal): void {
  const command = addScenarioOptions(program.command('run').description('simulate one scenario and show its Table 2'))
  addJson(command, 'worldswitch.run/1')
    .option('--save <file>', 'also save the run as a session (.wsprof); - for standard output, which then holds nothing else')
  addExamples(command,
    ['run', '100 MB sent from the optimized virtual machine: the paper\'s Table 2'],
    ['run --vm 2.0 --with io-in-vmm --bytes 10MB', 'version 2.0 with one of the three optimizations'],
    ['run --machine-file mine.json --what-if no-skb-copy --save mine.wsprof', 'a machine of your own, for the window'],
    ['run --sampler maskable,taken --probes tsc', 'imperfect instruments, and what they miss'],
    ['run --json > run.json', 'all figures for a script'])
  command.action(async (options: RunOptions) => {
    const { save } = options
    const scenario = await readScenario(options)
    if (save !== undefined) await checkSavePath(save, terminal)
    const run = simulatedRun(scenario, terminal)
    if (save !== undefined) await saveRuns(save, [run], terminal)
    if (save === pipe) return
    if (options.json) terminal.json(run.report)
    else terminal.write(reportText(run.report, run.digest))
  })
}
