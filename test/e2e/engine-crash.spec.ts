import type { WorldswitchApp } from './fixtures'
import { expect, test } from './fixtures'
import { started } from './window'

test.use({ start: { own: true } })

const enginePid = (app: WorldswitchApp) => app.enginePid()

async function startLongRun(app: WorldswitchApp): Promise<void> {
  await started(app)
  // Far longer than the test: it ends by what the test does to it.
  await app.page.getByTestId('scenario-bytes').fill('50000000000')
  await app.page.getByTestId('run-button').click()
  await expect.poll(async () => Number(await app.page.getByTestId('progress').getAttribute('value'))).toBeGreaterThan(0)
}

async function nextRunWorks(app: WorldswitchApp): Promise<void> {
  await app.page.getByTestId('scenario-bytes').fill('1000000')
  await app.page.getByTestId('run-button').click()
  await expect(app.page.getByTestId('run-item')).toHaveCount(3)
}

test('the engine is killed in the middle of a run: the window says so, and the next run works', async ({ app }) => {
  await startLongRun(app)
  const first = await enginePid(app)
  process.kill(first, 'SIGKILL')
  const banner = app.page.getByTestId('error-banner')
  await expect(banner).toContainText('The engine stopped during')
  await expect(app.page.getByTestId('engine-state')).toHaveAttribute('data-state', 'ready')
  await expect(app.page.getByTestId('progress')).toHaveCount(0)
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  expect(await enginePid(app)).not.toBe(first)
  await nextRunWorks(app)
})

test('a run can be cancelled, and another started at once', async ({ app }) => {
  await startLongRun(app)
  await app.page.getByTestId('cancel-button').click()
  await expect(app.page.getByTestId('progress')).toHaveCount(0)
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  await expect(app.page.getByTestId('error-banner')).toHaveCount(0)
  await nextRunWorks(app)
})

test('an engine that dies again and again is not started for ever, and starts again when asked', async ({ app }) => {
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  const state = app.page.getByTestId('engine-state')
  for (let death = 1; death <= 3; death++) {
    const pid = await enginePid(app)
    process.kill(pid, 'SIGKILL')
    await expect(state).toHaveAttribute('data-state', death < 3 ? 'down' : 'failed')
    if (death < 3) await expect(state).toHaveAttribute('data-state', 'ready')
  }
  // what is open can be saved all the same
  await app.answer({ save: app.path('without-engine.wsprof') })
  await app.page.getByTestId('engine-banner').getByRole('button', { name: 'Save a Copy…' }).click()
  await expect.poll(() => app.title()).toBe('without-engine.wsprof — Worldswitch')
  await app.page.getByTestId('engine-banner').getByRole('button', { name: 'Start it again' }).click()
  await expect(state).toHaveAttribute('data-state', 'ready')
  await nextRunWorks(app)
  await app.answer({ open: [app.path('without-engine.wsprof')], message: 1 })
  await app.menu('file.open')
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  await expect(app.page.getByTestId('warning-banner')).toHaveCount(0)
})

test('without its environment variable there is no hook for tests', async ({ app }) => {
  expect(await app.electronApp.evaluate(() => typeof globalThis.worldswitchTestHooks)).toBe('undefined')
})

test.describe('with hooks for tests', () => {
  test.use({ start: { env: { WORLDSWITCH_TEST_HOOKS: '1' } } })

  test('an engine that hangs is ended and started again', async ({ app }) => {
    await startLongRun(app)
    await app.electronApp.evaluate(() => globalThis.worldswitchTestHooks?.engine('hang'))
    // Two beats of five seconds, and the one that finds out.
    await expect(app.page.getByTestId('error-banner')).toContainText('stopped answering', { timeout: 30_000 })
    await expect(app.page.getByTestId('engine-state')).toHaveAttribute('data-state', 'ready')
    await nextRunWorks(app)
  })

  test('a crash inside the engine is survived too', async ({ app }) => {
    await startLongRun(app)
    await app.electronApp.evaluate(() => globalThis.worldswitchTestHooks?.engine('crash'))
    await expect(app.page.getByTestId('error-banner')).toContainText('The engine stopped during')
    await nextRunWorks(app)
  })
})

test('a window that crashes comes back with the file that was open', async ({ app }) => {
  await started(app)
  await app.answer({ save: app.path('kept.wsprof') })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe('kept.wsprof — Worldswitch')
  await app.electronApp.evaluate(({ BrowserWindow }) => new Promise<void>((resolve) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.once('did-finish-load', () => resolve())
    contents?.forcefullyCrashRenderer()
  }))
  // Playwright gives up a page that crashed, so the new one is asked through the main process.
  const seen = () => app.electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText') as Promise<string>)
  await expect.poll(seen).toContain('The window crashed and was loaded again')
  await expect.poll(seen).toContain('kept.wsprof is open again')
  await expect.poll(() => app.title()).toBe('kept.wsprof — Worldswitch')
})
