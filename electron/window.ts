import { BrowserWindow, nativeTheme, screen } from 'electron'
import { reportError } from './log'
import type { Settings } from './settings'
import { boundsToUse, minimumSize, zoomLevels } from './settings'

/** Chromium's: one level of zoom. */
const zoomBase = 1.2

/** Seen for a moment before the first paint, and while a resize is under way. */
export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#16191d' : '#ffffff'
}

export function createWindow(settings: Settings, preload: string, devTools: boolean): BrowserWindow {
  const { bounds, maximized, zoomLevel } = settings.get()
  const window = new BrowserWindow({
    ...boundsToUse(bounds, screen.getAllDisplays().map((display) => display.workArea)),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Worldswitch',
    show: false,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // from the first layout on: panels that were sized when zoomed would be laid out for another width
      zoomFactor: zoomBase ** zoomLevel,
      devTools,
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  // Chromium forgets it with each page
  window.webContents.on('dom-ready', () => window.webContents.setZoomLevel(settings.get().zoomLevel))
  // The title is the document's: the page has none of its own.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('close', () => settings.change({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }))
  return window
}

/** Makes everything in the window larger or smaller, and keeps it for the next start; null: its own size. */
export function zoomWindow(window: BrowserWindow, settings: Settings, steps: number | null): void {
  const wanted = steps === null ? 0 : settings.get().zoomLevel + steps * zoomLevels.step
  const zoomLevel = Math.min(zoomLevels.max, Math.max(zoomLevels.min, wanted))
  settings.change({ zoomLevel })
  window.webContents.setZoomLevel(zoomLevel)
}

/** Closes only when `mayClose` says so. Not beforeunload: Electron blocks it without a word. */
export function askBeforeClose(window: BrowserWindow, mayClose: () => Promise<boolean>): void {
  let asking = false
  let agreed = false
  window.on('close', (event) => {
    if (agreed) return
    event.preventDefault()
    if (asking) return
    asking = true
    mayClose().then((yes) => {
      agreed = yes
      if (yes && !window.isDestroyed()) window.close()
    }).catch((thrown: unknown) => {
      // a question that could not be asked is no yes, and must not keep the next one from being asked
      reportError('close', thrown)
    }).finally(() => { asking = false })
  })
}
