import type { Page } from '@playwright/test'
import { faults } from './axe'
import type { WorldswitchApp } from './fixtures'
import { expect, test } from './fixtures'
import { resize, runItem, started } from './window'

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' })
const chosen = (page: Page) => palette(page).locator('.palette-item[data-selected="true"] .palette-title')

/** A key as the keyboard gives it, so that the menu's shortcuts hear of what the page leaves alone. */
async function pressForReal(app: WorldswitchApp, keyCode: string, modifiers: ('control' | 'shift')[]): Promise<void> {
  await app.electronApp.evaluate(({ BrowserWindow }, [code, held]) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    webContents.focus()
    for (const type of ['keyDown', 'keyUp'] as const) webContents.sendInputEvent({ type, keyCode: code, modifiers: held })
  }, [keyCode, modifiers] as const)
}

async function renameFirst(page: Page, name: string): Promise<void> {
  await page.getByTestId('run-item').first().getByRole('button', { name: /^Rename/ }).click()
  await page.getByTestId('run-item').first().getByRole('textbox').fill(name)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('run-item').first()).toContainText(name)
}

test('the palette finds a command by a few letters, does it, and gives the focus back', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-compare').focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByTestId('palette-input')).toBeFocused()
  expect(await faults(page)).toEqual([])
  await page.keyboard.type('theme dark')
  await expect(chosen(page)).toHaveText('Theme: Dark')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toHaveCount(0)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByTestId('tab-compare')).toBeFocused()

  await page.keyboard.press('Control+Shift+P')
  await expect(palette(page).getByText('Recent')).toBeVisible()
  await expect(chosen(page)).toHaveText('Theme: Dark')
  expect(await faults(page)).toEqual([])
  await page.keyboard.type('qqq')
  await expect(palette(page)).toContainText('Nothing that makes sense now')
  await page.keyboard.press('Escape')
  await expect(palette(page)).toHaveCount(0)
  await expect(page.getByTestId('tab-compare')).toBeFocused()
})

test('the palette selects and compares runs by name and switches the scenario', async ({ app }) => {
  const page = await started(app)
  const choose = async (text: string, title: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(text)
    await expect(chosen(page)).toHaveText(title)
    await page.keyboard.press('Enter')
    await expect(palette(page)).toHaveCount(0)
  }
  await choose('select 2.0', 'Select VM/PC-733 2.0')
  await expect(page.getByTestId('status-bar')).toContainText('run VM/PC-733 2.0')
  await page.getByTestId('tab-table').click()
  await choose('compare optimized', 'Compare VM/PC-733 2.0 with VM/PC-733 optimized')
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('scenario-optimization-send-combining')).toBeChecked()
  await choose('send combining', 'Switch off: Send combining')
  await expect(page.getByTestId('scenario-optimization-send-combining')).not.toBeChecked()
})

test('a change of the session is undone and done again, once a key press, and the menu says what', async ({ app }) => {
  const page = await started(app)
  const label = (id: string) => app.electronApp.evaluate(({ Menu }, item) =>
    Menu.getApplicationMenu()?.getMenuItemById(item)?.label, id)
  await renameFirst(page, 'one')
  await renameFirst(page, 'two')
  await expect.poll(() => label('edit.undo')).toBe('Undo: rename to two')
  await page.getByTestId('tab-compare').focus()
  await pressForReal(app, 'Z', ['control'])
  await expect(page.getByTestId('run-item').first()).toContainText('one')
  await expect(page.getByTestId('said')).toContainText('Undone: rename to two.')
  await expect.poll(() => label('edit.redo')).toBe('Redo: rename to two')
  await expect.poll(() => label('edit.undo')).toBe('Undo: rename to one')
  await page.keyboard.press('Control+y')
  await expect(page.getByTestId('run-item').first()).toContainText('two')
  await app.menu('edit.undo')
  await expect(page.getByTestId('run-item').first()).toContainText('one')
  await page.getByTestId('said').getByRole('button', { name: 'Redo' }).click()
  await expect(page.getByTestId('run-item').first()).toContainText('two')
})

test('a text field that has the focus undoes its own typing, by key and by menu', async ({ app }) => {
  const page = await started(app)
  await renameFirst(page, 'one')
  const seed = page.getByTestId('scenario-seed')
  await seed.click()
  await page.keyboard.press('End')
  await page.keyboard.type('23')
  await expect(seed).toHaveValue('123')
  await pressForReal(app, 'Z', ['control'])
  await expect(seed).toHaveValue('1')
  await page.keyboard.type('45')
  await app.menu('edit.undo')
  await expect(seed).toHaveValue('1')
  await expect(page.getByTestId('run-item').first()).toContainText('one')
})

test('the overlay has the keys of every place, is readable by axe, and prints alone', async ({ app }) => {
  const page = await started(app)
  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  for (const words of ['Everywhere', 'In the list of runs', 'In a flame or icicle', 'Command Palette', 'Ctrl+Shift+P', 'Alt+↑']) {
    await expect(help).toContainText(words)
  }
  expect(await faults(page)).toEqual([])
  await page.emulateMedia({ media: 'print' })
  await expect(help).toBeVisible()
  await expect(page.getByTestId('status-bar')).toBeHidden()
  await expect(help.getByRole('button', { name: 'Print…' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
})

test('size of the window and of its panels are there again after a restart', async ({ app }) => {
  await started(app)
  await resize(app, 1400, 860)
  const box = async (panel: string) => (await app.page.locator(`#${panel}`).boundingBox())!
  const sizes = async () => [(await box('left')).width, (await box('compare-icicles')).height, (await box('inspector')).width].map(Math.round)
  const before = await sizes()
  const splitters = app.page.getByRole('separator')
  await expect(splitters).toHaveCount(3)
  await splitters.nth(0).press('ArrowRight')
  await splitters.nth(1).press('ArrowUp')
  await splitters.nth(2).press('ArrowLeft')
  await expect.poll(async () => (await sizes()).map((size, panel) => Math.sign(size - before[panel]!))).toEqual([1, -1, 1])
  const moved = await sizes()
  const asMoved = () => expect.poll(async () => (await sizes()).map((size, panel) => (Math.abs(size - moved[panel]!) <= 2 ? moved[panel] : size))).toEqual(moved)
  // after a look at another view, and in a window so narrow that the inspector was below for a while
  await app.page.getByTestId('tab-notes').click()
  await app.page.getByTestId('tab-compare').click()
  await asMoved()
  await resize(app, 1100, 860)
  expect((await box('inspector')).y).toBeGreaterThan((await box('compare-icicles')).y)
  await resize(app, 1400, 860)
  await asMoved()
  await app.quit()
  await app.launch()
  await started(app)
  await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(1400)
  await asMoved()
})

test('an inspector that is folded away takes no focus, and comes back', async ({ app }) => {
  const page = await started(app)
  const inspector = page.getByLabel('Inspector')
  await expect(inspector).toBeVisible()
  await page.getByRole('separator').last().press('End')
  await expect(inspector).toHaveCount(0)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement!.closest('[data-testid="status-bar"]') !== null)).toBe(true)
  await page.getByRole('separator').last().press('ArrowLeft')
  await expect(inspector).toBeVisible()
})

test('the zoom of everything is there again after a restart, and can be given up', async ({ app }) => {
  await started(app)
  const ratio = () => app.page.evaluate(() => window.devicePixelRatio)
  const before = await ratio()
  await app.page.keyboard.press('Control+=')
  await expect.poll(ratio).toBeGreaterThan(before)
  // pictures have the screen's pixels, not those of a smaller picture drawn large
  const blurred = () => app.page.evaluate(() => [...document.querySelectorAll('canvas')]
    .filter((canvas) => Math.abs(canvas.width - canvas.clientWidth * window.devicePixelRatio) > 2)
    .map((canvas) => `${canvas.closest('[data-testid]')!.getAttribute('data-testid')}: ${canvas.width} for ${canvas.clientWidth}`))
  for (const [tab, way] of [['compare', '-'], ['timeline', '='], ['packet', '-'], ['method', '=']] as const) {
    await app.page.getByTestId(`tab-${tab}`).click()
    await expect(app.page.locator('canvas').first()).toBeVisible()
    expect(await blurred(), tab).toEqual([])
    const was = await ratio()
    await app.page.keyboard.press(`Control+${way}`)
    await expect.poll(ratio).not.toBe(was)
    await expect.poll(blurred).toEqual([])
    await expect(app.page.locator('canvas').first()).toBeVisible()
  }
  const larger = await ratio()
  await app.quit()
  await app.launch()
  await started(app)
  await expect.poll(ratio).toBeCloseTo(larger, 5)
  await app.page.keyboard.press('Control+0')
  await expect.poll(ratio).toBeCloseTo(before, 5)
})

test('nothing of the session is done behind a dialog', async ({ app }) => {
  const page = await started(app)
  await runItem(page, 'VM/PC-733 2.0').locator('.run-select').focus()
  await page.keyboard.press('F1')
  await page.keyboard.press('Control+2')
  await page.keyboard.press('Delete')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByTestId('run-item')).toHaveCount(2)
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
})
