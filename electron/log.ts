import { join } from 'node:path'
import { app } from 'electron'
// The plain Node build: the one for main would listen to messages of the window, unchecked.
import log from 'electron-log/node'

/** A user can look at it and send it: errors of the main process only, never a profile's content. */
export function startLog(): void {
  log.transports.file.resolvePathFn = () => join(app.getPath('userData'), 'logs', 'main.log')
  // With one archived file beside it: half a megabyte at most.
  log.transports.file.maxSize = 256 * 1024
  log.transports.file.level = 'info'
  log.transports.console.level = 'error'
}

export function report(what: string): void {
  log.info(what)
}

export function reportError(where: string, thrown: unknown): void {
  log.error(where, thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown))
}
