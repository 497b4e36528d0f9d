import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

/**
 * What follows `--cli --`, with which the launcher of a package starts a command; null when a window is wanted. The
 * double dash keeps Chromium from taking the command's options for its own.
 */
export function cliArguments(argv: readonly string[]): string[] | null {
  const at = argv.indexOf('--cli')
  return at > 0 && argv[at + 1] === '--' ? argv.slice(at + 2) : null
}

/**
 * Runs a command in this process, which is a Node like any other: a packaged program need not bring a second one, and
 * cannot be made into a plain Node by who starts it (the fuse RunAsNode is off). No window, no engine process, no lock.
 */
export async function runCommandLine(outFolder: string, given: readonly string[]): Promise<void> {
  app.disableHardwareAcceleration()
  process.argv = [process.execPath, 'worldswitch', ...given]
  // Chromium's own way to end would be status 0, as if the command had done its work
  process.once('SIGINT', () => app.exit(130))
  process.once('SIGTERM', () => app.exit(143))
  try {
    await import(pathToFileURL(join(outFolder, 'cli.mjs')).href)
    app.exit(Number(process.exitCode ?? 0))
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)}\n`)
    app.exit(1)
  }
}
