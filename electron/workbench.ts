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
import { diagnostics } from './diagnostics'
import { documentShell, exportShell, perfShell } from './document-shell'
import { Documents } from './documents'
import { EngineHost, engineName } from './engine-host'
import { Exports } from './exports'
import { handle } from './ipc'
import { logFile, report, reportError } from './log'
import { showMenu } from './menu'
import { indexUrl } from './own-url'
import { PerfData } from './perf-data'
import { RecentFiles } from './recent'
import type { FoundCopy, RecoveredSession } from './recovery'
import { RecoveryCopies } from './recovery'
import { keptOrWhy, momentOf, nameOf, offerCopies, saveCopyElsewhere } from './recovery-offer'
import { samplePaths, type SampleName } from './samples'
import { denyTheOutside } from './security'
import { Settings } from './settings'
import { askBeforeClose, backgroundColor, createWindow, zoomWindow } from './window'
import { recoverWindow, watchMainFaults, type LostBy } from './window-faults'

interface LostWindow { by: LostBy; unsaved: boolean; reopen: string[] }

/** For end-to-end tests, and only when their environment variable is set. */
export interface TestHooks { engine(what: 'crash' | 'hang' | 'memory'): void }
declare global {
  // `var` is how a property of globalThis is declared
  var worldswitchTestHooks: TestHooks | undefined
}

/** The one window with its document, engine and menu: everything is put together here and nothing is decided. */
export class Workbench {
  private readonly settings = new Settings(join(app.getPath('userData'), 'state.json'))
  private readonly recent = new RecentFiles(join(app.getPath('userData'), 'recent.json'), () => this.refreshMenu())
  private readonly copies = new RecoveryCopies(join(app.getPath('userData'), 'recovery'))
  private readonly window: BrowserWindow
  private readonly documents: Documents
  private readonly exports: Exports
  private readonly engine: EngineHost
  /** The window's listeners are installed; false again after a crash. */
  private ready = false
  private firstReady = true
  /** Copies of earlier starts that have still to be asked about. */
  private found: Promise<FoundCopy[]> = this.copies.found()
  /** What the window is to show once it is ready. */
  private copy: RecoveredSession | null = null
  /** The window crashed; what was open then. */
  private lost: LostWindow | null = null
  private history: { undo: string | null; redo: string | null } = { undo: null, redo: null }

  private readonly actions: Record<MainCommand, () => void> = {
    'file.new': () => void this.documents.newDocument(),
    'file.open': () => void this.documents.openByDialog(),
    'file.sample.pair': () => this.openSample('pair'),
    'file.sample.perf': () => this.openSample('perf'),
    'file.sample.trace': () => this.openSample('trace'),
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

  private readonly mainFault: () => void

  /** Wait until the window is ready. */
  private readonly files: string[]

  constructor(private readonly outFolder: string, private readonly wanted: HandOver) {
    this.files = wanted.files
    serveApp(join(outFolder, 'renderer'))
    denyTheOutside(session.defaultSession)
    nativeTheme.themeSource = this.settings.get().theme
    const testHooks = process.env['WORLDSWITCH_TEST_HOOKS'] === '1'
    this.window = createWindow(this.settings, join(outFolder, 'electron', 'preload.cjs'), !app.isPackaged)
    const perfData = new PerfData(perfShell(this.window))
    this.documents = new Documents(documentShell(
      this.window, (event) => this.send(event), this.recent,
      { seal: (path) => this.engine.seal(path), perfText: (path) => perfData.textOf(path) },
      { settled: () => void this.copies.clean(), notShown: () => void this.copies.letGo() },
    ))
    this.exports = new Exports(exportShell(this.window, this.recent))
    this.engine = new EngineHost(join(outFolder, 'electron', 'engine.mjs'), (event) => this.send(event), testHooks)
    if (testHooks) globalThis.worldswitchTestHooks = { engine: (what) => this.engine.test(what) }

    askBeforeClose(this.window, () => this.mayClose())
    const unsaved = {
      saveCopy: () => saveCopyElsewhere(this.window, this.copies, app.getPath('documents')),
      copyOf: async () => {
        const copy = await this.copies.own()
        return copy && `${nameOf(copy)}, ${momentOf(copy.savedAt)}`
      },
    }
    recoverWindow(this.window, { lost: (by) => this.windowLost(by), ...unsaved })
    this.mainFault = watchMainFaults(this.window, unsaved, () => this.tellFault())
    app.on('child-process-gone', (_event, { type, name, serviceName, reason, exitCode }) => {
      // every process ends when the app does
      if (reason !== 'clean-exit') report(`process gone: ${name ?? serviceName ?? type}, ${reason} (${exitCode})`)
      if (name === engineName) this.engine.gone(reason)
    })
    this.window.on('focus', () => void this.documents.lookAtFile())
    nativeTheme.on('updated', () => this.themeChanged())
    app.on('will-quit', () => this.engine.stop())
    app.on('will-quit', () => perfData.removeTexts())
    // `npm run dev` has built the page anew (build/dev.mjs)
    if (!app.isPackaged) process.on('SIGUSR2', () => this.loadAgain())
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
    this.mainFault()
  }

  private tellFault(): void {
    this.send({
      type: 'problem',
      error: {
        what: 'Something went wrong outside the window; it is written down in the log.',
        where: logFile(),
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
      // for tests, which have a first start each and look at something else
      tour: this.settings.firstStart && this.firstReady && process.env['WORLDSWITCH_TOUR'] !== 'off',
      // for tests too: most start from these two runs and look at something that does not depend on their length
      firstRunBytes: Number(process.env['WORLDSWITCH_FIRST_RUN_BYTES'] ?? 0) || null,
      filesAtStart: this.files.length > 0 || this.wanted.wish === 'new' || this.copy !== null,
      theme: this.settings.get().theme,
    })
  }

  private answerWindow(): void {
    const { documents } = this
    handle('app:info', () => this.info())
    handle('app:diagnostics', () => diagnostics(this.info(), join(app.getPath('userData'), 'recovery')))
    handle('app:ready', async () => {
      // before the answer: what is to be opened decides what the window begins with
      await this.chooseCopy()
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
    handle('recovery:profile', (sha256, bytes) => keptOrWhy(this.copies.keepProfile(sha256, bytes)))
    handle('recovery:copy', (manifest, profiles) => keptOrWhy(this.copies.keep(() => documents.unsaved(), manifest, profiles)))
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
    if (this.lost) this.send({ type: 'problem', error: crashWords(this.lost, this.copy && momentOf(this.copy.savedAt)) })
    this.lost = null
    if (this.copy) void this.documents.openRecovered(this.copy)
    this.copy = null
    const files = this.files.splice(0)
    if (files.length > 0) void this.documents.open(files)
  }

  /** What was unsaved when this window crashed, or when an earlier one did and the user wants it. */
  private async chooseCopy(): Promise<void> {
    const { lost } = this
    if (lost) {
      // also one that was just being opened when the window crashed again
      this.copy = await this.copies.own()
      if (!this.copy) this.files.push(...lost.reopen)
      return
    }
    const found = await this.found
    this.found = Promise.resolve([])
    this.copy = await offerCopies(this.window, this.copies, found)
  }

  private windowLost(by: LostBy): void {
    this.ready = false
    this.lost = { by, ...this.documents.windowLost() }
  }

  private async mayClose(): Promise<boolean> {
    const yes = await this.documents.mayReplace()
    if (yes) await this.copies.end()
    return yes
  }

  private loadAgain(): void {
    this.ready = false
    this.files.push(...this.documents.windowLost().reopen)
    this.window.webContents.reloadIgnoringCache()
  }

  private openSample(name: SampleName): void {
    void this.documents.open(samplePaths(this.outFolder, name))
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

const endings: Readonly<Record<LostBy, string>> = {
  crash: 'The window crashed and was loaded again', hang: 'The window did not respond and was loaded again',
  memory: 'The window ran out of memory and was loaded again',
}

function crashWords({ by, unsaved, reopen }: LostWindow, copyOf: string | null): PlainError {
  const todo = 'Please report it with the steps that led here.'
  const [path] = reopen
  if (copyOf !== null) return { what: `${endings[by]}.`, kept: `The session is as it was at ${copyOf}, unsaved changes included.`, todo }
  return {
    what: `${endings[by]}${unsaved ? '; changes of the last seconds are lost' : ''}.`,
    kept: path === undefined ? 'Nothing had been saved yet.' : `${basename(path)} is open again as it was saved last.`,
    todo,
  }
}
