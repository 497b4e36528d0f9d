import { join } from 'node:path'
import { app } from 'electron'
// The plain Node build: the one for main would listen to messages of the window, unchecked.
import log from 'electron-log/node'
import { withoutContent } from './log-text'

/** A user can look at it and send it: errors of the main process, and nothing of what the user works on (log-text.ts). */
export function startLog(): void {
  log.transports.file.resolvePathFn = logFile
  // With one archived file beside it: half a megabyte at most.
  log.transports.file.maxSize = 256 * 1024
  log.transports.file.level = 'info'
  log.transports.console.level = 'error'
}

export function logFile(): string {
  return join(app.getPath('userData'), 'logs', 'main.log')
}

const mostLastErrors = 20
const last: string[] = []

/** First lines of the newest errors since this start, oldest first. */
export function lastErrors(): string[] {
  return [...last]
}

export function report(what: string): void {
  log.info(plain(what))
}

/** Without what a user opened and how they call it: their data folder and the program's own paths stay. */
function plain(text: string): string {
  return withoutContent(text, [app.getPath('userData'), app.getAppPath()])
}

export function reportError(where: string, thrown: unknown): void {
  const text = plain(thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown))
  log.error(plain(where), text)
  last.push(`${new Date().toISOString()} ${where}: ${text.split('\n', 1)[0] ?? ''}`.slice(0, 500))
  if (last.length > mostLastErrors) last.shift()
}
