import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures'

test.use({ start: { own: true } })

test('a window opens with the product\'s name, in Chromium\'s sandbox, or the launch has said that it is off', async ({ app }) => {
  await expect.poll(() => app.title()).toContain('Worldswitch')
  const [width, height] = await app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize() ?? [0, 0])
  expect(width).toBeGreaterThanOrEqual(1024)
  expect(height).toBeGreaterThanOrEqual(640)
  const pid = await app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)
  expect(pid).toBeGreaterThan(1)
  const field = (name: string) =>
    new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]
  if (app.plan.sandbox === 'on') {
    // 2 is filter mode (proc(5)). A new renderer closes the filter behind it only when it is ready to load a page.
    await expect.poll(() => field('Seccomp')).toBe('2')
    expect(field('NoNewPrivs')).toBe('1')
    expect(field('Uid')).not.toBe('0')
  } else {
    expect(app.plan.args).toContain('--no-sandbox')
    expect(app.plan.env['WORLDSWITCH_SANDBOX']).toBe('off')
  }
})
