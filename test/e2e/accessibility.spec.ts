import { faults } from './axe'
import { dataKinds, everyTab, setTheme, withData } from './every-view'
import { expect, test } from './fixtures'

for (const kind of dataKinds) {
  for (const theme of ['light', 'dark'] as const) {
    test(`no view has an accessibility fault, ${kind} data, ${theme}`, async ({ app }) => {
      test.setTimeout(180_000)
      const page = await withData(app, kind)
      await setTheme(app, theme)
      const found: string[] = []
      await everyTab(page, async (tab) => {
        for (const fault of await faults(page)) found.push(`${tab}: ${fault}`)
      })
      expect(found).toEqual([])
    })
  }
}

test('every chart has a table in its view that Tab reaches', async ({ app }) => {
  const page = await withData(app, 'simulated')
  await everyTab(page, async (tab) => {
    const charts = page.locator('#centre-view').locator('[role=img], [role=application]').filter({ has: page.locator('canvas') })
    if (await charts.count() === 0) return
    const reached = await page.evaluate(() => {
      const view = document.getElementById('centre-view')!
      return [...view.querySelectorAll('table')].some((table) =>
        table.clientHeight > 0 && (table.closest('[tabindex="0"]') !== null || table.querySelector('button, a, input, [tabindex="0"]') !== null))
    })
    expect(reached, tab).toBe(true)
  })
})
