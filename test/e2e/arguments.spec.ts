import { spawn } from 'node:child_process'
import type { WorldswitchApp } from './fixtures'
import { expect, test } from './fixtures'
import { startCommand } from './launch'
import { started } from './window'

test.use({ start: { own: true } })

/** A session of the first start's two runs, as a file. */
async function saveSession(app: WorldswitchApp, name: string): Promise<string> {
  await started(app)
  await app.answer({ save: app.path(name) })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe(`${name} — Worldswitch`)
  return app.path(name)
}

test('a session named on the command line is open at the start', async ({ app }) => {
  const file = await saveSession(app, 'by argument.wsprof')
  await app.relaunch([file])
  await expect.poll(() => app.title()).toBe('by argument.wsprof — Worldswitch')
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  await expect(app.page.getByTestId('error-banner')).toHaveCount(0)
})

test('a path may be relative to where the command was given', async ({ app }) => {
  await saveSession(app, 'near.wsprof')
  await app.relaunch(['near.wsprof'])
  await expect.poll(() => app.title()).toBe('near.wsprof — Worldswitch')
})

test('a session and a profile open together: the profile is added', async ({ app }) => {
  const session = await saveSession(app, 'a.wsprof')
  const profile = app.file('small perf.txt', [
    'qemu 11/12 1.000001: 250000 cycles:', '\t    1000 outer ([kernel.kallsyms])', '',
    'qemu 11/12 1.000002: 250000 cycles:', '\t    1000 inner ([kernel.kallsyms])', '\t    1000 outer ([kernel.kallsyms])', '', '',
  ].join('\n'))
  await app.relaunch([session, profile])
  await expect(app.page.getByTestId('run-item')).toHaveCount(3)
  await expect(app.page.getByTestId('run-item').last()).toContainText('small perf.txt')
  await expect.poll(() => app.title()).toBe('• a.wsprof — Worldswitch')
})

test('a file that is not there is named, and the window works', async ({ app }) => {
  await app.relaunch([app.path('nowhere.wsprof')])
  await expect(app.page.getByTestId('error-banner')).toContainText('nowhere.wsprof could not be opened: there is no such file or folder.')
  await expect(app.page.getByTestId('run-button')).toBeEnabled()
})

test('a second start hands its files to the first and ends', async ({ app }) => {
  const file = await saveSession(app, 'second.wsprof')
  await app.menu('file.new')
  await expect.poll(() => app.title()).toBe('Untitled — Worldswitch')
  const { program, args } = startCommand(app.plan, app.sandbox)
  const second = spawn(program, [...args, file], {
    stdio: 'ignore',
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ...app.plan.env, ...app.sandbox.environment() },
  })
  const ended = new Promise<number | null>((resolve) => second.on('exit', resolve))
  await expect.poll(() => app.title()).toBe('second.wsprof — Worldswitch')
  expect(await ended).toBe(0)
})
