import { readFileSync, rmSync } from 'node:fs'
import type { WorldswitchApp } from './fixtures'
import { expect, test } from './fixtures'
import { started } from './window'

test.use({ start: { own: true } })

const copies = (app: WorldswitchApp) => app.recoveryCopies()

async function renameFirst(app: WorldswitchApp, name: string): Promise<void> {
  const run = app.page.getByTestId('run-item').first()
  await run.getByRole('button', { name: /^Rename/ }).click()
  await run.getByRole('textbox').fill(name)
  await app.page.keyboard.press('Enter')
  // how soon is the soak's to measure
  await expect.poll(() => copies(app).map((path) => readFileSync(path, 'utf8')).join()).toContain(name)
}

/** Asked through the main process: Playwright gives up a page that crashed. */
function bodyText(app: WorldswitchApp): Promise<string> {
  return app.electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText') as Promise<string>)
}

test('what was not saved outlives kill -9 and a crash of the window, and goes when it is saved or discarded', async ({ app }) => {
  await started(app)
  await app.answer({ save: app.path('paper.wsprof') })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe('paper.wsprof — Worldswitch')
  expect(copies(app)).toEqual([])
  await renameFirst(app, 'my own name')

  await app.kill()
  app.answersAtStart = { message: 0 }
  await app.launch()
  await expect.poll(() => app.title()).toBe('• paper.wsprof — Worldswitch')
  const [offer] = await app.dialogs()
  expect(offer?.message).toContain('ended without saving the changes to paper.wsprof')
  expect(offer?.buttons).toEqual(['Open', 'Discard', 'Ask Me Next Time'])
  await expect(app.page.getByTestId('run-item').first()).toContainText('my own name')
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe('paper.wsprof — Worldswitch')
  await expect.poll(() => copies(app)).toEqual([])

  await renameFirst(app, 'once more')
  await app.electronApp.evaluate(({ BrowserWindow }) => new Promise<void>((resolve) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // asked before, a page that has crashed never answers
    contents?.once('did-finish-load', () => resolve())
    contents?.forcefullyCrashRenderer()
  }))
  await expect.poll(() => bodyText(app)).toContain('unsaved changes included')
  await expect.poll(() => app.title()).toBe('• paper.wsprof — Worldswitch')
  expect(await bodyText(app)).toContain('once more')

  await app.kill()
  app.answersAtStart = { message: 1 }
  await app.launch()
  await expect.poll(() => copies(app)).toEqual([])
  // and the window begins as ever
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
})

test('a file that another program changes or removes is noticed', async ({ app }) => {
  await started(app)
  await app.menu('run.verify')
  await expect(app.page.getByTestId('verified')).toContainText('Verified: simulated again')
  await app.menu('help.diagnostics')
  await expect(app.page.getByTestId('diagnostics')).toContainText(`sandbox${app.plan.sandbox}`)
  await app.page.keyboard.press('Escape')
  await app.answer({ save: app.path('shared.wsprof') })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe('shared.wsprof — Worldswitch')
  app.file('shared.wsprof', 'what the other program wrote')
  await app.menu('file.save')
  await expect.poll(async () => (await app.dialogs()).at(-1)?.message ?? '').toContain('was changed by another program')
  expect(readFileSync(app.path('shared.wsprof'), 'utf8')).toBe('what the other program wrote')
  // the second button writes over it
  await app.answer({ message: 1 })
  await app.menu('file.save')
  await expect.poll(() => readFileSync(app.path('shared.wsprof')).subarray(0, 2).toString()).toBe('PK')

  rmSync(app.path('shared.wsprof'))
  await app.electronApp.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.emit('focus') })
  await expect(app.page.getByTestId('error-banner')).toContainText('shared.wsprof is no longer where it was')
  await expect.poll(() => app.title()).toBe('• shared.wsprof — Worldswitch')
  // the close asks, and its answer is "Don't Save": nothing stays behind
  await app.quit()
  expect(copies(app)).toEqual([])
})
