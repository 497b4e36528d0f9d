import type { Command } from 'commander'
import { PlainErrorException } from '../plain-error'
import type { SimulatedRun } from '../session/document'
import { addExamples, addJson } from './describe'
import { importedTableJson, importedTableText, importedWorldsText, rulesText } from './imported-table-text'
import { partOfRun, refuseParts, weightOf, withParts, type PartOptions } from './parts'
import { tablesText } from './report-text'
import { addScenarioOptions, readScenario, type ScenarioOptions } from './scenario-options'
import { simulatedRun } from './simulated'
import { type ClassifiedRun, classifiedRun, readRules, rulesHelp } from './rules'
import { ownRules, readSource, runOf } from './sources'
import { nameOf, onePipe } from './streams'
import { harmless, type Terminal } from './terminal'

interface TableOptions extends ScenarioOptions, PartOptions {
  run?: string
  rules?: string
  json?: true
}

export function addTable(program: Command, terminal: Terminal): void {
  const command = addScenarioOptions(withParts(program.command('table'))
    .description('show Table 2 of a session\'s run, of a recorded profile, or (without a file) of a scenario that is simulated for it')
    .argument('[file]', 'a session or a profile of any format that is read; - for standard input')
    .option('--run <name>', 'which run of the session (name or id)')
    .option('--rules <rules>', rulesHelp))
  addJson(command, 'worldswitch.table/1')
  addExamples(command,
    ['table demo.wsprof --run "VM/PC-733 2.0"', 'a run that was saved'],
    ['table perf.txt', 'a machine that exists'],
    ['table perf.txt --rules mine.rules.json', 'by rules of your own'],
    ['table --vm 2.0 --with io-in-vmm --bytes 10MB', 'a scenario'],
    ['worldswitch run --save - | worldswitch table -', 'a session by a pipe'])
  command.action(async (file: string | undefined, options: TableOptions) => {
    if (file !== undefined) refuseScenario(command, file)
    const shown = await shownRun(file, options, terminal)
    if (options.json) terminal.json(jsonOf(file, shown))
    else terminal.write((shown.kind === 'simulated' ? [shown.name, '', ...tablesText(shown.report), ''] : importedText(shown)).map(harmless).join('\n'))
  })
}

type Shown = SimulatedRun | (ClassifiedRun & { kind: 'recorded' })

async function shownRun(file: string | undefined, options: TableOptions, terminal: Terminal): Promise<Shown> {
  onePipe('input', file, options.rules)
  const needless = (['run', 'rules', 'only', 'event'] as const).find((option) => file === undefined && options[option] !== undefined)
  if (needless) throw new PlainErrorException({ what: `--${needless} needs a file, and none was given.` })
  if (file === undefined) return simulatedRun(await readScenario(options), terminal)
  const rules = options.rules === undefined ? null : await readRules(options.rules)
  const source = await readSource(file, terminal)
  const run = runOf(source, options.run, terminal)
  if (run.kind === 'imported') {
    const weight = weightOf(run.profile, options, source.file)
    return { kind: 'recorded', ...classifiedRun(partOfRun(run, options), rules, ownRules(source), weight) }
  }
  refuseParts(run, options)
  if (rules === null) return run
  throw new PlainErrorException({ what: 'A simulated run knows its rows: --rules are for recorded profiles.', where: source.file })
}

/** A file has its scenario in it: one that is said too would be passed over in silence. */
function refuseScenario(command: Command, file: string): void {
  const own = addScenarioOptions(command.createCommand())
  const said = own.options.find((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
  if (said) throw new PlainErrorException({ what: `${said.long} describes a scenario; it cannot be used with a file.`, where: nameOf(file) })
}

function jsonOf(file: string | undefined, shown: Shown): unknown {
  const head = { schema: 'worldswitch.table/1', file: file === undefined ? null : nameOf(file), kind: shown.kind }
  if (shown.kind === 'simulated') return { ...head, run: shown.name, scenario: shown.report.scenario, samples: shown.report.samples, rows: shown.report.table }
  return { ...head, run: shown.run.name, format: shown.run.source.format, rules: shown.rules, ...importedTableJson(shown.table) }
}

function importedText({ run, rules, table }: ClassifiedRun): string[] {
  return [`${run.name}, ${run.source.format}`, rulesText(rules), '', ...importedTableText(table), '', ...importedWorldsText(table), '']
}
