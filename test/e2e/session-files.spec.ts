import { readFileSync, rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decodeSession } from '../../engine/session/archive'
import type { WorldswitchApp } from './fixtures'
import { expect, test } from './fixtures'
import { started } from './window'

/** Every row of Table 2 of every run, as the window shows them. */
async function figures(page: Page): Promise<string[]> {
  await page.getByTestId('tab-table').click()
  const all: string[] = []
  const runs = page.getByTestId('run-item')
  for (let i = 0; i < await runs.count(); i++) {
    const run = runs.nth(i)
    await run.getByRole('button').first().click()
    all.push(await run.innerText(), ...await page.locator('[data-testid^="table2-row-"]').allInnerTexts())
  }
  return all
}

async function saveAs(app: WorldswitchApp, name: string): Promise<void> {
  await app.answer({ save: app.path(name) })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe(`${name} — Worldswitch`)
}

/** A change of the session that takes no run: a run gets another name. */
async function changeSomething(app: WorldswitchApp): Promise<void> {
  const run = app.page.getByTestId('run-item').first()
  await run.getByRole('button', { name: /^Rename/ }).click()
  await run.getByRole('textbox').fill('my own name')
  await app.page.keyboard.press('Enter')
  await expect.poll(() => app.title()).toMatch(/^• /)
}

test('save, quit, open and find the same figures', async ({ app }) => {
  await started(app)
  const before = await figures(app.page)
  expect(before.filter((text) => /\d/.test(text)).length).toBeGreaterThan(20)
  await saveAs(app, 'paper.wsprof')
  expect([...readFileSync(app.path('paper.wsprof')).subarray(0, 4)]).toEqual([0x50, 0x4b, 3, 4])
  await app.quit()
  // Nothing but the session: no temporary file is left beside it.
  expect(app.sandbox.documentNames()).toEqual(['paper.wsprof'])

  await app.launch()
  await started(app)
  await app.answer({ open: [app.path('paper.wsprof')] })
  await app.menu('file.open')
  await expect.poll(() => app.title()).toBe('paper.wsprof — Worldswitch')
  expect(await figures(app.page)).toEqual(before)
  expect(await app.dialogs()).toHaveLength(1)
})

test('the first save asks where, adds the extension, and the next one does not ask', async ({ app }) => {
  await started(app)
  await changeSomething(app)
  expect(await app.title()).toBe('• Untitled — Worldswitch')
  // a dot in a name is not an extension
  await app.answer({ save: app.path('VM 2.0') })
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe('VM 2.0.wsprof — Worldswitch')
  const first = readFileSync(app.path('VM 2.0.wsprof'))
  await app.page.getByTestId('run-item').last().getByRole('button', { name: /^Delete/ }).click()
  await expect.poll(() => app.title()).toBe('• VM 2.0.wsprof — Worldswitch')
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe('VM 2.0.wsprof — Worldswitch')
  expect((await app.dialogs()).map((call) => call.kind)).toEqual(['save'])
  expect(readFileSync(app.path('VM 2.0.wsprof')).equals(first)).toBe(false)
  expect(app.sandbox.documentNames()).toEqual(['VM 2.0.wsprof'])
})

test('closing with unsaved changes asks; Cancel keeps the window, Save saves and closes', async ({ app }) => {
  await started(app)
  await saveAs(app, 'a.wsprof')
  await changeSomething(app)
  await app.menu('file.close')
  await expect.poll(async () => (await app.dialogs()).at(-1)).toMatchObject({
    kind: 'message', message: 'Save the changes to a.wsprof?', buttons: ['Save', "Don't Save", 'Cancel'],
  })
  await expect(app.page.getByTestId('run-item').first()).toContainText('my own name')
  const before = readFileSync(app.path('a.wsprof'))
  await app.answer({ message: 0 })
  await app.quit()
  expect(readFileSync(app.path('a.wsprof')).equals(before)).toBe(false)

  await app.launch([app.path('a.wsprof')])
  await expect(app.page.getByTestId('run-item').first()).toContainText('my own name')
})

test("Don't Save closes and leaves the file as it was", async ({ app }) => {
  await started(app)
  await saveAs(app, 'a.wsprof')
  const before = readFileSync(app.path('a.wsprof'))
  await changeSomething(app)
  await app.answer({ message: 1 })
  await app.quit()
  expect(readFileSync(app.path('a.wsprof')).equals(before)).toBe(true)
})

test('a save that fails says why, keeps the session and the mark, and offers another place', async ({ app }) => {
  await started(app)
  await changeSomething(app)
  // The place is below a file: nobody can write there, root neither.
  const file = app.file('file', 'not a folder')
  await app.answer({ save: `${file}/x.wsprof` })
  await app.menu('file.save')
  await expect.poll(async () => (await app.dialogs()).at(-1)).toMatchObject({
    kind: 'message', message: 'x.wsprof could not be saved: a part of the path is not a folder.', buttons: ['Save As…', 'Cancel'],
  })
  await expect(app.page.getByTestId('error-banner')).toContainText('could not be saved')
  expect(await app.title()).toBe('• Untitled — Worldswitch')
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  expect(readFileSync(file, 'utf8')).toBe('not a folder')
})

test('a session read in part never overwrites its file without asking', async ({ app }) => {
  await started(app)
  await saveAs(app, 'a.wsprof')
  const bytes = readFileSync(app.path('a.wsprof'))
  // the first profile's gzip data, well behind its local header and name
  const at = bytes.indexOf('profiles/') + 200
  bytes[at] = bytes[at]! ^ 1
  const damaged = app.file('damaged.wsprof', bytes)
  await app.relaunch([damaged])
  await expect(app.page.getByTestId('warning-banner')).toContainText('is damaged')
  await expect(app.page.getByTestId('run-item')).toHaveCount(1)
  await expect.poll(() => app.title()).toBe('damaged.wsprof — Worldswitch')
  await app.answer({ save: app.path('what-is-left') })
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe('what-is-left.wsprof — Worldswitch')
  expect((await app.dialogs()).map((call) => call.kind)).toEqual(['save'])
  expect(readFileSync(damaged).equals(bytes)).toBe(true)
})

test('a damaged session is refused by name, and what is open stays', async ({ app }) => {
  await started(app)
  await saveAs(app, 'good.wsprof')
  const bytes = readFileSync(app.path('good.wsprof'))
  await app.answer({ open: [app.file('bad.wsprof', bytes.subarray(0, bytes.length >> 1))] })
  await app.menu('file.open')
  await expect(app.page.getByTestId('error-banner')).toContainText('bad.wsprof')
  expect(await app.title()).toBe('good.wsprof — Worldswitch')
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
})

test('recent files are in the menu after a restart, and one that is gone is dropped in plain words', async ({ app }) => {
  await started(app)
  await saveAs(app, 'a.wsprof')
  await saveAs(app, 'b.wsprof')
  await app.relaunch()
  await started(app)
  const recent = () => app.electronApp.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.getMenuItemById('file.recent')?.submenu?.items.map((item) => item.label) ?? [])
  expect((await recent()).slice(0, 2)).toEqual(['b.wsprof', 'a.wsprof'])
  rmSync(app.path('b.wsprof'))
  await app.menu('file.recent.0')
  await expect(app.page.getByTestId('error-banner')).toContainText('b.wsprof could not be opened: there is no such file or folder.')
  expect((await recent())[0]).toBe('a.wsprof')
  await app.menu('file.recent.0')
  await expect.poll(() => app.title()).toBe('a.wsprof — Worldswitch')
})

test('New shows an empty session, after the question', async ({ app }) => {
  await started(app)
  await saveAs(app, 'a.wsprof')
  await changeSomething(app)
  await app.answer({ message: 1 })
  await app.menu('file.new')
  await expect.poll(() => app.title()).toBe('Untitled — Worldswitch')
  await expect(app.page.getByTestId('run-item')).toHaveCount(0)
})

test('a session opened while a run is under way shows its own runs only', async ({ app }) => {
  await started(app)
  await saveAs(app, 'a.wsprof')
  await app.page.getByTestId('scenario-bytes').fill('60000000')
  await app.page.getByTestId('run-button').click()
  await expect(app.page.getByTestId('progress')).toBeVisible()
  await app.answer({ open: [app.path('a.wsprof')], message: 1 })
  await app.menu('file.open')
  // Decoded after the run, or instead of it; either way the run belonged to the session that is gone.
  await expect(app.page.getByTestId('progress')).toHaveCount(0)
  await app.page.waitForTimeout(500)
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  expect(await app.title()).toBe('a.wsprof — Worldswitch')
})

test('saving does not wait for a run that is under way, and a quit in the middle of both loses nothing', async ({ app }) => {
  await started(app)
  await app.page.getByTestId('scenario-bytes').fill('50000000000')
  await app.page.getByTestId('run-button').click()
  await expect(app.page.getByTestId('progress')).toBeVisible()
  await saveAs(app, 'meanwhile.wsprof')
  await expect(app.page.getByTestId('progress')).toBeVisible()
  // and a quit while both are under way waits for the save and gives up the run
  await changeSomething(app)
  // a quit that comes before the window has begun to save asks, as for any change: Save
  await app.answer({ message: 0 })
  const closed = app.electronApp.waitForEvent('close')
  await Promise.all([app.menu('file.save'), app.menu('file.quit')]).catch(() => undefined)
  await closed
  const { session, warnings } = decodeSession('meanwhile.wsprof', new Uint8Array(readFileSync(app.path('meanwhile.wsprof'))))
  expect(warnings).toEqual([])
  expect(session.runs.map(({ name }) => name)).toEqual(['my own name', expect.any(String)])
  expect(app.sandbox.documentNames()).toEqual(['meanwhile.wsprof'])
})
