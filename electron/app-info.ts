import { app, nativeTheme } from 'electron'
import type { AppInfo, ThemeChoice } from '../engine/window-api'
import { version } from '../package.json'

/** What the status bar and the help have to say about this start. The starter passes its part by environment. */
export function appInfo(own: { firstStart: boolean; filesAtStart: boolean; theme: ThemeChoice }): AppInfo {
  const unsandboxed = app.commandLine.hasSwitch('no-sandbox') || process.env['WORLDSWITCH_SANDBOX'] === 'off'
  return {
    version,
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    platform: process.platform,
    runtime: process.env['WORLDSWITCH_RUNTIME'] || 'official',
    sandbox: unsandboxed ? 'off' : 'on',
    dark: nativeTheme.shouldUseDarkColors,
    ...own,
  }
}
