import { basename } from 'node:path'
import type { Command } from 'commander'
import { PlainErrorException } from '../plain-error'
import { reportOf } from '../report/content'
import { htmlReport } from '../report/html'
import { markdownReport } from '../report/markdown'
import { decodeSession } from '../session/archive'
import { readWholeFile, writeFileAtomically } from '../session/files'
import type { Terminal } from './terminal'

interface ReportOptions {
  html?: string
  markdown?: string | true
}

/** The report that the window exports, without its pictures: those are painted by the window. */
export function addReport(program: Command, terminal: Terminal): void {
  program.command('report')
    .description('write a session\'s report: its runs, tables, comparison and notes')
    .argument('<session>', 'a .wsprof file')
    .option('--html <file>', 'as a page that needs nothing else')
    .option('--markdown [file]', 'as Markdown; without a file, to the terminal')
    .action(async (file: string, { html, markdown }: ReportOptions) => {
      if (html === undefined && markdown === undefined) {
        throw new PlainErrorException({ what: 'Say --html FILE or --markdown [FILE].' })
      }
      const { session, warnings } = decodeSession(basename(file), await readWholeFile(file))
      const report = reportOf(session, basename(file), { problems: warnings })
      const write = (path: string, text: string) => writeFileAtomically(path, new TextEncoder().encode(text))
      if (html !== undefined) await write(html, htmlReport(report))
      if (markdown === true) terminal.write(markdownReport(report))
      else if (markdown !== undefined) await write(markdown, markdownReport(report))
    })
}
