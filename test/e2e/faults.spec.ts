import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSession } from '../../engine/session/archive'
import { expect, test } from './fixtures'
import { started } from './window'

test.use({ start: { env: { WORLDSWITCH_TEST_HOOKS: '1' } } })

test('an engine out of memory, faults of the main process and a window that hangs are each told, with a way out and nothing lost', async ({ app }) => {
  const page = await started(app)
  const state = page.getByTestId('engine-state')
  const banner = page.getByTestId('error-banner')
  const dismiss = () => banner.getByRole('button', { name: /^Dismiss/ }).click()
  await page.getByTestId('scenario-bytes').fill('50000000000')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('progress')).toBeVisible()
  await app.electronApp.evaluate(() => globalThis.worldswitchTestHooks?.engine('memory'))
  await expect(banner).toContainText('ran out of memory')
  await expect(state).toHaveAttribute('data-state', 'ready')
  await dismiss()

  const fault = () => app.electronApp.evaluate(() => { setTimeout(() => { throw new Error('thrown by a test, about /home/me/secret.perf') }, 0) })
  await fault()
  await expect(banner).toContainText('Something went wrong outside the window')
  await dismiss()

  // what is unsaved outlives all that follows
  const run = page.getByTestId('run-item').first()
  await run.getByRole('button', { name: /^Rename/ }).click()
  await run.getByRole('textbox').fill('not saved yet')
  await page.keyboard.press('Enter')
  await expect.poll(() => app.recoveryCopies().map((path) => readFileSync(path, 'utf8')).join()).toContain('not saved yet')

  for (let i = 0; i < 3; i++) await fault()
  const lastQuestion = async () => (await app.dialogs()).filter(({ kind }) => kind === 'message').at(-1)
  await expect.poll(lastQuestion).toMatchObject({
    message: 'One thing after another goes wrong outside the window.', buttons: ['Go On', 'Quit', 'Save a Copy…'],
  })

  // a page in a loop; Chromium takes half a minute and a click to find out (the soak waits for it), here it is told at once
  await page.evaluate(() => { setTimeout(() => { for (;;); }, 0) })
  await app.answerInTurn([2, 1], { save: app.path('copy of it') })
  await app.electronApp.evaluate(({ BrowserWindow }) => new Promise<void>((resolve) => {
    const [window] = BrowserWindow.getAllWindows()
    // asked before, a page in a loop never answers
    window?.webContents.once('did-finish-load', () => resolve())
    window?.emit('unresponsive')
  }))
  await expect.poll(lastQuestion).toMatchObject({
    message: 'The window does not respond.', buttons: ['Wait', 'Load It Again', 'Save a Copy…'],
  })
  // Playwright gives up a page whose process was ended
  const body = () => app.electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText') as Promise<string>)
  await expect.poll(body).toContain('The window did not respond and was loaded again')
  await expect.poll(body).toContain('not saved yet')
  await expect.poll(() => app.title()).toMatch(/^• /)
  const { session, warnings } = decodeSession('copy', new Uint8Array(readFileSync(app.path('copy of it.wsprof'))))
  expect(warnings).toEqual([])
  expect(session.runs[0]!.name).toBe('not saved yet')

  const log = readFileSync(join(app.sandbox.userData, 'logs', 'main.log'), 'utf8')
  expect(log).toContain('the engine ran out of memory')
  expect(log).toContain('process gone: Worldswitch engine')
  expect(log).toContain('window does not respond')
  expect(log).toContain('thrown by a test')
  // stacks of the program are in it, what the user works on is not
  expect(log).not.toMatch(/secret|not saved yet|copy of it/)
})
