import { truncateSync } from 'node:fs'
import { faults } from './axe'
import { largestContent } from '../../engine/formats/limits'
import { expect, test } from './fixtures'
import { resize, started } from './window'

test('an empty session says what to do, and does it; a file that is too large is refused by name and size in it', async ({ app }) => {
  const page = await started(app)
  await app.menu('file.new')
  await expect(page.getByTestId('run-item')).toHaveCount(0)
  for (const tab of ['flame', 'table', 'compare']) {
    await page.getByTestId(`tab-${tab}`).click()
    await expect(page.getByTestId('nothing-yet')).toContainText('No runs yet')
  }
  expect(await faults(page)).toEqual([])
  await page.getByTestId('tab-flame').click()
  const file = app.file('huge.txt', '')
  truncateSync(file, largestContent + 1) // a hole on the disk, no bytes
  await app.answer({ open: [file] })
  await app.menu('file.open')
  await expect(page.getByTestId('error-banner')).toContainText('huge.txt')
  await expect(page.getByTestId('nothing-yet')).toContainText('huge.txt')
  await expect(page.getByTestId('nothing-yet')).toContainText('the limit is 2000 MB')
  await page.getByTestId('nothing-yet').getByRole('button', { name: 'Run 2.0 and optimized' }).click()
  await expect(page.getByTestId('run-item')).toHaveCount(2)
  await expect(page.getByTestId('nothing-yet')).toHaveCount(0)
})

test('an engine that is stopped is said in the view, which can start it again', async ({ app }) => {
  const page = await started(app)
  await app.menu('file.new')
  await expect(page.getByTestId('run-item')).toHaveCount(0)
  const state = page.getByTestId('engine-state')
  for (let death = 1; death <= 3; death++) {
    const pid = await app.electronApp.evaluate(({ app: electron }) =>
      electron.getAppMetrics().find((process) => process.name === 'Worldswitch engine')?.pid ?? 0)
    expect(pid).toBeGreaterThan(1)
    process.kill(pid, 'SIGKILL')
    await expect(state).toHaveAttribute('data-state', death < 3 ? 'down' : 'failed')
    if (death < 3) await expect(state).toHaveAttribute('data-state', 'ready')
  }
  await page.getByTestId('tab-flame').click()
  const view = page.getByTestId('nothing-yet')
  await expect(view).toContainText('The engine is stopped')
  await resize(app, 1024, 640)
  expect(await faults(page)).toEqual([])
  await view.getByRole('button', { name: 'Start it again' }).click()
  await expect(state).toHaveAttribute('data-state', 'ready')
  await expect(view).toContainText('No runs yet')
})
