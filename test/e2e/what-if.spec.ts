import type { Page } from '@playwright/test'
import { faultsInBothThemes } from './every-view'
import { expect, test } from './fixtures'
import { cutLabels, drop, perfText, resize, runItem, started } from './window'

/** Opens the view and waits until the picture belongs to where the sliders stand. */
async function opened(page: Page): Promise<void> {
  await page.getByTestId('tab-what-if').click()
  await settled(page)
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByTestId('what-if-state')).toHaveAttribute('data-behind', 'false')
}

const throughput = (page: Page) => page.getByTestId('what-if-figures').locator('.what-if-value').first()
const megabits = async (page: Page) => Number.parseFloat(await throughput(page).innerText())

test('figures, icicle and rows follow a slider, and say which values they belong to', async ({ app }) => {
  const page = await started(app)
  await opened(page)
  await expect(page.getByTestId('what-if-icicle-now').locator('canvas')).toBeVisible()
  await expect(page.getByTestId('what-if-status')).toHaveText('status: see the rows')
  const idle = page.getByTestId('what-if-row-guest-idle').locator('[data-column=now]')
  const before = { megabits: await megabits(page), idle: await idle.innerText() }
  const clock = page.getByRole('slider', { name: 'CPU clock' })
  await clock.focus()
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowLeft')
  await settled(page)
  await expect(page.getByTestId('what-if-state')).toContainText(/CPU clock \d+ MHz/)
  await expect(page.getByTestId('what-if-status')).toHaveText('predicted')
  expect(await megabits(page)).toBeLessThan(before.megabits)
  expect(await idle.innerText()).not.toBe(before.idle)
  await page.getByRole('button', { name: /Reset CPU clock/ }).click()
  await settled(page)
  expect(await megabits(page)).toBe(before.megabits)
  await expect(page.getByTestId('what-if-about')).toContainText('CPU clock: default 733 MHz, printed in the paper')
})

test('a pinned baseline stands beside what the sliders say, with arrows in words', async ({ app }) => {
  const page = await started(app)
  await opened(page)
  await page.getByTestId('what-if-pin').click()
  await page.getByTestId('what-if-optimization-io-in-vmm').click()
  await settled(page)
  await expect(page.getByTestId('what-if-icicle-baseline').locator('canvas')).toBeVisible()
  await expect(page.getByTestId('what-if-figures')).toContainText(/was 9\d\.\d▼ \d+\.\d less, slower/)
  const row = page.getByTestId('what-if-row-lance-world-switch-access')
  await expect(row.locator('[data-column=difference]')).toContainText(/▲ \d+\.\d\d more$/)
  await page.getByTestId('what-if-mode').getByText('µs a packet').click()
  await expect(row.locator('[data-column=difference]')).toContainText(/▲ \d+\.\d\d more, slower/)
  await page.getByTestId('what-if-reset').click()
  await settled(page)
  await expect(row.locator('[data-column=difference]')).toContainText('as before')
  await page.getByRole('button', { name: 'Unpin the baseline' }).click()
  await expect(page.getByTestId('what-if-icicle-baseline')).toHaveCount(0)
})

test('what is kept as a run is what the sliders said', async ({ app }) => {
  const page = await started(app)
  await opened(page)
  const field = page.getByLabel('world switch (cycles)')
  await field.fill('20000')
  await settled(page)
  await expect(page.getByTestId('what-if-state')).toContainText('world switch 20000 cycles')
  const shown = await megabits(page)
  await page.getByTestId('what-if-keep').click()
  const item = runItem(page, 'VM/what-if optimized')
  await expect(item).toBeVisible()
  await expect(item).toContainText(`${shown.toFixed(1)} Mb/s`)
  // a value that cannot be simulated is said, and the picture stays
  await field.fill('9000000')
  await expect(page.getByText(/a whole number from 1 to 60000 \(cycles\) is needed/)).toBeVisible()
  expect(await megabits(page)).toBe(shown)
})

test('start and baseline come from the selected run; a recorded profile has no machine behind it', async ({ app }) => {
  const page = await started(app)
  await runItem(page, 'VM/PC-733 2.0').click()
  await opened(page)
  await page.getByTestId('what-if-start').click()
  await settled(page)
  await expect(page.getByTestId('what-if-state')).toContainText('PC-733 2.0, send')
  await expect(page.getByTestId('what-if-optimization-io-in-vmm')).not.toBeChecked()
  await page.getByTestId('what-if-pin-run').click()
  await expect(page.getByText('baseline: VM/PC-733 2.0')).toBeVisible()
  await drop(page, [{ name: 'capture.txt', text: perfText([['do_idle'], ['tcp_sendmsg', 'main']]) }])
  await expect(runItem(page, 'capture.txt')).toBeVisible()
  await page.getByTestId('tab-what-if').click()
  await expect(page.getByTestId('what-if-start')).toBeDisabled()
  await expect(page.getByTestId('what-if-start')).toHaveAttribute('title', /recorded profile has no machine/)
  await expect(throughput(page)).toHaveText(/Mb\/s$/)
})

test('the tornado names what matters most, and leads to its slider', async ({ app }) => {
  const page = await started(app)
  await opened(page)
  await page.getByTestId('what-if-vm').getByText('2.0', { exact: true }).click()
  await page.getByTestId('what-if-below').getByText('What matters most').click()
  await page.getByTestId('tornado-run').click()
  await expect(page.getByTestId('tornado-state')).toContainText(/^\d+ entries/, { timeout: 80_000 })
  await expect(page.getByTestId('tornado-plot').locator('canvas')).toBeVisible()
  const rows = page.getByTestId('tornado-table').locator('tbody tr')
  // version 2.0 is a machine that switches worlds: among the widest swings is the world switch itself
  const first = (await rows.locator('th').allInnerTexts()).slice(0, 4).map((text) => text.trim())
  expect(first).toContain('world switch')
  await page.getByTestId('sliders-host').getByText('Host kernel').waitFor()
  await expect(page.getByRole('slider', { name: 'VMNet transmit' })).toHaveCount(0)
  await page.getByTestId('tornado-row-vmnetTransmit').getByRole('button').click()
  await expect(page.getByRole('slider', { name: 'VMNet transmit' })).toBeFocused()
  await page.getByTestId('what-if-idea-no-skb-copy').click()
  await expect(page.getByTestId('tornado-state')).toContainText('not what the sliders say now')
})

test('what-if has no accessibility fault and nothing cut in a small window', async ({ app }) => {
  const page = await started(app)
  await resize(app, 1024, 640)
  await opened(page)
  await page.getByTestId('what-if-pin').click()
  await page.getByTestId('what-if-optimization-io-in-vmm').click()
  await settled(page)
  for (const id of ['guest', 'vmapp', 'host', 'network', 'instruments']) {
    await page.getByTestId(`sliders-${id}`).locator('summary').click()
    await expect(page.getByTestId(`sliders-${id}`).getByRole('slider').first()).toBeVisible()
  }
  for (const below of ['Functions', 'Table 2']) {
    await page.getByTestId('what-if-below').getByText(below).click()
    expect(await faultsInBothThemes(app), below).toEqual([])
    expect(await cutLabels(page), below).toEqual([])
  }
})
