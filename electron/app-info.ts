import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, nativeTheme } from 'electron'
import * as z from 'zod'
import type { AppInfo, ThemeChoice } from '../engine/window-api'
import { version } from '../package.json'

/** Written into a package's package.json when it is made (build/package): its commit, and the Electron it came with. */
const sourceSchema = z.object({ revision: z.string(), date: z.string(), runtime: z.string() })

function packagedSource(): z.infer<typeof sourceSchema> | null {
  if (!app.isPackaged) return null
  const manifest: unknown = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'))
  return z.object({ source: sourceSchema }).parse(manifest).source
}

/**
 * What the status bar and the help have to say about this start. The starter passes its part by environment; a package
 * carries it, and takes it from nobody else.
 */
export function appInfo(own: Pick<AppInfo, 'tour' | 'filesAtStart' | 'firstRunBytes'> & { theme: ThemeChoice }): AppInfo {
  const unsandboxed = app.commandLine.hasSwitch('no-sandbox') || process.env['WORLDSWITCH_SANDBOX'] === 'off'
  const source = packagedSource()
  return {
    version,
    source: source === null ? null : { revision: source.revision, date: source.date },
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    platform: process.platform,
    runtime: source?.runtime ?? (process.env['WORLDSWITCH_RUNTIME'] || 'official'),
    sandbox: unsandboxed ? 'off' : 'on',
    dark: nativeTheme.shouldUseDarkColors,
    ...own,
  }
}
