import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type ConsoleMessage, type ElectronApplication, type Page } from '@playwright/test'
import { answerDialogs, dialogCalls, installDialogStubs, type DialogAnswers, type DialogCall } from './dialogs'
import { clearScreen } from './screen'
import { Sandbox, launchElectron, launchPlan, type LaunchPlan } from './launch'

/** How the window of a test is started; change it with `test.use({ start: { ... } })`. */
export interface StartOptions {
  /** Absolute paths given as command-line arguments. */
  files?: readonly string[]
  /** Added to the app's environment, for instance WORLDSWITCH_TEST_HOOKS. */
  env?: Record<string, string>
  /** Files put into the user-data folder beforehand: name -> text. Without any, it is the app's first start. */
  userData?: Record<string, string>
  /** A start of its own, with nothing of any test before it: for what only a new process can show. */
  own?: boolean
}

/** The main process did what it was asked, and its answer was swept away before Playwright had it: once in some thousand times. */
const answerLost = (thrown: unknown) => /promise was (?:garbage )?collected/i.test(String(thrown))

const once = new WeakMap<ElectronApplication, ElectronApplication['evaluate']>()

/** From here on a question whose answer was lost is asked again; what tests ask is as good twice as once. */
function askAgain(electronApp: ElectronApplication): void {
  const evaluate = electronApp.evaluate.bind(electronApp) as ElectronApplication['evaluate']
  once.set(electronApp, evaluate)
  const again = (...question: Parameters<typeof evaluate>) =>
    evaluate(...question).catch((thrown: unknown) => {
      if (answerLost(thrown)) return evaluate(...question)
      throw thrown
    })
  electronApp.evaluate = again as ElectronApplication['evaluate']
}

/** Asks once, for what must not be done twice. */
const asked = (electronApp: ElectronApplication) => once.get(electronApp) ?? electronApp.evaluate.bind(electronApp)

export class WorldswitchApp {
  electronApp!: ElectronApplication
  page!: Page
  /** Everything the main process wrote to stderr; attached to a failing test. */
  stderr = ''
  private readonly errors: string[] = []
  private readonly allowed: RegExp[] = []
  private running = false
  private starts = 0
  /** What dialogs are answered that come before a test can say so. */
  answersAtStart: DialogAnswers = {}

  constructor(
    readonly plan: LaunchPlan,
    readonly sandbox: Sandbox,
    private readonly options: StartOptions,
  ) {}

  /** Starts the window. A second start in the same test keeps home, user data and documents. */
  async launch(files: readonly string[] = this.options.files ?? [], env: Record<string, string> = {}): Promise<Page> {
    this.electronApp = await launchElectron(this.plan, this.sandbox, { files, env: { ...this.options.env, ...env } })
    askAgain(this.electronApp)
    this.running = true
    this.starts++
    const { electronApp } = this
    electronApp.once('close', () => {
      if (this.electronApp === electronApp) this.running = false
    })
    electronApp.process().stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString()
    })
    await installDialogStubs(this.electronApp, this.answersAtStart)
    this.electronApp.on('window', (page) => {
      this.listen(page)
    })
    this.page = await this.electronApp.firstWindow()
    this.listen(this.page)
    await this.page.waitForLoadState('domcontentloaded')
    return this.page
  }

  private readonly heard = new WeakSet<Page>()

  private listen(page: Page): void {
    if (this.heard.has(page)) return
    this.heard.add(page)
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.errors.push(message.text())
    })
    page.on('pageerror', (error: Error) => this.errors.push(error.stack ?? error.message))
  }

  /** Ends the window at once, without its questions, and starts it again with these files. */
  async relaunch(files: readonly string[] = [], env: Record<string, string> = {}): Promise<Page> {
    await this.end()
    return this.launch(files, env)
  }

  /** Quits as a person would, through the menu; the app's own questions are answered by the dialog stubs. */
  async quit(): Promise<void> {
    const closed = this.electronApp.waitForEvent('close')
    // The evaluation itself may be cut off by the quit it causes.
    await this.menu('file.quit').catch((error: unknown) => {
      if (this.running && !/closed|destroyed/.test(String(error))) throw error
    })
    await closed
  }

  /** Ends it and removes all that it had on the disk. */
  async close(): Promise<void> {
    await this.end()
    this.sandbox.remove()
  }

  /** Ends without asking: for the end of a test, and before a relaunch. */
  async end(): Promise<void> {
    if (!this.running) return
    const { electronApp } = this
    const gone = electronApp.waitForEvent('close', { timeout: 10_000 }).then(
      () => true,
      () => false,
    )
    await electronApp.evaluate(({ app }) => {
      app.exit(0)
    }).catch(() => undefined)
    if (!(await gone)) electronApp.process().kill('SIGKILL')
    this.running = false
  }

  /** As a power cut or the kernel's out-of-memory killer ends it: nothing of the app is asked or told. */
  async kill(): Promise<void> {
    const gone = this.electronApp.waitForEvent('close')
    this.electronApp.process().kill('SIGKILL')
    await gone
  }

  /** Whether another test can go on with this window: it is still the one that was started first. */
  get untouched(): boolean {
    return this.running && this.starts === 1 && !this.page.isClosed()
  }

  /**
   * What a first start shows, without starting: most of a test's time was the start of its window. Everything that a
   * test can leave behind is taken back the way a user would, then the page is loaded anew.
   */
  async asAtStart(): Promise<void> {
    const { electronApp, page } = this
    await installDialogStubs(electronApp, { message: dontSave })
    await this.menu('file.new')
    await expect.poll(() => this.title()).toBe('Untitled — Worldswitch')
    await this.menu('view.theme.system')
    await this.menu('view.zoom-reset')
    await electronApp.evaluate(({ BrowserWindow, Menu }) => {
      const clear = Menu.getApplicationMenu()?.getMenuItemById('file.recent.clear')
      if (clear?.enabled) clear.click()
      const window = BrowserWindow.getAllWindows()[0]!
      if (window.isFullScreen()) window.setFullScreen(false)
      if (window.isMaximized()) window.unmaximize()
      if (window.getSize().join() !== '1280,800') window.setSize(1280, 800)
    })
    await expect.poll(() => page.evaluate(() => window.outerWidth), { timeout: 3000 }).toBe(1280)
    this.sandbox.emptyDocuments()
    await clearScreen(page)
    await page.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null })
    await page.evaluate(() => { localStorage.clear() })
    await page.mouse.move(0, 0)
    await page.reload()
    this.errors.length = 0
    this.allowed.length = 0
    this.stderr = ''
    await installDialogStubs(electronApp, {})
  }

  /** Clicks an item of the application menu by its id (`file.save`). */
  async menu(id: string): Promise<void> {
    await asked(this.electronApp)(({ Menu, BrowserWindow }, itemId) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(itemId)
      if (!item) throw new Error(`No menu item has the id ${itemId}`)
      if (!item.enabled) throw new Error(`The menu item ${itemId} is disabled`)
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
      const click = item.click as (event: object, window: unknown, contents: unknown) => void
      click({}, window, window?.webContents)
    }, id).catch((thrown: unknown) => {
      // clicked once is enough: what was lost is only the answer
      if (!answerLost(thrown)) throw thrown
    })
  }

  answer(answers: DialogAnswers): Promise<void> {
    return answerDialogs(this.electronApp, answers)
  }

  /** Message boxes are answered by these one after another, and then as before. */
  answerInTurn(messages: number[], answers: DialogAnswers = {}): Promise<void> {
    return answerDialogs(this.electronApp, { ...answers, messages })
  }

  /** The files named `copy` under recovery/, one for each window with unsaved work. */
  recoveryCopies(): string[] {
    const folder = join(this.sandbox.userData, 'recovery')
    if (!existsSync(folder)) return []
    return readdirSync(folder).map((id) => join(folder, id, 'copy')).filter((path) => existsSync(path))
  }

  dialogs(): Promise<DialogCall[]> {
    return dialogCalls(this.electronApp)
  }

  /** The title of the window as the window manager shows it. */
  title(): Promise<string> {
    return this.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '')
  }

  /** Of the engine's process. */
  async enginePid(): Promise<number> {
    const pid = await this.electronApp.evaluate(({ app: electron }) => electron.getAppMetrics().find((process) => process.name === 'Worldswitch engine')?.pid ?? 0)
    expect(pid).toBeGreaterThan(1)
    return pid
  }

  /** A path in the test's documents folder, which the window may read and write. */
  path(name: string): string {
    return `${this.sandbox.documents}/${name}`
  }

  /** Puts a file into the documents folder and gives its path. */
  file(name: string, content: string | Uint8Array): string {
    return this.sandbox.write(this.path(name), content)
  }

  /** Errors that a test causes on purpose, for instance by trying what the policy forbids. */
  allowErrors(pattern: RegExp): void {
    this.allowed.push(pattern)
  }

  unexpectedErrors(): string[] {
    return this.errors.filter((text) => !this.allowed.some((pattern) => pattern.test(text)))
  }
}

/** Of `Save`, `Don't Save`, `Cancel`. */
const dontSave = 1

/**
 * What the two runs send that a test of this folder starts from, but for one with a start of its own or with figures of
 * the paper's transfer: a fifth of that. Making them anew for each of some 150 tests took a third of all their time.
 */
const shortRunsStart: StartOptions = { env: { WORLDSWITCH_FIRST_RUN_BYTES: '20000000' } }

/** Whether a window started so may be another test's afterwards. */
const isShared = (start: StartOptions) => Object.keys(start).length === 0

/** A window that a test has left as it can be used by the next one. */
class Pool {
  private kept: WorldswitchApp | null = null
  private keptShort = false

  async take(start: StartOptions, shortRuns: boolean): Promise<WorldswitchApp> {
    const { kept } = this
    this.kept = null
    if (kept && isShared(start) && this.keptShort === shortRuns) {
      const ready = await kept.asAtStart().then(() => true, (thrown: unknown) => {
        console.log(`A window could not be used again: ${String(thrown)}`)
        return false
      })
      if (ready) return kept
    }
    await kept?.close()
    const plan = launchPlan()
    const sandbox = new Sandbox(plan)
    for (const [name, text] of Object.entries(start.userData ?? {})) sandbox.write(`${sandbox.userData}/${name}`, text)
    const app = new WorldswitchApp(plan, sandbox, isShared(start) && shortRuns ? shortRunsStart : start)
    try {
      await app.launch()
    } catch (thrown) {
      await app.close()
      throw thrown
    }
    return app
  }

  async give(app: WorldswitchApp, shortRuns: boolean, usable: boolean): Promise<void> {
    if (!usable || !app.untouched) return app.close()
    this.kept = app
    this.keptShort = shortRuns
  }

  async close(): Promise<void> {
    await this.kept?.close()
    this.kept = null
  }
}

export const test = base.extend<{ start: StartOptions; shortRuns: boolean; app: WorldswitchApp }, { pool: Pool }>({
  start: [{}, { option: true }],
  shortRuns: [false, { option: true }],
  pool: [async ({}, use) => {
    const pool = new Pool()
    await use(pool)
    await pool.close()
  }, { scope: 'worker' }],
  app: async ({ start, shortRuns, pool }, use, testInfo) => {
    const app = await pool.take(start, shortRuns)
    let usable = false
    try {
      await use(app)
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('main process', { body: app.stderr, contentType: 'text/plain' })
        const picture = await app.page.screenshot({ timeout: 5000 }).catch(() => null)
        if (picture) await testInfo.attach('window', { body: picture, contentType: 'image/png' })
      }
      expect(app.unexpectedErrors(), 'errors in the window\'s console').toEqual([])
      usable = testInfo.status === testInfo.expectedStatus && isShared(start)
    } finally {
      await pool.give(app, shortRuns, usable)
    }
  },
})

export { expect }
