import type { Page } from '@playwright/test'
import { faults } from './axe'
import { dataKinds, everyTab, faultsInBothThemes, withData } from './every-view'
import { expect, test } from './fixtures'
import { started } from './window'

for (const kind of dataKinds) {
  test(`no view has an accessibility fault in light or dark, and each chart has a table that Tab reaches, ${kind} data`, async ({ app }) => {
    test.setTimeout(180_000)
    const page = await withData(app, kind)
    const found: string[] = []
    await everyTab(page, async (tab) => {
      for (const fault of await faultsInBothThemes(app)) found.push(`${tab}: ${fault}`)
      expect(await hasTableTwin(page), tab).toBe(true)
    })
    expect(found).toEqual([])
  })
}

test('the check itself sees a button without a name and words too pale to read', async ({ app }) => {
  const page = await started(app)
  await page.evaluate(() => {
    const button = document.createElement('button')
    button.id = 'nameless'
    const words = document.createElement('p')
    words.id = 'pale'
    words.textContent = 'pale words'
    Object.assign(words.style, { color: '#bbb', background: '#fff' })
    document.getElementById('centre-view')!.prepend(button, words)
  })
  const found = await faults(page)
  expect(found.filter((line) => line.startsWith('button-name: #nameless'))).toHaveLength(1)
  expect(found.filter((line) => line.startsWith('color-contrast: #pale'))).toHaveLength(1)
  expect(found).toHaveLength(2)
})

/** Whether the view on screen has a table that Tab reaches, if it has charts. */
async function hasTableTwin(page: Page): Promise<boolean> {
  const charts = page.locator('#centre-view').locator('[role=img], [role=application]').filter({ has: page.locator('canvas') })
  if (await charts.count() === 0) return true
  return page.evaluate(() => {
    const view = document.getElementById('centre-view')!
    return [...view.querySelectorAll('table')].some((table) =>
      table.clientHeight > 0 && (table.closest('[tabindex="0"]') !== null || table.querySelector('button, a, input, [tabindex="0"]') !== null))
  })
}
