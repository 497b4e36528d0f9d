import type { Page } from '@playwright/test'
import { dataKinds, everyTab, faultsInBothThemes, withData } from './every-view'
import { expect, test } from './fixtures'

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
