import { basename, join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { app, nativeTheme, session } from 'electron'
import type { MainCommand } from '../engine/commands'
import type { PlainError } from '../engine/plain-error'
import type { ThemeChoice, WindowEvent } from '../engine/window-api'
import { appInfo } from './app-info'
import { serveApp } from './app-protocol'
import type { HandOver, Wish } from './arguments'
import { eventChannel } from './contract'
import { documentShell, exportShell } from './document-shell'
import { Documents } from './documents'
import { EngineHost } from './engine-host'
import { Exports } from './exports'
import { handle } from './ipc'
import { report, reportError } from './log'
import { showMenu } from './menu'
import { indexUrl } from './own-url'
import { RecentFiles } from './recent'
import { denyTheOutside } from './security'
import { Settings } from './settings'
import { askBeforeClose, backgroundColor, createWindow, recoverWindow, zoomWindow } from './window'

/** For end-to-end tests, and only when their environment variable is set. */
export interface TestHooks { engine(what: 'crash' | 'hang'): void }
declare global {
  // `var` is how a property of globalThis is declared
  var worldswitchTestHooks: TestHooks | undefined
}

/** The one window with its document, engine and menu: everything is put together here and nothing is decided. */
export class Workbench {
  private readonly settings = new Settings(join(app.getPath('userData'), 'state.json'))
  private readonly recent = new RecentFiles(join(app.getPath('userData'), 'recent.json'), () => this.refreshMenu())
  private readonly window: BrowserWindow
  private readonly documents: Documents
  private readonly exports: Exports
  private readonly engine: EngineHost
  /** The window's listeners are installed; false again after a crash. */
  private ready = false
  private firstReady = true
  private crashToTell: PlainError | null = null
  private history: { undo: string | null; redo: string | null } = { undo: null, redo: null }

  private readonly actions: Record<MainCommand, () => void> = {
    'file.new': () => void this.documents.newDocument(),
    'file.open': () => void this.documents.openByDialog(),
    'file.save': () => void this.documents.save(),
    'file.save-as': () => void this.documents.saveAs(),
    'file.close': () => this.window.close(),
    'view.theme.light': () => this.setTheme('light'),
    'view.theme.dark': () => this.setTheme('dark'),
    'view.theme.system': () => this.setTheme('system'),
    'view.zoom-in': () => zoomWindow(this.window, this.settings, 1),
    'view.zoom-out': () => zoomWindow(this.window, this.settings, -1),
    'view.zoom-reset': () => zoomWindow(this.window, this.settings, null),
    'view.full-screen': () => this.window.setFullScreen(!this.window.isFullScreen()),
  }

  /** Wait until the window is ready. */
  private readonly files: string[]

  constructor(outFolder: string, private readonly wanted: HandOver) {
    this.files = wanted.files
    serveApp(join(outFolder, 'renderer'))
    denyTheOutside(session.defaultSession)
    nativeTheme.themeSource = this.settings.get().theme
    const testHooks = process.env['WORLDSWITCH_TEST_HOOKS'] === '1'
    this.window = createWindow(this.settings, join(outFolder, 'electron', 'preload.cjs'), !app.isPackaged)
    this.documents = new Documents(documentShell(this.window, (event) => this.send(event), this.recent, (path) => this.engine.seal(path)))
    this.exports = new Exports(exportShell(this.window, this.recent))
    this.engine = new EngineHost(join(outFolder, 'electron', 'engine.mjs'), (event) => this.send(event), testHooks)
    if (testHooks) globalThis.worldswitchTestHooks = { engine: (what) => this.engine.test(what) }

    askBeforeClose(this.window, () => this.documents.mayReplace())
    recoverWindow(this.window, () => this.windowLost())
    nativeTheme.on('updated', () => this.themeChanged())
    app.on('will-quit', () => this.engine.stop())
    this.answerWindow()
    this.refreshMenu()
    this.documents.showTitle()
    // The window first: the engine starts while the page loads.
    this.window.loadURL(indexUrl).catch((thrown: unknown) => reportError('load', thrown))
    this.engine.start()
  }

  /** Another start of the app handed over its files, or what a desktop's menu asked it for. */
  welcome({ files, wish }: HandOver): void {
    if (this.window.isMinimized()) this.window.restore()
    this.window.focus()
    if (wish !== null && this.ready) void this.fulfil(wish)
    if (this.ready) void this.documents.open(files)
    else this.files.push(...files)
  }

  private async fulfil(wish: Wish): Promise<void> {
    const emptied = await this.documents.newDocument()
    if (emptied && wish === 'paper') this.send({ type: 'command', id: 'run.presets' })
  }

  problem(thrown: unknown): void {
    reportError('main', thrown)
    this.send({
      type: 'problem',
      error: {
        what: 'Something went wrong outside the window; it is written down in the log.',
        where: join(app.getPath('userData'), 'logs', 'main.log'),
        kept: 'The session is still open with everything in it.',
        todo: 'Save, and please report it with the log.',
      },
    })
  }

  private send(event: WindowEvent): void {
    if (this.ready && !this.window.isDestroyed()) this.window.webContents.send(eventChannel, event)
  }

  private info() {
    return appInfo({
      firstStart: this.settings.firstStart && this.firstReady,
      filesAtStart: this.files.length > 0 || this.wanted.wish === 'new',
      theme: this.settings.get().theme,
    })
  }

  private answerWindow(): void {
    const { documents } = this
    handle('app:info', () => this.info())
    handle('app:ready', () => {
      const info = this.info()
      this.ready = true
      this.firstReady = false
      // After the answer, so that the window knows what it is before it hears events.
      setImmediate(() => this.windowReady())
      return info
    })
    handle('document:set-dirty', (dirty) => documents.setDirty(dirty))
    handle('document:save', (saveId, bytes) => documents.receive(saveId, bytes))
    handle('document:save-failed', (saveId, error) => {
      report(`a session could not be encoded: ${error.what}`)
      documents.saveFailed(saveId)
    })
    handle('document:opened', (documentId, shown) => documents.opened(documentId, shown))
    handle('document:dropped', (path) => documents.dropped(path))
    handle('document:may-replace', () => documents.mayReplace())
    handle('document:adopted', (fileName) => documents.adopted(fileName))
    handle('export:save', (name, kind, bytes) => this.exports.save(name, kind, bytes))
    handle('menu:perform', (command) => this.perform(command))
    handle('menu:history', (undo, redo) => {
      this.history = { undo, redo }
      this.refreshMenu()
    })
    handle('theme:set', (theme) => this.setTheme(theme))
    handle('engine:restart', () => this.engine.restart())
  }

  private windowReady(): void {
    if (this.window.isDestroyed()) return
    this.engine.connect(this.window.webContents)
    if (this.crashToTell) this.send({ type: 'problem', error: this.crashToTell })
    this.crashToTell = null
    const files = this.files.splice(0)
    if (files.length > 0) void this.documents.open(files)
  }

  private windowLost(): void {
    this.ready = false
    const { unsaved, reopen } = this.documents.windowLost()
    this.files.push(...reopen)
    this.crashToTell = {
      what: `The window crashed and was loaded again${unsaved ? '; changes that were not saved are lost' : ''}.`,
      kept: reopen[0] === undefined ? 'Nothing had been saved yet.' : `${basename(reopen[0])} is open again as it was saved last.`,
      todo: 'Please report it with the steps that led here.',
    }
  }

  private perform(command: MainCommand): void {
    this.actions[command]()
  }

  private setTheme(theme: ThemeChoice): void {
    this.settings.change({ theme })
    nativeTheme.themeSource = theme
    this.refreshMenu()
    this.themeChanged()
  }

  private themeChanged(): void {
    if (this.window.isDestroyed()) return
    this.window.setBackgroundColor(backgroundColor())
    const { theme } = this.settings.get()
    this.send({ type: 'theme', theme, dark: nativeTheme.shouldUseDarkColors })
  }

  private refreshMenu(): void {
    const state = { recent: this.recent.list(), theme: this.settings.get().theme, devTools: !app.isPackaged, ...this.history }
    showMenu(state, {
      perform: (command) => this.perform(command),
      toWindow: (id) => this.send({ type: 'command', id }),
      openRecent: (path) => void this.documents.open([path]),
      clearRecent: () => this.recent.clear(),
    })
  }
}
