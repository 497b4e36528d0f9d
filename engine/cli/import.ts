import type { Command } from 'commander'
import type { LoadReport } from '../formats/load-report'
import { PlainErrorException } from '../plain-error'
import { countWeight } from '../profile/paired'
import { sessionExtension } from '../session/kind'
import { cardsText } from './cards-text'
import { grouped } from './columns'
import { addExamples, addJson } from './describe'
import { importedTableJson, importedTableText, importedWorldsText, rulesText } from './imported-table-text'
import { functionShares, functionsText } from './functions-text'
import { withRunPerf, type RunPerf } from './perf-data'
import { classifiedRun, readRules, rulesHelp } from './rules'
import { wholeNumber } from './scenario-options'
import { readSource } from './sources'
import { onePipe } from './streams'
import { harmless, type Terminal } from './terminal'

interface ImportOptions extends RunPerf {
  functions: number
  rules?: string
  json?: true
}

export function addImport(program: Command, terminal: Terminal): void {
  const command = withRunPerf(program.command('import'))
    .description('read a profile of any known format and show what was understood and where its time went')
    .argument('<file>', 'a profile of any format that is read, gzipped or not; - for standard input')
    .option('--rules <rules>', rulesHelp)
    .option('--functions <number>', 'how many functions are printed, those with most time of their own first', wholeNumber, 20)
  addJson(command, 'worldswitch.import/1')
  addExamples(command,
    ['import perf.txt', 'what was read, by which reader and why; worlds and functions'],
    ['perf script | worldswitch import -', 'a recording without a file between'],
    ['import profile.pb.gz --json', 'load report, worlds and functions for a script'])
  command.action(async (file: string, { functions: shown, rules: named, json, ...perf }: ImportOptions) => {
    onePipe('input', file, named)
    const wanted = named === undefined ? null : await readRules(named)
    const source = await readSource(file, terminal, perf)
    if (source.kind === 'session') throw noProfile(source.file)
    const { run: { profile, source: { format, report } }, table, rules } = classifiedRun(source.run, wanted)
    const functions = functionShares(profile, countWeight(profile))
    if (json) return terminal.json({ schema: 'worldswitch.import/1', file: source.file, format, report, rules, ...importedTableJson(table), functions })
    terminal.write([
      source.file, ...loadReportText(report), ...cardsText(report), rulesText(rules), '', ...importedTableText(table), '', ...importedWorldsText(table), '',
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
  const lines = [
    `${report.format}: ${report.reason}`,
    `${grouped(report.samplesKept)} samples, ${grouped(report.samplesWithoutFrames)} of them without frames; ` +
      `${grouped(report.bytes)} bytes, ${grouped(report.lines)} lines, ${grouped(report.notUnderstood)} not understood`,
    ...report.samplesDropped.map(({ reason, count }) => `left out: ${grouped(count)} ${reason}`),
    ...report.firstNotUnderstood.map(({ line, text }) => `line ${line}: ${text}`),
    ...report.notes,
    ...(report.pace ? [`${report.pace.thread && `${report.pace.thread}: `}${report.pace.words}`] : []),
  ]
  const { stampsOutOfOrder } = report
  if (stampsOutOfOrder > 0) lines.push(`${grouped(stampsOutOfOrder)} time stamps are earlier than the one before`)
  return lines
}
