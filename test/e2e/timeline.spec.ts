import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test, type WorldswitchApp } from './fixtures'
import { drop, runItem, started } from './window'

// figures of the paper's transfer
test.use({ shortRuns: false })

async function openTimeline(app: WorldswitchApp): Promise<Page> {
  const page = await started(app)
  await runItem(page, 'VM/PC-733 optimized').click()
  await page.getByTestId('tab-timeline').click()
  await expect(page.getByTestId('timeline-canvas')).toBeVisible()
  return page
}

async function press(page: Page, key: string, times: number): Promise<void> {
  await page.getByTestId('timeline-canvas').focus()
  for (let i = 0; i < times; i++) await page.keyboard.press(key)
}

/** µs of each lane's worlds, as the table has them. */
async function lanePercents(page: Page, lane: string): Promise<number[]> {
  const texts = await page.getByTestId(`lane-row-${lane}`).locator('td:last-child').allTextContents()
  return texts.map(Number)
}

test('the whole run: the lanes of the CPU share its time, and the table says what the picture shows', async ({ app }) => {
  const page = await openTimeline(app)
  await expect(page.getByTestId('timeline-window')).toContainText('0.000000 s to 8.')
  let sum = 0
  for (const lane of ['guest', 'vmm', 'vmapp', 'host-kernel']) for (const part of await lanePercents(page, lane)) sum += part
  expect(sum).toBeGreaterThan(99.9)
  expect(sum).toBeLessThan(100.1)
  // idle is known from the run's own figures
  const idle = await page.getByTestId('lane-row-guest').filter({ hasText: 'Guest idle' }).locator('td:last-child').textContent()
  expect(Number(idle)).toBeGreaterThan(20)
  expect(Number(idle)).toBeLessThan(23)
  await expect(page.getByTestId('mark-row-sample').locator('td')).toHaveText(/^8,5\d\d$/)
})

test('by keyboard down to slices, one of which is selected and explained', async ({ app }) => {
  const page = await openTimeline(app)
  await expect(page.getByText(/Zoom in until at most/)).toBeVisible()
  await press(page, 'w', 26)
  const slices = page.locator('.timeline-slices tbody tr')
  await expect(slices.first()).toBeVisible()
  const button = slices.first().getByRole('button')
  const name = await button.innerText()
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.inspector-title')).toHaveText(name)
  await expect(page.locator('.inspector')).toContainText('Recorded: the run was simulated again')
  await expect(page.locator('.status-selection')).toContainText(`${name} of VM/PC-733 optimized`)
  await press(page, '0', 1)
  await expect(page.getByTestId('timeline-window')).toContainText('0.000000 s to 8.')
})

test('the wheel zooms about the pointer, a drag moves, Shift and drag mark a range', async ({ app }) => {
  const page = await openTimeline(app)
  const text = page.getByTestId('timeline-window')
  const box = (await page.getByTestId('timeline-canvas').boundingBox())!
  await page.mouse.move(box.x + 400, box.y + 100)
  const before = await text.innerText()
  await page.mouse.wheel(0, -600)
  await expect(text).not.toHaveText(before)
  const zoomed = await text.innerText()
  await page.mouse.down()
  await page.mouse.move(box.x + 300, box.y + 100, { steps: 4 })
  await page.mouse.up()
  await expect(text).not.toHaveText(zoomed)
  const length = (words: string) => words.split(': ')[1]
  expect(length(await text.innerText())).toBe(length(zoomed))
  await page.keyboard.down('Shift')
  await page.mouse.down()
  await page.mouse.move(box.x + 450, box.y + 100, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(page.getByTestId('timeline-mark')).toContainText(/marked \d/)
})

test('a range marked by keyboard filters the other views until it is given up', async ({ app }) => {
  const page = await openTimeline(app)
  await press(page, 'w', 4)
  for (const key of ['[', ']', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByTestId('range-chip')).toContainText('Only')
  // what does not follow the range says so
  await expect(page.getByTestId('range-chip')).toContainText('here it is marked')
  await expect(page.getByLabel('Inspector')).toContainText('Of the whole run, not of the chosen range')
  await page.getByTestId('tab-what-if').click()
  await expect(page.getByTestId('range-chip')).toContainText('this view does not follow it')
  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('range-chip')).not.toContainText('elsewhere')
  await expect(page.getByText(/^\d.* samples in the range, 95 % intervals$/)).toBeVisible()
  const words = await page.getByText(/samples in the range/).innerText()
  const inRange = Number(/^([\d,]+)/.exec(words)![1]!.replace(',', ''))
  // a sixth of the run's 8,516 samples, as the window was zoomed eight steps of a quarter
  expect(inRange).toBeGreaterThan(1200)
  expect(inRange).toBeLessThan(1700)
  await page.getByRole('button', { name: 'Show the whole run' }).click()
  await expect(page.getByText(/^8,5\d\d samples, 95 % intervals$/)).toBeVisible()
})

test('a recorded profile shows its threads, and its range filters the other views', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'pcnet.txt', text: gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString() }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(page.getByTestId('sample-count')).toHaveText('4,385')
  await page.getByTestId('tab-timeline').click()
  const table = page.getByTestId('timeline-figures')
  await expect(table).toContainText('4,385 samples on screen by thread and world')
  await expect(table).toContainText('qemu-system-x86 5568')
  await press(page, 'w', 4)
  const words = await table.locator('caption').innerText()
  const shown = Number(/^([\d,]+) samples/.exec(words)![1]!.replace(',', ''))
  expect(shown).toBeLessThan(4385)
  for (const key of ['[', ']', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByTestId('range-chip')).toContainText('Only')
  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('rules-reason')).toContainText(`${shown.toLocaleString('en-US')} samples in the range`)
  await expect(page.getByTestId('world-row-2').locator('.interval')).toHaveText(/^\[.+, .+\]$/)
})

test('a profile without times says so', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'untimed.txt', text: 'swapper     0 cpu-clock: \n\tffffffff81004096 default_idle+0x10 ([kernel.kallsyms])\n\n'.repeat(3) }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('tab-timeline').click()
  await expect(page.getByTestId('timeline-state')).toContainText('This profile has no times')
})
