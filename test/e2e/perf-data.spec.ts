import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fakePerf, fakePerfData, succeeding } from '../support/fake-perf'
import { expect, test } from './fixtures'
import { drop, started } from './window'

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-fake-perf-'))
// the window may run as another user
chmodSync(folder, 0o755)
test.use({ start: { env: { PATH: `${fakePerf(folder, succeeding)}:/usr/bin:/bin` } } })
test.afterAll(() => rmSync(folder, { recursive: true }))

test('a perf.data is read by the local perf after consent; where it cannot be, the recipes help', async ({ app }) => {
  const page = await started(app)
  const file = app.file('perf.data', fakePerfData)
  await app.answer({ open: [file] })
  await app.menu('file.open')
  const consents = async () => (await app.dialogs()).filter(({ buttons }) => buttons[0] === 'Run perf script')
  await expect.poll(async () => (await consents()).length).toBe(1)
  expect((await consents())[0]!.detail).toContain(`${folder}/fake-bin/perf script --ns --no-inline -F +pid,+misc,+period,+ip,+sym,+symoff,+dso -i ${file}\n`)

  await app.answer({ message: 0 })
  await app.menu('file.open')
  await expect(page.getByTestId('sample-count')).toHaveText('3')
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await expect(page.getByTestId('load-report')).toContainText('was read as perf-script')
  expect(await consents()).toHaveLength(2)

  // handed over without a path, it cannot be given to perf
  await drop(page, [{ name: 'other.data', text: new TextDecoder().decode(fakePerfData) }])
  const banner = page.getByTestId('error-banner')
  await expect(banner).toContainText('perf script --ns --no-inline')
  await banner.getByRole('button', { name: 'How to Record a Profile' }).click()
  const recipes = page.getByTestId('recording-help')
  await recipes.getByRole('button', { name: /^Copy: perf record / }).click()
  await expect(recipes.getByRole('button', { name: /^Copy: perf record / })).toHaveText('Copied')
  expect(await app.electronApp.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^perf record -e cpu-clock -F 997 -g /)
  await page.keyboard.press('Escape')
  await expect(recipes).toHaveCount(0)
})
