import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from './fixtures'
import { drop, dropPaths, perfText, started } from './window'

const capture = gunzipSync(readFileSync(new URL('../fixtures/perf-sym-pcnet.txt.gz', import.meta.url)))

test('a real capture opens with its samples, its flame and a load report', async ({ app }) => {
  const page = await started(app)
  await app.answer({ open: [app.file('perf-sym-pcnet.txt', capture)] })
  await app.menu('file.open')
  await expect(page.getByTestId('sample-count')).toHaveText('4,385')
  await expect(page.getByTestId('flame-canvas')).toBeVisible()
  const report = page.getByTestId('load-report')
  await expect(report).toContainText('4,385 samples')
  await expect(report).toContainText('lines not understood')
  await expect(page.locator('.function-table tbody tr[aria-rowindex]')).not.toHaveCount(0)
  await expect(page.getByRole('radio', { name: 'of VMM time' })).toBeDisabled()
  const worlds = page.locator('.flame-legend li')
  expect(await worlds.count()).toBeGreaterThan(1)
})

test('folded stacks, a V8 profile and a QEMU log open by their content, and two profiles are compared', async ({ app }) => {
  const page = await started(app)
  const file = (name: string) => ({ name: 'recording', text: gunzipSync(readFileSync(new URL(`../fixtures/${name}.gz`, import.meta.url))).toString() })
  await drop(page, [file('node-tsc.cpuprofile')])
  await expect(page.getByTestId('load-report')).toContainText('was read as cpuprofile')
  await expect(page.getByTestId('sample-count')).toHaveText('1,229')
  await drop(page, [file('pcnet-tx.log')])
  await expect(page.getByTestId('load-report')).toContainText('was read as qemu-trace')
  await expect(page.getByTestId('cards')).toContainText('15.86 accesses and 0.99 interrupts for each frame')
  await page.getByTestId('tab-table').click()
  // counted while the 2.0 run of the first start is simulated once more
  await expect(page.getByTestId('port-RDP W CSR3')).toContainText('Only the traced driver')
  await expect(page.getByTestId('port-all')).toContainText('15.86')
  await page.getByTestId('tab-timeline').click()
  await expect(page.getByTestId('timeline-canvas')).toBeVisible()
  await drop(page, [{ ...file('perf-sym-pcnet.folded'), name: 'pcnet.folded' }, { ...file('perf-sym-e1000.folded'), name: 'e1000.folded' }])
  await expect(page.getByTestId('run-item')).toHaveCount(6)
  await expect(page.getByTestId('compare-flame-b')).toBeVisible()
})

test('files dropped from the disk are read by the engine, and what goes wrong with one keeps none from the others', async ({ app }) => {
  const page = await started(app)
  const cut = app.file('cut.txt.gz', readFileSync(new URL('../fixtures/perf-sym-pcnet.txt.gz', import.meta.url)).subarray(0, 9000))
  await dropPaths(page, [cut, app.file('pcnet.txt', capture), app.file('bad.txt', 'Dear sir, this is not a profile.\n')])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(page.getByTestId('sample-count')).toHaveText('4,385')
  await expect(page.getByTestId('error-banner').filter({ hasText: 'cut.txt.gz' })).toContainText('damaged or cut off')
  await expect(page.getByTestId('error-banner').filter({ hasText: 'bad.txt' })).toContainText('no format that Worldswitch knows')
  // a file that the page makes up has no path, whatever it is called
  expect(await page.evaluate(() => window.worldswitch.dropped(new File(['x'], '/etc/passwd')))).toBe('no path')
})

test('a large file that is being read can be cancelled as soon as it is, and leaves nothing', async ({ app }) => {
  const page = await started(app)
  const lines = Array.from({ length: 200_000 }, (_, i) => `thread;main;f${i % 977};g${i % 4999};leaf_${i} ${i % 13}\n`).join('')
  const large = app.file('large.folded', lines.repeat(12))
  await dropPaths(page, [large])
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.getByTestId('progress')).toHaveCount(0)
  await expect(page.getByTestId('run-item')).toHaveCount(2)
  await expect(page.getByTestId('error-banner')).toHaveCount(0)
  // the engine is the same one, and free
  await drop(page, [{ name: 'small.txt', text: perfText([['a_function']]) }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
})

test('Table 2 of a profile of no virtual machine says so, and has rows all the same', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'small.txt', text: perfText([['a_function', 'b_function'], ['a_function']]) }])
  await expect(page.getByTestId('sample-count')).toHaveText('2')
  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('rules-reason')).toContainText('no thread and no module in it is of a virtual machine')
  await expect(page.getByTestId('table2-row-host-idle')).toContainText('100')
})

test('a file that is no profile is refused in plain words, and nothing is lost', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'letter.txt', text: 'Dear sir, this is not a profile.\n' }])
  const banner = page.getByTestId('error-banner')
  await expect(banner).toContainText('letter.txt')
  await expect(page.getByTestId('run-item')).toHaveCount(2)
  await banner.getByRole('button', { name: /Dismiss/ }).click()
  await expect(banner).toHaveCount(0)
})

test('a broken session is refused, and the open one stays', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'broken.wsprof', text: 'PK but no zip' }])
  await expect(page.getByTestId('error-banner')).toContainText('broken.wsprof')
  await expect(page.getByTestId('run-item')).toHaveCount(2)
})
