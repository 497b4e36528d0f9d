// electron-builder's configuration of every target. On Debian without its downloads only the directory is built with
// it; docs/release.md says where the others are made.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { APP_ID, MAINTAINER, MIME_TYPE, NAME, SUMMARY, TITLE } from './identity.mjs'

/**
 * Fuses are part of the program and cannot be turned back by who starts it. `drivable`: Playwright drives the main
 * process through --inspect, which no release allows.
 */
export const fuses = (drivable) => ({
  runAsNode: false,
  // The app keeps no cookies; on Linux this would ask for the user's keyring at every start.
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: drivable,
  // Checked by Electron on macOS and Windows only.
  enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  // The page comes from app://, never from file://.
  grantFileProtocolExtraPrivileges: false,
})

/** What a development runtime or electron-builder puts in and no package may hold: loaders, update feeds, marks. */
export const LEFTOVERS = [
  'resources/app', 'resources/app-update.yml', 'resources/default_app.asar', 'PROVENANCE.md', 'worldswitch-runtime.json', 'version',
]

const removeLeftovers = ({ appOutDir, electronPlatformName }) => {
  if (electronPlatformName === 'darwin') return
  for (const name of LEFTOVERS) rmSync(join(appOutDir, name), { recursive: true, force: true })
}

const association = {
  ext: 'wsprof', name: 'Worldswitch session', description: 'Worldswitch session', mimeType: MIME_TYPE, role: 'Editor',
}

/** `resources`: a folder whose content goes beside the asar (samples, notices); `icons`: see icons.mjs. */
export const builderConfig = ({ app, output, dist, electron, drivable, resources, icons }) => ({
  appId: APP_ID,
  productName: TITLE,
  directories: { app, output, buildResources: icons },
  electronVersion: electron,
  electronDist: dist,
  electronLanguages: ['en-US'],
  electronFuses: fuses(drivable),
  asar: true,
  npmRebuild: false,
  // Releases are files to be fetched: nothing in the program asks a server for another one.
  publish: null,
  files: ['out/**/*', 'package.json', '!**/*.map', '!node_modules/**'],
  extraResources: [{ from: resources, to: '.' }],
  fileAssociations: [association],
  afterPack: removeLeftovers,
  linux: {
    executableName: NAME,
    target: ['AppImage', 'deb'],
    category: 'Development',
    synopsis: SUMMARY,
    maintainer: MAINTAINER,
    icon: join(icons, 'png'),
    desktop: { entry: { StartupWMClass: TITLE, Keywords: 'profiler;virtual machine;flame graph;network;' } },
  },
  win: { target: ['nsis'], icon: join(icons, 'png', '512x512.png') },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
  mac: { target: ['dmg'], category: 'public.app-category.developer-tools', icon: join(icons, 'png', '512x512.png'), hardenedRuntime: true },
})
