import type { Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from './fixtures'
import { runItem, started } from './window'

/** Presses Tab, or Shift and Tab, until something has the focus: the way of a person without a mouse. */
async function tabTo(page: Page, selector: string, back = false): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`Tab does not reach ${selector}`)
}

async function byPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

test('run, inspect, note, compare, save and report without a mouse', async ({ app }) => {
  const page = await started(app)
  // run: another size of transfer, by the editor
  await tabTo(page, '[data-testid="scenario-bytes"]')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('3 MB')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('run-item')).toHaveCount(3)

  // inspect: a row of its table, and a box of its flame
  await page.keyboard.press('Control+2')
  await tabTo(page, '[data-testid="table2-row-guest-idle"] button')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('status-bar')).toContainText('Guest idle of VM/PC-733 optimized 2')
  await page.keyboard.press('Control+Shift+M')
  await page.keyboard.type('looked at without a mouse')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('note-here')).toHaveText('looked at without a mouse')
  await page.keyboard.press('Control+1')
  await tabTo(page, '[data-testid="flame-canvas"]')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByTestId('status-bar')).toContainText('VMM time of VM/PC-733 optimized 2')

  // compare: by name, with the palette
  await byPalette(page, 'compare 2.0')
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('compare-a').locator('option:checked')).toHaveText('VM/PC-733 optimized 2')
  await expect(page.getByTestId('compare-b').locator('option:checked')).toHaveText('VM/PC-733 2.0')

  // tidy up: a name of its own, from the list
  await tabTo(page, '.run-item.selected .run-select')
  await page.keyboard.press('F2')
  await page.keyboard.type('by keys')
  await page.keyboard.press('Enter')
  await expect(runItem(page, 'by keys')).toHaveCount(1)

  // save: the desktop's own dialog is answered, everything before it are keys
  await app.answer({ save: app.path('keys.wsprof') })
  await page.keyboard.press('Control+s')
  await expect.poll(() => app.title()).toBe('keys.wsprof — Worldswitch')
  expect(readFileSync(app.path('keys.wsprof')).subarray(0, 2).toString()).toBe('PK')

  // report: everything that was looked at is in it
  await app.answer({ save: app.path('report.md') })
  await byPalette(page, 'report markdown')
  await expect.poll(() => existsSync(app.path('report.md'))).toBe(true)
  const report = readFileSync(app.path('report.md'), 'utf8')
  for (const words of ['by keys', 'VM/PC-733 2.0', 'looked at without a mouse']) expect(report).toContain(words)
})
