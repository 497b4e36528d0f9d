import type { Page } from '@playwright/test'
import { faultsInBothThemes } from './every-view'
import { expect, test } from './fixtures'
import { cutLabels, drop, laidOut, perfText, resize, started } from './window'

const tabs = ['flame', 'table', 'compare', 'method'] as const

async function setTheme(page: Page, theme: string): Promise<void> {
  const toggle = page.getByTestId('theme-toggle')
  for (let i = 0; i < 3 && await toggle.getAttribute('data-theme-choice') !== theme; i++) {
    const before = await toggle.getAttribute('data-theme-choice')
    await toggle.click()
    await expect(toggle).not.toHaveAttribute('data-theme-choice', before ?? '')
  }
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

test('no accessibility fault with a row selected, with errors and with the overlay', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-row-guest-idle').getByRole('button', { name: 'Guest idle', exact: true }).click()
  expect(await faultsInBothThemes(app), 'row selected').toEqual([])
  await page.getByTestId('scenario-seed').fill('x')
  await drop(page, [{ name: 'no.txt', text: 'nothing' }])
  await expect(page.getByTestId('error-banner')).toBeVisible()
  expect(await faultsInBothThemes(app), 'errors').toEqual([])
  await page.keyboard.press('Tab')
  await app.menu('help.keyboard')
  expect(await faultsInBothThemes(app), 'help').toEqual([])
})

for (const theme of ['light', 'dark']) {
  test(`nothing is cut at 1024x640 and 1280x800, ${theme}`, async ({ app }) => {
    const page = await started(app)
    await setTheme(page, theme)
    await drop(page, [{ name: 'profile.txt', text: perfText([['tcp_sendmsg', 'do_syscall_64']]) }])
    await expect(page.getByTestId('load-report')).toBeVisible()
    const sizes = [[1024, 640], [1280, 800]] as const
    for (const [width, height] of sizes) {
      await resize(app, width, height)
      expect(await cutLabels(page), `import, ${width}`).toEqual([])
    }
    await page.getByTestId('run-item').nth(1).locator('.run-select').click()
    for (const [width, height] of sizes) {
      await resize(app, width, height)
      for (const tab of tabs) {
        await page.getByTestId(`tab-${tab}`).click()
        expect(await cutLabels(page), `${tab}, ${width}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scrolling').toBeLessThanOrEqual(width)
      }
    }
    // the inspector beside the view, as narrow as it gets: a run, then a row with the longest words
    const inspector = () => page.locator('#inspector').boundingBox().then((box) => Math.round(box!.width))
    await page.getByRole('separator').last().press('ArrowRight')
    await expect.poll(inspector).toBe(224)
    await laidOut(page)
    expect(await cutLabels(page), 'run in the narrowest inspector').toEqual([])
    await page.getByTestId('tab-table').click()
    await page.getByTestId('table2-row-guest-idle').getByRole('button', { name: 'Guest idle', exact: true }).click()
    expect(await cutLabels(page), 'row in the narrowest inspector').toEqual([])
  })
}

test('the flame is repainted when the theme changes', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-flame').click()
  await setTheme(page, 'light')
  const corner = () => page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="flame-canvas"] canvas')!
    const ratio = window.devicePixelRatio
    return [...canvas.getContext('2d')!.getImageData(Math.round(300 * ratio), Math.round(4 * ratio), 1, 1).data]
  })
  const light = await corner()
  await setTheme(page, 'dark')
  await expect.poll(corner).not.toEqual(light)
})

test('with the system\'s high contrast a line says what is selected, and colours that mean something stay', async ({ app }) => {
  const page = await started(app)
  await page.emulateMedia({ forcedColors: 'active' })
  const edges = page.getByTestId('run-item').evaluateAll((items) => items.map((item) => {
    const canvas = getComputedStyle(document.body).backgroundColor
    return { selected: item.classList.contains('selected'), seen: getComputedStyle(item).borderLeftColor !== canvas }
  }))
  expect((await edges).map(({ selected }) => selected).sort()).toEqual([false, true])
  expect((await edges).filter(({ selected, seen }) => selected !== seen)).toEqual([])
  await page.getByTestId('tab-flame').click()
  const fills = await page.locator('.swatch').evaluateAll((swatches) => swatches.map((swatch) => getComputedStyle(swatch).backgroundColor))
  expect(new Set(fills).size).toBeGreaterThan(3)
})

test('with reduced motion nothing moves', async ({ app }) => {
  const page = await started(app)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')]
    .filter((element) => getComputedStyle(element).transitionDuration !== '0s' || getComputedStyle(element).animationName !== 'none').length)
  expect(moving).toBe(0)
})
