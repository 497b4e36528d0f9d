import { expect, test } from './fixtures'
import { drop, perfText, runItem, started } from './window'

test('rows stand side by side with difference, interval and a verdict in words', async ({ app }) => {
  const page = await started(app)
  const idle = page.getByTestId('compare-row-guest-idle')
  await expect(idle.locator('.verdict')).toHaveText(/^higher by \d.* points \[\d.*, \d.*\]$/)
  const [a, b] = (await idle.locator('td').allTextContents()).map(Number)
  expect(b).toBeGreaterThan(a!)
  const registers = page.getByTestId('compare-row-lance-address-access')
  await expect(registers.locator('.verdict')).toHaveClass(/lower/)
  const interval = (await idle.locator('td').nth(3).textContent()) ?? ''
  expect(interval).toMatch(/^\[.+, .+\]$/)
})

test('a run compared with itself gives no evidence of any difference', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('run-button').click() // the editor holds the preset: the same scenario again
  const twin = runItem(page, 'VM/PC-733 optimized 2')
  await expect(twin).toBeVisible()
  await runItem(page, 'VM/PC-733 optimized').getByRole('button', { name: 'as A' }).click()
  await twin.getByRole('button', { name: 'as B' }).click()
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('compare-row-throughput').locator('.verdict')).toHaveText('the same')
  const rows = page.locator('[data-testid^="compare-row-"]').filter({ has: page.locator('td.verdict') })
  await expect(page.locator('td.verdict.higher, td.verdict.lower')).toHaveCount(0)
  expect(await rows.count()).toBeGreaterThan(15)
})

test('both icicles keep one scale: percent, or microseconds a packet, named on screen', async ({ app }) => {
  const page = await started(app)
  const header = page.locator('.icicle-header')
  await expect(header.getByRole('radio', { name: 'percent' })).toHaveAttribute('aria-checked', 'true')
  await header.getByRole('radio', { name: 'µs a packet' }).click()
  await expect(header.getByRole('radio', { name: 'µs a packet' })).toHaveAttribute('aria-checked', 'true')
  await page.getByRole('button', { name: 'Swap A and B' }).click()
  const [a, b] = (await page.getByTestId('compare-row-throughput').locator('td').allTextContents()).map(Number)
  expect(a).toBeGreaterThan(b!)
  await expect(page.getByTestId('compare-row-throughput')).toContainText('B is slower')
})

test('what is under the pointer is said for both sides', async ({ app }) => {
  const page = await started(app)
  const box = (await page.getByTestId('compare-flame-a').boundingBox())!
  await page.mouse.move(box.x + 60, box.y + 27)
  await expect(page.locator('.frame-detail')).toContainText(/VMM time.*A \d.*%, B \d.*%/)
  await page.mouse.click(box.x + 60, box.y + 27)
  await expect(page.getByRole('button', { name: /zoomed to VMM time/ })).toBeVisible()
  await page.getByRole('button', { name: /zoomed to VMM time/ }).click()
  await expect(page.getByRole('button', { name: /zoomed to/ })).toHaveCount(0)
})

test('two dropped profiles are compared by their worlds; what does not apply says so', async ({ app }) => {
  const page = await started(app)
  const sample = (name: string) => perfText(Array.from({ length: 40 }, () => [name, 'do_syscall_64', 'entry_SYSCALL_64']))
  await drop(page, [{ name: 'one.txt', text: sample('tcp_sendmsg') }, { name: 'two.txt', text: sample('schedule') }])
  await expect(page.getByTestId('run-item')).toHaveCount(4)
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
  const choice = async (side: string) => page.getByTestId(`compare-${side}`).locator('option:checked').innerText()
  expect([await choice('a'), await choice('b')].map((name) => name.split('.')[0])).toEqual(['one', 'two'])
  await expect(page.getByText('Its rows do not apply')).toBeVisible()
  await expect(page.locator('[data-testid^="compare-row-world-"]')).not.toHaveCount(0)
  await expect(page.getByRole('radio', { name: 'µs a packet' })).toBeDisabled()
})

test('profiles of different events say that their shares are not the same thing', async ({ app }) => {
  const page = await started(app)
  await expect(page.getByTestId('unlike-samples')).toHaveCount(0) // two simulated runs count the same
  const clock = perfText(Array.from({ length: 40 }, () => ['tcp_sendmsg', 'do_syscall_64']))
  await drop(page, [{ name: 'clock.txt', text: clock }, { name: 'cycles.txt', text: clock.replaceAll('cpu-clock', 'cycles') }])
  await expect(page.getByTestId('run-item')).toHaveCount(4)
  await expect(page.getByTestId('unlike-samples')).toHaveText(/A's samples count cpu-clock, B's cycles/)
})
