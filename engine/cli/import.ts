import type { Command } from 'commander'
import { loadFacts } from '../formats/load-facts'
import type { LoadReport } from '../formats/load-report'
import { PlainErrorException } from '../plain-error'
import { sessionExtension } from '../session/kind'
import { cardsText } from './cards-text'
import { columns, grouped } from './columns'
import { addExamples, addJson } from './describe'
import { importedTableJson, importedTableText, importedWorldsText, rulesText } from './imported-table-text'
import { functionShares, functionsText } from './functions-text'
import { partOfRun, partShares, partsText, weightOf, withParts, type PartOptions } from './parts'
import { withRunPerf, type RunPerf } from './perf-data'
import { classifiedRun, readRules, rulesHelp } from './rules'
import { wholeNumber } from './scenario-options'
import { readSource } from './sources'
import { onePipe } from './streams'
import { harmless, type Terminal } from './terminal'

interface ImportOptions extends RunPerf, PartOptions {
  functions: number
  rules?: string
  json?: true
}

export function addImport(program: Command, terminal: Terminal): void {
  const command = withParts(withRunPerf(program.command('import')))
    .description('read a profile of any known format and show what was understood and where its time went')
    .argument('<file>', 'a profile of any format that is read, gzipped or not; - for standard input')
    .option('--rules <rules>', rulesHelp)
    .option('--functions <number>', 'how many functions are printed, those with most time of their own first', wholeNumber, 20)
  addJson(command, 'worldswitch.import/1')
  addExamples(command,
    ['import perf.txt', 'what was read, by which reader and why; worlds and functions'],
    ['perf script | worldswitch import -', 'a recording without a file between'],
    ['import perf.txt --only "CPU 3" --event page-faults', 'one processor, one kind of event'],
    ['import profile.pb.gz --json', 'load report, worlds and functions for a script'])
  command.action(async (file: string, { functions: shown, rules: named, json, only, event, ...perf }: ImportOptions) => {
    onePipe('input', file, named)
    const wanted = named === undefined ? null : await readRules(named)
    const source = await readSource(file, terminal, perf)
    if (source.kind === 'session') throw noProfile(source.file)
    const weight = weightOf(source.run.profile, { event }, source.file)
    const parts = partShares(source.run.profile, weight)
    const { run: { profile, source: { format, report } }, table, rules } = classifiedRun(partOfRun(source.run, { only }), wanted, [], weight)
    const functions = functionShares(profile, weight)
    if (json) {
      return terminal.json({
        schema: 'worldswitch.import/1', file: source.file, format, report, parts, only: only ?? null, rules, ...importedTableJson(table), functions,
      })
    }
    terminal.write([
      source.file, ...loadReportText(report), ...cardsText(report), rulesText(rules), '', ...partsText(parts, table.weight.name),
      ...(only === undefined ? [] : [`only ${only}:`, '']), ...importedTableText(table), '', ...importedWorldsText(table), '',
      ...functionsText(functions.slice(0, shown)), '',
    ].map(harmless).join('\n'))
  })
}

function noProfile(file: string): PlainErrorException {
  const named = file.toLowerCase().endsWith(sessionExtension)
  return new PlainErrorException({
    what: named ? 'This is a session, not a profile.' : 'This is a zip archive and no profile.', where: file,
    todo: 'The commands table, diff, report and verify take sessions; each run\'s profile is a pprof file inside the zip.',
  })
}

function loadReportText(report: LoadReport): string[] {
  const { branches, pace } = report
  return [
    `${report.format}: ${report.reason}`, '',
    ...columns([['Load report', ''], ...loadFacts(report).map((fact) => [...fact])], [0, 1]),
    ...report.firstNotUnderstood.map(({ line, text }) => `not understood, line ${line}: ${text}`),
    ...(branches ? ['', ...columns([
      ['Branch from', 'to', 'count', 'mispredicted'],
      ...branches.most.map(({ from, to, count, mispredicted }) => [from, to, grouped(count), grouped(mispredicted)]),
    ], [0, 1]), ''] : []),
    ...report.notes,
    ...(pace ? [`${pace.thread && `${pace.thread}: `}${pace.words}`] : []),
  ]
}
