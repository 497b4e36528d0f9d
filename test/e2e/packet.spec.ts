import type { Page } from '@playwright/test'
import { expect, test, type WorldswitchApp } from './fixtures'
import { drop, perfText, runItem, started } from './window'

// figures of the paper's transfer
test.use({ shortRuns: false })

async function openPackets(app: WorldswitchApp, run: string): Promise<Page> {
  const page = await started(app)
  await runItem(page, run).click()
  await page.getByTestId('tab-packet').click()
  await expect(page.getByTestId('packet-canvas')).toBeVisible()
  return page
}

const cells = (page: Page, row: string) => page.getByTestId(`hop-row-${row}`).locator('td').allTextContents()
const figure = (text: string) => Number(text.replaceAll(',', ''))

test('hops of a packet add up to its way from end to end, in cycles and world switches', async ({ app }) => {
  const page = await openPackets(app, 'VM/PC-733 optimized')
  const rows = await page.locator('[data-testid^="hop-row-"]').evaluateAll((list) => list.map((row) => ({
    id: row.getAttribute('data-testid'), cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
  })))
  const hops = rows.filter(({ id }) => id !== 'hop-row-whole')
  const [whole] = rows.filter(({ id }) => id === 'hop-row-whole')
  expect(hops.length).toBeGreaterThan(15)
  for (const column of [1, 5]) {
    expect(hops.reduce((sum, hop) => sum + figure(hop.cells[column]!), 0)).toBe(figure(whole!.cells[column]!))
  }
  // the median packet is shown first: it lies between p5 and p95
  const [time, , p5, , p95] = whole!.cells.map(figure)
  expect(time).toBeGreaterThan(p5!)
  expect(time).toBeLessThan(p95!)
})

test('steps lead to the slowest, the fastest, a packet caught by an interrupt, and one by its number', async ({ app }) => {
  const page = await openPackets(app, 'VM/PC-733 optimized')
  const words = page.getByTestId('packet-words')
  const time = async () => figure((await cells(page, 'whole'))[0]!)
  await page.getByTestId('packet-slowest').click()
  await expect(words).toContainText('slower than 1,999 of the 2,000')
  const slowest = await time()
  await page.getByTestId('packet-fastest').click()
  await expect(words).toContainText('slower than 0 of the 2,000')
  expect(await time()).toBeLessThan(slowest)
  await page.getByTestId('packet-nested').click()
  await expect(words).toContainText(/Caught by \d host interrupts? inside VMNet's transmit/)
  const number = page.getByTestId('packet-number')
  const caught = Number(await number.inputValue())
  await page.getByRole('button', { name: 'Next packet' }).click()
  await expect(number).toHaveValue(String(caught + 1))
  await number.fill('3')
  await number.press('Enter')
  await expect(words).toContainText('Packet 3 is not among the recorded ones')
  await number.fill(String(caught))
  await number.press('Enter')
  await expect(words).toContainText(`Packet ${caught.toLocaleString('en-US')}:`)
})

test('version 2.0 switches worlds for each register access, where the optimized one queues', async ({ app }) => {
  const page = await openPackets(app, 'VM/PC-733 2.0')
  await expect(page.getByTestId('hop-row-queued')).toHaveCount(0)
  await expect(page.getByTestId('hop-row-host')).toHaveCount(1)
  await runItem(page, 'VM/PC-733 optimized').click()
  await expect(page.getByTestId('hop-row-queued')).toHaveCount(1)
})

test('a packet is shown on the timeline, with its way marked', async ({ app }) => {
  const page = await openPackets(app, 'VM/PC-733 optimized')
  const cycles = (await cells(page, 'whole'))[1]!
  await page.getByTestId('packet-timeline').click()
  await expect(page.getByTestId('timeline-mark')).toContainText(`${cycles} cycles`)
})

test('a chosen range leaves only the packets that began in it', async ({ app }) => {
  const page = await openPackets(app, 'VM/PC-733 optimized')
  await page.getByTestId('packet-timeline').click()
  await expect(page.getByTestId('timeline-mark')).toBeVisible()
  // the way of one packet is marked: those that began during it are left
  await page.getByTestId('timeline-canvas').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('range-chip')).toContainText('Only')
  await page.getByTestId('tab-packet').click()
  await expect(page.getByTestId('packet-words')).toContainText('Only packets whose way began in the chosen range.')
  const recorded = async () => Number(/of the ([\d,]+) recorded/.exec(await page.getByTestId('packet-words').innerText())![1]!.replaceAll(',', ''))
  expect(await recorded()).toBeLessThan(100)
  await page.getByRole('button', { name: 'Show the whole run' }).click()
  await expect.poll(recorded).toBe(2000)
})

test('a recorded profile has no packets, and says so', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'clock.txt', text: perfText(Array.from({ length: 5 }, () => ['tcp_sendmsg'])) }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-packet').click()
  await expect(page.getByTestId('packet-state')).toContainText('A recorded profile has samples, not packets')
})
