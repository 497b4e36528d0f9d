import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { started } from './window'

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid')
  ?? document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '')

test('Tab reaches the scenario, the tabs, the flame, its table twin and the inspector', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-flame').click()
  await page.getByTestId('scenario-machine').focus()
  const seen = new Set<string>()
  for (let i = 0; i < 60; i++) {
    seen.add(await focused(page))
    await page.keyboard.press('Tab')
  }
  for (const wanted of ['scenario-machine', 'scenario-seed', 'run-button', 'tab-flame', 'flame-search', 'flame-canvas',
    'Functions of this profile', 'Inspector', 'theme-toggle']) expect([...seen]).toContain(wanted)
})

test('a flame is walked and zoomed by keys alone', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-flame').click()
  await page.getByTestId('flame-canvas').focus()
  const status = page.getByTestId('status-bar')
  const crumbs = page.getByRole('navigation', { name: 'Zoom' })
  await page.keyboard.press('ArrowDown')
  await expect(status).toContainText('VMM time of')
  await page.keyboard.press('ArrowRight')
  await expect(status).toContainText('VMApp of')
  await page.keyboard.press('Enter')
  await expect(crumbs).toContainText('VMApp')
  await page.keyboard.press('Escape')
  await expect(crumbs).not.toContainText('VMApp')
  await page.keyboard.press('Enter')
  await page.keyboard.press('w')
  await page.keyboard.press('d')
  await page.keyboard.press('0')
  await expect(crumbs).not.toContainText('VMApp')
})

test('tabs change by arrow keys and by the menu\'s commands', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-flame').click()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByTestId('table2')).toBeVisible()
  await expect(page.getByTestId('tab-table')).toBeFocused()
  await app.menu('view.flame')
  await expect(page.getByTestId('flame-canvas')).toBeVisible()
  await app.menu('view.compare')
  await expect(page.getByTestId('compare-flame-a')).toBeVisible()
})

test('the version is chosen with arrow keys, and Enter in a field runs', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-vm-optimized').focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByTestId('scenario-vm')).toHaveAttribute('data-value', '2.0')
  await expect(page.getByTestId('scenario-vm-2.0')).toBeFocused()
  await page.getByTestId('scenario-bytes').fill('2 MB')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('run-item')).toHaveCount(3)
})

test('Escape in a note or a search is theirs: nothing that runs is cancelled', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-bytes').fill('100 GB')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('cancel-button')).toBeVisible()
  await page.getByTestId('tab-notes').click()
  await page.getByTestId('notes-general').fill('half a sentence')
  await page.keyboard.press('Escape')
  await page.getByTestId('tab-compare').click()
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Functions' }).click()
  await page.getByLabel('Search functions and modules').fill('tcp')
  await page.keyboard.press('Escape')
  // the search is gone, the run is not
  await expect(page.getByLabel('Search functions and modules')).toHaveValue('')
  await expect(page.getByTestId('cancel-button')).toHaveText('Cancel')
  await page.getByTestId('cancel-button').click()
  await expect(page.getByTestId('cancel-button')).toHaveCount(0)
})

test('Escape cancels what runs', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-bytes').fill('100 GB')
  await app.menu('run.start')
  await expect(page.getByTestId('progress')).toBeVisible()
  await page.getByTestId('tab-compare').focus()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('progress')).toHaveCount(0)
  await expect(page.getByTestId('run-item')).toHaveCount(2)
})

test('the overlay lists every key, and gives the focus back', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-compare').focus()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(help).toContainText('Zoom to the selected box')
  await expect(help).toContainText('Ctrl+Enter')
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
  await expect(page.getByTestId('tab-compare')).toBeFocused()
  await page.keyboard.press('/')
  await expect(page.getByTestId('flame-search')).toBeFocused()
})
