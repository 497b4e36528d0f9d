import { join } from 'node:path'
import { app } from 'electron'
// The plain Node build: the one for main would listen to messages of the window, unchecked.
import log from 'electron-log/node'

/** A user can look at it and send it: errors of the main process only, never a profile's content. */
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
  log.info(what)
}

export function reportError(where: string, thrown: unknown): void {
  const text = thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)
  log.error(where, text)
  last.push(`${new Date().toISOString()} ${where}: ${text.split('\n', 1)[0] ?? ''}`.slice(0, 500))
  if (last.length > mostLastErrors) last.shift()
}
