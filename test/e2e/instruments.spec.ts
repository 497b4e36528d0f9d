import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from './fixtures'
import { drop, started } from './window'

test('a sampler that can be masked says what it cannot see, and loses the host IRQ row', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-instruments').locator('summary').click()
  await page.getByTestId('scenario-sampler-timer').selectOption('maskable')
  await page.getByTestId('scenario-sampler-attribution').selectOption('taken')
  await expect(page.getByTestId('scenario-instruments').locator('summary')).toHaveText('Instruments (2 not ideal)')
  await page.getByTestId('scenario-bytes').fill('20 MB')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  const instruments = page.getByTestId('instruments')
  await expect(instruments).toContainText('can be masked')
  await expect(instruments).toContainText('host interrupt handling among it')
  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('table2-row-host-irq-while-idle').locator('td').first()).toHaveText(/^0/)
})

test('instruments that cost show what watching changed', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-instruments').locator('summary').click()
  await page.getByTestId('scenario-sampler-cost').selectOption('interrupt')
  await page.getByTestId('scenario-probes').check()
  await page.getByTestId('scenario-bytes').fill('20 MB')
  await page.getByTestId('scenario-sampler-hz').fill('10000')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(page.getByTestId('perturbation')).toContainText('of total time instead of')
  await expect(page.getByRole('table', { name: 'Direct measurements in microseconds' })).toContainText('VMNet transmit')
})

test('the ideal instruments keep step with nothing and have no known bias', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('run-item').first().click()
  const instruments = page.getByTestId('instruments')
  await expect(instruments).toContainText('No bias is known of this sampler')
  await expect(instruments).toContainText('fall evenly on the period of the host\'s 10 ms tick')
  await expect(page.getByTestId('perturbation')).toHaveCount(0)
})

test('a recorded profile says the rate that was asked for and the rate that was found', async ({ app }) => {
  const page = await started(app)
  const text = gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString()
  await drop(page, [{ name: 'perf-sym-pcnet.txt', text }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(page.getByTestId('pace')).toContainText('of the 997 asked for')
  await expect(page.getByTestId('pace')).toContainText('intervals of')
})
