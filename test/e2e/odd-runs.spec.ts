import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { settled } from './every-view'
import { expect, test } from './fixtures'
import { setScreen } from './screen'
import { runItem, started } from './window'

/** Runs that are not the paper's: each view says what it cannot show, and why. */

async function run(page: Page, name: string, prepare: () => Promise<unknown>): Promise<void> {
  await page.getByTestId('scenario-bytes').fill('2 MB')
  await prepare()
  await page.getByTestId('run-button').click()
  await expect(runItem(page, name)).toBeVisible()
  await settled(page)
}

test('without samples the flame, the table, the comparison and the method say that the sampler was off', async ({ app }) => {
  const page = await started(app)
  await run(page, 'VM/PC-733 optimized 2', () => page.getByTestId('scenario-sampler-hz').fill('0'))
  await page.getByTestId('tab-flame').click()
  await expect(page.locator('.flame')).toContainText('The sampler was off in this run. "true cycles" above shows where its time went.')
  await expect(page.locator('.flame')).not.toContainText('remove a step')
  await page.getByTestId('flame-weight').getByText('true cycles', { exact: true }).click()
  await expect(page.getByTestId('flame-canvas')).toBeVisible()
  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('table2-why')).toContainText('The sampler was off in this run')
  await page.getByTestId('tab-method').click()
  await expect(page.getByTestId('method-why')).toContainText('The sampler was off in this run')
  await page.getByTestId('tab-compare').click()
  await page.getByTestId('compare-b').selectOption({ index: 2 })
  await page.getByTestId('compare-weight').getByText('sampled', { exact: true }).click()
  await expect(page.locator('.icicle-missing')).toHaveText('VM/PC-733 optimized 2 took no samples.')
  await expect(page.getByTestId('compare-row-vmm').locator('.verdict')).toHaveText('no figure in B')
})

test('a native run has no Table 2 and no guest, and says so', async ({ app }) => {
  const page = await started(app)
  await run(page, 'PC-733 native', () => page.getByTestId('scenario-vm-native').click())
  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('table2-why')).toContainText('This run has none')
  await expect(page.locator('.inspector')).toContainText('idle, direct')
  await expect(page.locator('.inspector')).not.toContainText('guest idle, direct')
})

test('a receiver sends only ACKs: no isolated transmit is claimed', async ({ app }) => {
  const page = await started(app)
  await run(page, 'VM/PC-733 optimized, receive', () => page.getByTestId('scenario-direction').selectOption('receive'))
  await expect(page.locator('.inspector')).toContainText('VMNet transmit, mean')
  await expect(page.locator('.inspector')).not.toContainText('isolated')
})

test('a pprof file with counts has as many samples everywhere', async ({ app }) => {
  const page = await started(app)
  await app.answer({ open: [app.file('go.pb.gz', readFileSync('test/fixtures/go-encoding-json.pb.gz'))] })
  await app.menu('file.open')
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(page.getByTestId('sample-count')).toHaveText('132')
  await expect(page.getByTestId('run-item').nth(2)).toContainText('132 samples')
  await expect(page.locator('.inspector-figure')).toHaveText('132 samples')
})

test('the list of runs keeps room for runs whatever is open above it, and shows the one that is selected', async ({ app }) => {
  const page = await started(app)
  await setScreen(page, 1280, 800, 1)
  await page.getByTestId('scenario-instruments').locator('summary').click()
  const list = page.getByTestId('runs-list')
  expect(await list.evaluate((element) => element.clientHeight)).toBeGreaterThan(100)
  await runItem(page, 'VM/PC-733 2.0').click()
  await page.getByTestId('scenario-bytes').fill('1 MB')
  for (const seed of ['2', '3', '4']) {
    await page.getByTestId('scenario-seed').fill(seed)
    await page.getByTestId('run-button').click()
    await expect(page.getByTestId('run-item')).toHaveCount(Number(seed) + 1)
  }
  await expect(page.getByTestId('run-item').last()).toBeInViewport()
})
