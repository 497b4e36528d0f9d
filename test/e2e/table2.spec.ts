import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from './fixtures'
import { drop, runItem, started } from './window'

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

test('columns are switched on and off, and the choice is saved with the session', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  const idle = page.getByTestId('table2-row-guest-idle')
  await expect(idle.locator('[data-column=sampled]')).toHaveCount(0)
  await page.getByTestId('table2-columns').locator('summary').press('Enter')
  for (const id of ['sampled', 'direct', 'derived', 'effective']) await page.getByTestId(`table2-column-${id}`).check()
  await page.getByTestId('table2-column-truth').uncheck()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('table2-column-sampled')).toBeHidden()
  await expect(idle.locator('[data-column=sampled]')).toContainText('sampling alone gives only the sum', { ignoreCase: true })
  await expect(idle.locator('[data-column=direct]')).toHaveText(/^\d+(\.\d+)?$/)
  await expect(idle.locator('[data-column=derived]')).toHaveText(/^\d+(\.\d+)?$/)
  await expect(idle.locator('[data-column=truth]')).toHaveCount(0)
  const path = app.path('columns.wsprof')
  await app.answer({ save: path })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe('columns.wsprof — Worldswitch')
  await page.getByTestId('table2-columns').locator('summary').click()
  await page.getByTestId('table2-column-sampled').uncheck()
  await page.keyboard.press('Escape')
  await expect(idle.locator('[data-column=sampled]')).toHaveCount(0)
  await app.answer({ open: [path] })
  await app.menu('file.open')
  await expect(idle.locator('[data-column=sampled]')).toHaveCount(1)
})

test('a column sorts within each scope, and the third time the paper\'s order is back', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  const ids = () => page.locator('[data-testid^="table2-row-"]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-testid')!.slice(11)))
  const inPaper = await ids()
  const head = page.getByRole('columnheader', { name: /truth/ })
  await head.getByRole('button').press('Enter')
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  const falling = await ids()
  expect(falling.slice(0, 2)).toEqual(['vmm', 'vmnet-transmit'])
  expect(falling.indexOf('guest-idle')).toBeGreaterThan(falling.indexOf('vmnet-receive'))
  expect(falling).not.toEqual(inPaper)
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  expect((await ids())[0]).not.toBe('vmm')
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'none')
  expect(await ids()).toEqual(inPaper)
})

test('another run is picked in the view itself', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-run').selectOption({ label: 'VM/PC-733 2.0' })
  await expect(page.getByRole('table', { name: /time of VM\/PC-733 2.0 goes/ })).toBeVisible()
  await expect(runItem(page, 'VM/PC-733 2.0')).toHaveClass(/selected/)
})

test('a recorded profile shows its worlds with intervals, and copies them', async ({ app }) => {
  const page = await started(app)
  const text = gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString()
  await drop(page, [{ name: 'perf-sym-pcnet.txt', text }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-table').click()
  const rows = page.locator('[data-testid^=world-row-]')
  await expect(rows.nth(4)).toBeVisible()
  await expect(rows.first().locator('.interval')).toHaveText(/^\[.+, .+\]$/)
  const sum = (await rows.locator('[data-column=weight]').allInnerTexts()).reduce((all, count) => all + Number(count.replace(',', '')), 0)
  expect(sum).toBe(4385)
  await page.getByRole('button', { name: 'Copy as CSV' }).click()
  expect(await app.electronApp.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^id,row,scope,percent,.*\n(?:.*\n)*world-vmm,VMM,of total time,5\d/)
})
