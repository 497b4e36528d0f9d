import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from './fixtures'
import { cutLabels, drop, resize, started } from './window'

const capture = gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString()

test('the two instruments stand beside the truth, and what neither knows alone is split', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-method').click()
  await page.getByTestId('method-run').selectOption({ label: 'VM/PC-733 optimized' })
  const idle = page.getByTestId('method-row-guest-idle')
  await expect(idle.locator('[data-column=sampled]')).toContainText('both')
  await expect(idle.locator('[data-column=derived]')).toHaveText(/^\d+(\.\d+)? \[.+\]$/)
  await expect(page.getByTestId('method-row-vmnet-receive').locator('[data-column=direct]')).toHaveText(/^\d\.\d\d/)
  await expect(page.getByTestId('method-errors').locator('canvas')).toBeVisible()
  const split = page.getByTestId('method-split-guest-idle')
  await expect(split).toContainText('derived: the difference')
  await expect(split.locator('.method-steps li')).toHaveCount(5)
  await idle.getByRole('button').press('Enter')
  await expect(page.getByLabel('Inspector')).toContainText('Derived from a sampled and a directly measured figure')
})

test('the sample instants are found, and fall evenly on every period', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-method').click()
  const phases = page.getByTestId('method-phases')
  await expect(phases).toHaveCount(3)
  await expect(phases.first()).toContainText('fall evenly')
  const table = phases.first().getByRole('table', { name: /Samples by part/ })
  await phases.first().locator('summary').press('Enter')
  await expect(table.locator('tbody tr')).toHaveCount(36)
  for (const [width, height] of [[1024, 640], [2560, 1440]] as const) {
    await resize(app, width, height)
    expect(await cutLabels(page)).toEqual([])
  }
  // the view is the same beside the inspector and above it: what was opened stays open
  await expect(table.locator('tbody tr')).toHaveCount(36)
  await expect(table).toBeVisible()
  // the window's frame stays where it is, however far the view is scrolled
  await page.getByTestId('method-watching').evaluate((section) => section.scrollIntoView())
  expect(await page.evaluate(() => [document.body.getBoundingClientRect().top, document.querySelector('[role=tablist]')!.getBoundingClientRect().top])).toEqual([0, 0])
})

test('a sampler in step with the tick is shown to be', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-instruments').locator('summary').click()
  await page.getByTestId('scenario-sampler-clock').selectOption('locked')
  await page.getByTestId('scenario-bytes').fill('10 MB')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-method').click()
  await expect(page.getByTestId('method-phases').first()).toContainText('keep step with the')
  await expect(page.getByTestId('method-watching')).toContainText('Samples keep step with the host’s timer tick'.replace('’', '\''))
})

test('the planner asks for four times the samples when the row is to be known twice as close', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-method').click()
  const samples = page.getByTestId('plan').locator('tbody tr').first().locator('td').first()
  await page.getByTestId('plan-row').selectOption({ label: 'Transmitting via the VMNet' })
  const plan = page.getByTestId('plan')
  await expect(plan).toHaveAttribute('aria-busy', 'false')
  const count = async () => Number((await samples.innerText()).replaceAll(',', ''))
  const before = await count()
  await page.getByTestId('plan-precision').fill('0.25')
  await expect.poll(async () => Math.round((await count()) / before)).toBe(4)
  await page.getByTestId('plan-precision').fill('none')
  await expect(page.getByTestId('method-planner').getByRole('alert')).toContainText('points')
  await expect(page.getByTestId('plan')).toHaveCount(0)
})

test('a recorded profile shows its rate, the intervals between samples and a plan for a world', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'perf-sym-pcnet.txt', text: capture }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-method').click()
  const pace = page.getByTestId('method-pace')
  await expect(pace).toContainText('no truth')
  await expect(pace.getByRole('row', { name: /asked for/ })).toContainText('997')
  await expect(pace.getByRole('table', { name: /Intervals/ }).locator('tbody tr')).toHaveCount(10)
  await expect(pace.getByTestId('method-gaps').locator('canvas')).toBeVisible()
  await page.getByTestId('plan-row').selectOption({ label: 'VMApp' })
  await expect(page.getByTestId('plan')).toContainText('to know it')
})

test('a simulated frame opens its costs with their source, and how often it is called', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('run-item').nth(1).getByRole('button').first().click()
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-row-pic-access').getByRole('button').first().click()
  const inspector = page.getByLabel('Inspector')
  await expect(inspector.getByTestId('row-stacks')).toContainText('PIC access')
  await inspector.getByTestId('row-stacks').getByRole('button').first().press('Enter')
  const cost = inspector.getByTestId('cost-picAccess')
  await expect(cost).toContainText('572 cycles')
  await expect(cost).toContainText('printed in the paper')
  await expect(cost).toContainText('0.78 us on the 733 MHz machine')
  await expect(inspector.getByTestId('frame-calls')).toContainText(/calls\d+/)
  await expect(inspector.getByTestId('frame-calls')).toContainText('572')
  // the box marks its row in the table, and leads back to it
  await expect(page.getByTestId('table2-row-pic-access')).toHaveClass(/related/)
  await inspector.getByTestId('frame-row').click()
  await expect(page.getByTestId('table2-row-pic-access')).toHaveClass(/selected/)
})

test('a frame of a recorded profile says why it is in its world', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'perf-sym-pcnet.txt', text: capture }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-flame').click()
  const box = (await page.getByTestId('flame-canvas').boundingBox())!
  await page.mouse.click(box.x + 40, box.y + 48)
  const inspector = page.getByLabel('Inspector')
  await expect(inspector).toContainText('Why this world')
  await expect(inspector).toContainText(/by a rule on the name, the module or the thread of/)
})
