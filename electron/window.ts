import { BrowserWindow, nativeTheme, screen } from 'electron'
import { report, reportError } from './log'
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
  showWhenPainted(window, () => {
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

/** A loaded page paints within this, unless the machine has much else to do. */
const paintMilliseconds = 1000

/**
 * Calls `show` once: at the first paint, which avoids an empty window, and a second after the page was loaded at the
 * latest. Electron tells of the first paint only if Chromium paints the hidden window, and on a busy machine it now and
 * then (one start in some hundred) never does: the app would run, and nobody would see it.
 */
export function showWhenPainted(window: HiddenWindow, show: () => void): void {
  let shown = false
  const once = () => {
    if (shown || window.isDestroyed()) return
    shown = true
    show()
  }
  window.once('ready-to-show', once)
  window.webContents.once('did-finish-load', () => setTimeout(() => {
    if (!shown) report('no first paint was heard of')
    once()
  }, paintMilliseconds))
  // what to do about it is said in the page, or in a dialog of the window
  window.webContents.once('did-fail-load', once)
}

/** What this needs of a BrowserWindow. */
export interface HiddenWindow {
  once(event: 'ready-to-show', listener: () => void): unknown
  isDestroyed(): boolean
  webContents: {
    once(event: 'did-finish-load', listener: () => void): unknown
    once(event: 'did-fail-load', listener: () => void): unknown
  }
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
