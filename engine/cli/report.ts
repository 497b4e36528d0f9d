import type { Command } from 'commander'
import { PlainErrorException } from '../plain-error'
import { emptyView, type ImportedRun, type SessionDocument } from '../session/document'
import { reportOf } from '../report/content'
import { tablesOfRecordings } from '../report/tables-of-recordings'
import { htmlReport } from '../report/html'
import { markdownReport } from '../report/markdown'
import { addExamples, addJson } from './describe'
import { readSource } from './sources'
import { nameOf, onePipe, pipe, writeOutput } from './streams'
import type { Terminal } from './terminal'
import { basename } from 'node:path'

interface ReportOptions {
  html?: string
  markdown?: string | true
  json?: true
}

/** A recording by itself. */
function sessionOf(run: ImportedRun): SessionDocument {
  return { notes: '', runs: [run], view: emptyView }
}

/** The report that the window exports, without its pictures: those are painted by the window. */
export function addReport(program: Command, terminal: Terminal): void {
  const command = program.command('report')
    .description('write the report of a session (its runs, tables, comparison and notes), or of a recorded profile')
    .argument('<file>', 'a session or a profile of any format that is read; - for standard input')
    .option('--html <file>', 'as a page that needs nothing else; - for standard output')
    .option('--markdown [file]', 'as Markdown; without a file, or with -, to standard output')
  addJson(command, 'worldswitch.report/1')
  addExamples(command,
    ['report demo.wsprof --html report.html', 'a page to send to somebody'],
    ['report demo.wsprof --markdown', 'the same as text'],
    ['report perf.txt --html report.html', 'of a recording: its load report, its Table 2 with intervals, its worlds'])
  command.action(async (file: string, { html, markdown, json }: ReportOptions) => {
    if (html === undefined && markdown === undefined && !json) {
      throw new PlainErrorException({ what: 'Say --html FILE, --markdown [FILE] or --json.' })
    }
    const text = markdown === true ? pipe : markdown
    onePipe('output', html, text, json && pipe)
    const source = await readSource(file, terminal)
    const { session, warnings } = source.kind === 'session' ? source.decoded : { session: sessionOf(source.run), warnings: [] }
    const report = reportOf(session, basename(nameOf(file)), { problems: warnings, tables: tablesOfRecordings(session) })
    if (html !== undefined) await writeOutput(html, htmlReport(report), terminal)
    if (text !== undefined) await writeOutput(text, markdownReport(report), terminal)
    if (json) terminal.json({ schema: 'worldswitch.report/1', ...report })
  })
}
