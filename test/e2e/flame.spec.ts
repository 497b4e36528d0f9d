import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { started } from './window'

async function flame(page: Page) {
  await page.getByTestId('tab-flame').click()
  const canvas = page.getByTestId('flame-canvas')
  await expect(canvas).toBeVisible()
  return canvas
}

const crumbs = (page: Page) => page.getByRole('navigation', { name: 'Zoom' })

test('boxes are painted in the worlds\' colours', async ({ app }) => {
  const page = await started(app)
  await flame(page)
  const colours = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="flame-canvas"] canvas')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set<string>()
    for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`)
    return [...seen]
  })
  const wanted = await page.evaluate(() => ['guest', 'vmm', 'vmapp', 'vmnet'].map((id) => {
    const value = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue(`--world-${id}`).trim().slice(1), 16)
    return `${value >> 16},${(value >> 8) & 255},${value & 255}`
  }))
  expect(colours).toEqual(expect.arrayContaining(wanted))
})

test('hover tells, click zooms, breadcrumbs lead back', async ({ app }) => {
  const page = await started(app)
  const canvas = await flame(page)
  const box = (await canvas.boundingBox())!
  await page.mouse.move(box.x + 40, box.y + 29)
  await expect(page.locator('.hover-card')).toContainText('VMM time')
  await expect(page.locator('.hover-card')).toContainText(/% \[.+\] of total time/)
  await page.mouse.click(box.x + 40, box.y + 29)
  await expect(crumbs(page)).toContainText('VMM time')
  await expect(page.getByTestId('status-bar')).toContainText(/VMM time of VM\/PC-733 optimized: .* of total time/)
  await crumbs(page).getByRole('button', { name: 'total time' }).click()
  await expect(crumbs(page)).not.toContainText('VMM time')
})

test('the wheel zooms about the pointer', async ({ app }) => {
  const page = await started(app)
  const canvas = await flame(page)
  const before = createHash('sha256').update(await canvas.screenshot()).digest('hex')
  const box = (await canvas.boundingBox())!
  await page.mouse.move(box.x + 100, box.y + 150)
  await page.mouse.wheel(0, -600)
  await expect.poll(async () => createHash('sha256').update(await canvas.screenshot()).digest('hex')).not.toBe(before)
  await expect(crumbs(page)).toContainText('VMM time')
})

test('the denominator is named and can be changed; so can the weight', async ({ app }) => {
  const page = await started(app)
  await flame(page)
  const root = crumbs(page).getByRole('button').first()
  await expect(root).toHaveText('total time')
  await page.getByTestId('flame-scope').getByRole('radio', { name: 'of VMM time' }).click()
  await expect(root).toHaveText('VMM time')
  await expect(page.getByTestId('flame-twin-unit')).toHaveText('% of VMM time')
  await expect(page.getByRole('columnheader', { name: '95 %' })).toHaveCount(2)
  await page.getByTestId('flame-weight').getByRole('radio', { name: 'true cycles' }).click()
  await expect(page.getByRole('columnheader', { name: '95 %' })).toHaveCount(0)
  await expect(page.getByRole('columnheader', { name: 'Self, cycles' })).toBeVisible()
})

test('a search shows its matched share with an interval, and filters the table twin', async ({ app }) => {
  const page = await started(app)
  await flame(page)
  const rows = page.locator('.function-table tbody tr[aria-rowindex]')
  const all = await rows.count()
  await page.getByTestId('flame-search').fill('world switch')
  await expect(page.getByTestId('matched-share')).toHaveText(/^matched \d.* % \[.+, .+\], \d+ boxes$/)
  await expect.poll(() => rows.count()).toBeLessThan(all)
  for (const name of await rows.locator('th').allTextContents()) expect(name.toLowerCase()).toContain('world switch')
  await page.getByTestId('flame-search').fill('no such function')
  await expect(page.getByTestId('matched-share')).toContainText('matched 0')
  await expect(page.getByText('No function has')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('flame-search')).toHaveValue('')
})
