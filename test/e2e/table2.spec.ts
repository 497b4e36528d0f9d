import { expect, test } from './fixtures'
import { runItem, started } from './window'

/** Of the paper's Table 2 (optimized VM/PC-733, 4 KB sends). */
const paper = {
  'vmm': 71.5, 'vmnet-transmit': 17.9, 'vmnet-receive': 2.5, 'lance-transmit-path': 1.8, 'guest-idle': 30.4,
  'direct-execution': 22.2, 'guest-context-switch': 11.5, 'host-irq-while-idle': 10.7, 'privileged-instruction': 7.9,
  'pic-access': 2.5, 'guest-irq-overhead': 2.5, 'lance-status-access': 2.3, 'virtualization-transition': 1.5,
  'lance-world-switch-access': 0.5,
}

test('every row of the paper has its percent, interval, truth and the paper\'s figure', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  for (const [id, percent] of Object.entries(paper)) {
    const row = page.getByTestId(`table2-row-${id}`)
    await expect(row.locator('[data-column=percent]'), id).toHaveText(/^\d+(\.\d+)?$/)
    await expect(row.locator('[data-column=paper]'), id).toHaveText(percent.toFixed(1))
    await expect(row.locator('[data-column=truth]'), id).toHaveText(/^\d+\.\d+$/)
    await expect(row.locator('.interval'), id).toHaveText(/^\[.+, .+\]$/)
  }
  await expect(page.getByTestId('table2').getByText('of VMM time', { exact: true })).toBeVisible()
  await expect(page.getByTestId('table2').getByText('of total time', { exact: true })).toBeVisible()
})

test('a derived row opens its rule, and the inspector says how and why', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  const row = page.getByTestId('table2-row-guest-idle')
  const rule = row.getByRole('button', { name: /derived/ })
  await expect(rule).toHaveText('derived†')
  await rule.click()
  await expect(rule).toHaveAttribute('aria-expanded', 'true')
  await expect(page.locator('.table2-derivation li').first()).toBeVisible()
  await row.getByRole('button', { name: 'Guest idle', exact: true }).click()
  const inspector = page.getByLabel('Inspector')
  await expect(inspector).toContainText('Derived from a sampled and a directly measured figure')
  await expect(inspector).toContainText('HLT')
  await expect(page.getByTestId('status-bar')).toContainText(/Guest idle of VM\/PC-733 optimized: \d.* % of VMM time \[/)
})

test('a click anywhere in a row selects it, and the key on its label does', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-row-pic-access').locator('td').last().click()
  await expect(page.getByTestId('table2-row-pic-access')).toHaveClass(/selected/)
  await page.getByTestId('table2-row-vmm').getByRole('button').first().press('Enter')
  await expect(page.getByTestId('table2-row-vmm')).toHaveClass(/selected/)
})

test('what does not apply is a dash with its reason', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('scenario-vm-native').click()
  await page.getByTestId('scenario-bytes').fill('2 MB')
  await page.getByTestId('run-button').click()
  await expect(runItem(page, 'PC-733 native')).toBeVisible()
  await page.getByTestId('tab-table').click()
  const rows = page.locator('[data-testid^="table2-row-"]')
  for (const row of await rows.all()) {
    await expect(row.locator('[data-column=percent]')).toContainText('–')
    await expect(row.locator('[data-column=percent]')).toContainText('A native run has no VMM')
  }
})

test('the table is copied as TSV and CSV', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  const clipboard = () => app.electronApp.evaluate(({ clipboard: board }) => board.readText())
  await page.getByRole('button', { name: 'Copy as TSV' }).click()
  await expect(page.getByText('TSV copied')).toBeVisible()
  const tsv = (await clipboard()).trim().split('\n').map((line) => line.split('\t'))
  expect(tsv[0]!.slice(0, 4)).toEqual(['id', 'row', 'scope', 'percent'])
  expect(tsv.find(([id]) => id === 'guest-idle')?.[9]).toBe('30.4')
  expect(new Set(tsv.map((line) => line.length)).size).toBe(1)
  await page.getByRole('button', { name: 'Copy as CSV' }).click()
  await expect(page.getByText('CSV copied')).toBeVisible()
  expect(await clipboard()).toContain('guest-idle,Guest idle,of VMM time,')
})
