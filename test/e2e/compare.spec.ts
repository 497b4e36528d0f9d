import { faultsInBothThemes, settled } from './every-view'
import { expect, test } from './fixtures'
import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { drop, perfText, runItem, started } from './window'

// figures of the paper's transfer
test.use({ shortRuns: false })

/** How many pixels of the difference say more or less: strongly red or blue ones. */
function coloured(page: Page): Promise<{ red: number; blue: number }> {
  return page.getByTestId('compare-flame-difference').locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const found = { red: 0, blue: 0 }
    for (let at = 0; at < data.length; at += 4) {
      if (data[at]! - data[at + 2]! > 60) found.red++
      if (data[at + 2]! - data[at]! > 60) found.blue++
    }
    return found
  })
}

const capture = (name: string) => ({ name, text: gunzipSync(readFileSync(`test/fixtures/${name}.gz`)).toString() })

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
  const { red, blue } = await coloured(page)
  expect(red + blue).toBeLessThan(60) // edges of letters
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Functions' }).click()
  await expect(page.getByTestId('compare-function').first().locator('td').nth(3)).toHaveText('0')
  await expect(page.locator('td.verdict.higher, td.verdict.lower')).toHaveCount(0)
})

test('the difference is drawn below A and B, coloured by evidence, and turns its colours when the sides are swapped', async ({ app }) => {
  const page = await started(app)
  await expect(page.getByTestId('difference-legend')).toContainText(/no evidence.*Benjamini-Hochberg/)
  const before = await coloured(page)
  expect(Math.min(before.red, before.blue)).toBeGreaterThan(500)
  await page.getByRole('radio', { name: 'µs a packet' }).click()
  await expect.poll(async () => (await coloured(page)).blue).toBeGreaterThan(before.blue) // nearly all takes less time a packet
  await page.getByRole('radio', { name: 'percent' }).click()
  await page.getByRole('button', { name: 'Swap A and B' }).click()
  await expect.poll(async () => Math.sign((await coloured(page)).red - before.blue / 2)).toBe(1)
  await page.getByRole('radio', { name: 'true', exact: true }).click()
  await expect(page.getByTestId('difference-legend')).toContainText('Counted, no interval')
})

test('keys move alike on all three icicles, and the box is marked and said for both sides', async ({ app }) => {
  const page = await started(app)
  for (const side of ['a', 'b', 'difference']) {
    await page.getByTestId(`compare-flame-${side}`).focus()
    await page.keyboard.press('0')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    await expect(page.locator('.frame-detail')).toContainText(/^VMM time A \d.*, B \d/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /zoomed to VMM time/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: /zoomed to/ })).toHaveCount(0)
  }
})

test('functions are the same numbers as a table: sorted, searched, copied', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Functions' }).click()
  const rows = page.getByTestId('compare-function')
  const sizes = (await rows.locator('td:nth-of-type(4)').allTextContents()).map((text) => Math.abs(Number(text.replace('−', '-'))))
  expect(sizes.length).toBeGreaterThan(5)
  expect(sizes).toEqual([...sizes].sort((x, y) => y - x))
  await page.getByRole('columnheader', { name: /Function/ }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: /Function/ })).toHaveAttribute('aria-sort', 'descending')
  await page.getByRole('searchbox', { name: /Search functions/ }).fill('pcnet32_int')
  await expect(rows).toHaveCount(1)
  await rows.first().getByRole('button').click()
  await expect(page.locator('.frame-detail')).toContainText(/^pcnet32_interrupt A/)
  await page.getByRole('button', { name: 'Copy as CSV' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'CSV copied' })).toBeVisible()
})

test('the paper\'s figures stand beside the rows when asked for', async ({ app }) => {
  const page = await started(app)
  const idle = page.getByTestId('compare-row-guest-idle')
  await expect(idle.locator('[data-column="paper"]')).toHaveCount(0)
  await page.getByTestId('compare-paper').check()
  await expect(idle.locator('[data-column="paper"]')).toHaveText('30.4')
})

test('the ladder tells what each optimization takes away and from which row; a step opens as a run', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Ladder' }).click()
  await expect(page.getByTestId('ladder')).toHaveAttribute('data-state', 'done', { timeout: 60_000 })
  const number = async (row: string, cell: number) =>
    Number((await page.getByTestId(row).locator('td').nth(cell).textContent())!.replace('−', '-'))
  const steps = ['ladder-step-io-in-vmm', 'ladder-step-send-combining', 'ladder-step-irq-notification']
  const changes = await Promise.all(steps.map((step) => number(step, 2)))
  const shares = await Promise.all(steps.map((step) => number(step, 4)))
  const sum = (figures: number[]) => figures.reduce((all, figure) => all + figure, 0)
  expect(changes[0]).toBeLessThan(-20) // every access of the card was a world switch
  expect(sum(changes)).toBeCloseTo(sum(shares), 0)
  expect(await number('ladder-row-lance-world-switch-access', 1)).toBeLessThan(-20)
  await page.getByTestId('ladder-order').selectOption({ index: 5 })
  const turned = await Promise.all(steps.map((step) => number(step, 2)))
  expect(turned).not.toEqual(changes)
  expect(sum(turned)).toBeCloseTo(sum(changes), 0)
  expect(await Promise.all(steps.map((step) => number(step, 4)))).toEqual(shares)
  await page.getByRole('button', { name: 'Open 2.0 + irq-notification as a run' }).click()
  await expect(runItem(page, 'VM/PC-733 2.0 + irq-notification')).toBeVisible()
})

test('recorded profiles are compared box by box and with a simulated run; they say why they have no ladder', async ({ app }) => {
  const page = await started(app)
  await drop(page, [capture('perf-sym-pcnet.txt'), capture('perf-sym-system2-pcnet.txt')])
  await expect(page.getByTestId('run-item')).toHaveCount(4)
  expect((await coloured(page)).blue).toBeGreaterThan(500)
  await page.getByRole('radio', { name: 'a second' }).click()
  await expect(page.getByTestId('compare-mode')).toHaveAttribute('data-value', 'second')
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Functions' }).click()
  await expect(page.getByTestId('compare-function').filter({ hasText: 'pv_native_safe_halt' }).locator('td.verdict')).toHaveText('higher')
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Ladder' }).click()
  await expect(page.getByTestId('no-ladder')).toContainText('is a recorded profile')
  await page.getByTestId('compare-part').getByRole('radio', { name: 'Rows' }).click()
  await page.getByTestId('compare-a').selectOption({ index: 0 })
  await expect(page.getByTestId('difference-legend')).toContainText('simulated time')
  await expect(page.getByTestId('compare-row-world-guest-idle').locator('.verdict')).toContainText('higher')
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

test('two dropped profiles are compared by the rows of their rules and by their worlds', async ({ app }) => {
  const page = await started(app)
  const sample = (name: string) => perfText(Array.from({ length: 40 }, () => [name, 'do_syscall_64', 'entry_SYSCALL_64']))
  await drop(page, [{ name: 'one.txt', text: sample('tcp_sendmsg') }, { name: 'two.txt', text: sample('schedule') }])
  await expect(page.getByTestId('run-item')).toHaveCount(4)
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
  const choice = async (side: string) => page.getByTestId(`compare-${side}`).locator('option:checked').innerText()
  expect([await choice('a'), await choice('b')].map((name) => name.split('.')[0])).toEqual(['one', 'two'])
  await expect(page.getByTestId('compare-row-host-idle')).toContainText('no evidence')
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

test('axe finds no fault in functions, rows with the paper\'s figures, and the ladder; a bar of it opens its combination as a run', async ({ app }) => {
  test.setTimeout(120_000)
  const page = await started(app)
  const part = (name: string) => page.getByTestId('compare-part').getByRole('radio', { name })
  await page.getByTestId('compare-paper').check()
  await page.getByTestId('compare-flame-a').focus()
  await page.keyboard.press('ArrowDown')
  expect(await faultsInBothThemes(app), 'rows').toEqual([])
  await part('Functions').click()
  await settled(page)
  expect(await faultsInBothThemes(app), 'functions').toEqual([])
  await part('Ladder').click()
  await expect(page.getByTestId('ladder')).toHaveAttribute('data-state', 'done', { timeout: 60_000 })
  await settled(page)
  expect(await faultsInBothThemes(app), 'ladder').toEqual([])
  const plot = (await page.getByTestId('ladder-plot').boundingBox())!
  // the second bar ends where the first does, some two thirds along: everything but the I/O is still as in 2.0
  await page.mouse.click(plot.x + plot.width * 0.7, plot.y + 8 + (plot.height - 52) * 0.3)
  await expect(runItem(page, 'VM/PC-733 2.0 + io-in-vmm')).toBeVisible()
})
