import { execFileSync } from 'node:child_process'
import { expect, test } from './fixtures'
import { runItem, started } from './window'

test('runs what the editor says, shows it and marks the session as unsaved', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-vm-2.0').click()
  await page.getByTestId('scenario-optimization-io-in-vmm').check()
  await page.getByTestId('scenario-bytes').fill('5 MB')
  await page.getByTestId('scenario-seed').fill('3')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(runItem(page, 'VM/PC-733 2.0 + io-in-vmm')).toContainText('Mb/s')
  await expect(page.getByTestId('table2')).toBeVisible()
  await expect.poll(() => app.title()).toContain('•')
  await expect(page.getByLabel('Inspector')).toContainText('the books balance')
})

test('the presets set the optimizations, and a native run has none', async ({ app }) => {
  const page = await started(app)
  const one = page.getByTestId('scenario-optimization-send-combining')
  await expect(one).toBeChecked()
  await page.getByTestId('scenario-vm-2.0').click()
  await expect(one).not.toBeChecked()
  await one.check()
  await expect(page.getByTestId('scenario-vm')).toHaveAttribute('data-value', '')
  await page.getByTestId('scenario-vm-native').click()
  await expect(one).toBeDisabled()
})

test('an impossible value is named beside its field and cannot be run', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-send-size').fill('-1')
  await expect(page.getByRole('alert').filter({ hasText: 'send size -1 is out of range' })).toBeVisible()
  await expect(page.getByTestId('run-button')).toBeDisabled()
  await page.getByTestId('scenario-send-size').fill('4096')
  await page.getByTestId('scenario-bytes').fill('0')
  await expect(page.getByRole('alert').filter({ hasText: 'bytes 0 is out of range' })).toBeVisible()
  await page.getByTestId('scenario-bytes').fill('1 MB')
  await expect(page.getByTestId('run-button')).toBeEnabled()
})

test('a long run shows its progress and simulated time, and can be cancelled', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-bytes').fill('100 GB')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('progress')).toBeVisible()
  await expect(page.getByTestId('status-bar')).toContainText(/of 100 GB, .* simulated/)
  const began = Date.now()
  await page.getByTestId('cancel-button').click()
  await expect(page.getByTestId('progress')).toHaveCount(0)
  expect(Date.now() - began).toBeLessThan(3000)
  await expect(page.getByTestId('run-item')).toHaveCount(2)
  await expect(page.getByTestId('error-banner')).toHaveCount(0)

  await page.getByTestId('scenario-bytes').fill('1 MB')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('run-item')).toHaveCount(3)
})

test('runs are renamed, selected and deleted', async ({ app }) => {
  const page = await started(app)
  const first = runItem(page, 'VM/PC-733 2.0')
  await first.getByRole('button', { name: 'Rename' }).click()
  await page.getByLabel('New name of VM/PC-733 2.0').fill('before')
  await page.keyboard.press('Enter')
  await runItem(page, 'before').locator('.run-select').click()
  await expect(page.getByLabel('Inspector')).toContainText('before')
  await runItem(page, 'before').getByRole('button', { name: 'Delete before' }).click()
  await expect(page.getByTestId('run-item')).toHaveCount(1)
  await expect(page.getByText('Two runs are needed')).toBeVisible()
})

test('the same seed gives the same digest twice', async ({ app }) => {
  const page = await started(app)
  const digests: string[] = []
  for (const count of [3, 4]) {
    await page.getByTestId('scenario-bytes').fill('2 MB')
    await page.getByTestId('run-button').click()
    await expect(page.getByTestId('run-item')).toHaveCount(count)
    digests.push(await page.locator('.digest').innerText())
  }
  expect(digests[0]).toMatch(/^[0-9a-f]{16,}$/)
  expect(digests[1]).toBe(digests[0])
  // the command line is another V8 in another process: the same scenario is the same bytes there
  const printed = execFileSync(process.execPath, ['build/cli.mjs', 'run', '--bytes', '2MB'], { encoding: 'utf8' })
  expect(printed).toContain(digests[0]!)
})
