import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { ensureDebianPackages } from '../../../build/setup/libraries.mjs'
import { has } from '../../../build/setup/run.mjs'
import { decodeSession } from '../../../engine/session/archive'
import { expect, test } from '../../e2e/fixtures'
import { launchPlan, Sandbox, startCommand } from '../../e2e/launch'
import { commandOf, treeOf } from '../../e2e/processes'
import { started } from '../../e2e/window'
import { figure } from '../report'

const subject = 'Faults of the whole app'

/** The port of a start of one's own, as Chromium writes it down. */
function debuggingPort(userData: string): number {
  try {
    return Number(readFileSync(`${userData}/DevToolsActivePort`, 'utf8').split('\n')[0])
  } catch {
    return 0
  }
}

const readText = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

// Playwright's own start switches Chromium's watch on hangs off, and so does whoever debugs the page
test('a page in a loop that somebody clicks on is found out', async () => {
  if (!has('xdotool')) await ensureDebianPackages(['xdotool'], 'A click has to come from outside.')
  const plan = launchPlan()
  const sandbox = new Sandbox(plan)
  const { program, args } = startCommand(plan, sandbox)
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', WORLDSWITCH_TOUR: 'off', ...plan.env, ...sandbox.environment() }
  const started = spawn(program, [...args, '--remote-debugging-port=0'], { stdio: 'ignore', cwd: sandbox.documents, env })
  let everybody: number[] = []
  try {
    await expect.poll(() => debuggingPort(sandbox.userData)).toBeGreaterThan(0)
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort(sandbox.userData)}`)
    const [page] = browser.contexts()[0]!.pages()
    await expect(page!.getByTestId('run-item')).toHaveCount(2)
    await page!.evaluate(() => { setTimeout(() => { for (;;); }, 2000) })
    await browser.close()
    everybody = treeOf(started.pid!)
    await new Promise((resolve) => setTimeout(resolve, 4000))
    const began = Date.now()
    execFileSync('xdotool', ['mousemove', '500', '400', 'click', '1'])
    await expect.poll(() => readText(`${sandbox.userData}/logs/main.log`), { timeout: 120_000 }).toContain('window does not respond')
    figure(subject, 'a page in a loop and a click: found out after', `${((Date.now() - began) / 1000).toFixed(0)} s`, '-')
  } finally {
    started.kill('SIGKILL')
    await expect.poll(() => everybody.filter((pid) => commandOf(pid) !== '')).toEqual([])
    sandbox.remove()
  }
})

test('a save on a full disk keeps the old file, is told, and goes to another place', async ({ app }) => {
  test.skip(process.getuid?.() !== 0, 'mounting takes root')
  const page = await started(app)
  const disk = app.path('small disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0777', 'worldswitch-test', disk])
  try {
    const path = `${disk}/a.wsprof`
    await app.answer({ save: path })
    await app.menu('file.save-as')
    await expect.poll(() => app.title()).toBe('a.wsprof — Worldswitch')
    const before = readFileSync(path)
    try {
      writeFileSync(`${disk}/ballast`, new Uint8Array(2 << 20))
    } catch {
      // it is full now
    }
    const run = page.getByTestId('run-item').first()
    await run.getByRole('button', { name: /^Rename/ }).click()
    await run.getByRole('textbox').fill('on the full disk')
    await page.keyboard.press('Enter')
    await expect.poll(() => app.title()).toBe('• a.wsprof — Worldswitch')
    await app.answerInTurn([0], { save: app.path('elsewhere.wsprof') })
    await app.menu('file.save')
    await expect.poll(() => app.title()).toBe('elsewhere.wsprof — Worldswitch')
    const asked = (await app.dialogs()).find(({ message }) => message.includes('could not be saved'))
    expect(asked).toMatchObject({ message: 'a.wsprof could not be saved: the disk is full.', buttons: ['Save As…', 'Cancel'] })
    expect(readFileSync(path).equals(before)).toBe(true)
    const { session, warnings } = decodeSession('elsewhere', new Uint8Array(readFileSync(app.path('elsewhere.wsprof'))))
    expect(warnings).toEqual([])
    expect(session.runs[0]!.name).toBe('on the full disk')
    figure(subject, 'a save on a full disk: bytes of the old session lost', '0, and another place was offered and taken', '0')
  } finally {
    execFileSync('umount', ['-l', disk])
  }
})
