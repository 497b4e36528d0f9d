import { faults } from './axe'
import { expect, test } from './fixtures'
import { started } from './window'

test.use({ start: { env: { WORLDSWITCH_TOUR: 'on' } } })

test('the first start offers the tour, once; help explains the view on screen; samples open', async ({ app }) => {
  const { page } = app
  const tour = page.getByTestId('tour')
  await expect(tour).toContainText('1 of 5')
  expect(await faults(page)).toEqual([])
  // only looked at: nothing to lose
  expect(await app.title()).not.toContain('•')
  for (const [number, tab] of [[2, 'flame'], [3, 'table'], [4, 'what-if'], [5, 'compare']] as const) {
    await page.keyboard.press('Enter')
    await expect(tour).toContainText(`${String(number)} of 5`)
    await expect(page.getByTestId(`tab-${tab}`)).toHaveAttribute('aria-selected', 'true')
  }
  await page.keyboard.press('Enter')
  await expect(tour).toHaveCount(0)
  await app.menu('help.tour')
  await expect(tour).toContainText('1 of 5')
  await page.keyboard.press('Escape')
  await expect(tour).toHaveCount(0)

  await page.keyboard.press('Control+2')
  await page.getByTestId('help-button').click()
  await expect(page.getByRole('dialog', { name: 'What am I looking at? Table 2' })).toContainText('whisker')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+3')
  await page.keyboard.press('Shift+F1')
  await expect(page.getByTestId('view-help')).toContainText('Time runs from left to right')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('view-help')).toHaveCount(0)

  await app.menu('file.sample.pair')
  await expect(page.getByTestId('run-item')).toHaveCount(4)
  await expect(page.getByTestId('error-banner')).toHaveCount(0)

  await app.relaunch()
  await started(app)
  await expect(app.page.getByTestId('tour')).toHaveCount(0)
})
