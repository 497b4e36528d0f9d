import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { expect, test } from '../e2e/fixtures'
import { dropPaths, started } from '../e2e/window'
import { longestStretch, profiled } from './own-profile'
import { takeLongTasks, watchLongTasks } from './measure'
const name = process.env['PROBE']!
test('probe', async ({ app }) => {
  const path = app.path(name)
  execFileSync('cp', [`/work/main/.cache/bench/${name}`, path])
  app.sandbox.own(path)
  const page = await started(app)
  await watchLongTasks(page)
  page.on('console', (m) => { if (m.text().startsWith('TREES')) console.log(m.text()) })
  const laid = async () => {
    await expect(page.getByTestId('stale-note')).toHaveCount(0, { timeout: 60_000 })
    await expect(page.getByText('Laying out', { exact: true })).toHaveCount(0, { timeout: 60_000 })
    await page.waitForTimeout(1500)
  }
  const show = async (what: string, work: () => Promise<unknown>) => {
    await takeLongTasks(page)
    const profile = await profiled(page, async () => { await work(); await laid() })
    const { longestMilliseconds } = await takeLongTasks(page)
    const { milliseconds, self, total } = longestStretch(profile)
    writeFileSync(`/tmp/probe-${what}.cpuprofile`, JSON.stringify(profile))
    console.log(`== ${what}: longest task ${longestMilliseconds}, stretch ${milliseconds.toFixed(0)} ms\n  self ${self.slice(0, 12).map(([n, v]) => `${n} ${v.toFixed(0)}`).join(' | ')}\n  total ${total.slice(0, 45).map(([n, v]) => `${n} ${v.toFixed(0)}`).join(' | ')}`)
  }
  await show('open', async () => { await dropPaths(page, [path]); await expect(page.getByTestId('run-item')).toHaveCount(3, { timeout: 60000 }) })
  await show('search', () => page.getByTestId('flame-search').pressSequentially('tcp_send'))
  await show('step', () => page.getByTestId('flame-search').press('Enter'))
  await show('bottomup', () => page.getByTestId('flame-order').getByText('bottom-up').click())
  await show('topdown', () => page.getByTestId('flame-order').getByText('top-down').click())
  await show('table', () => page.getByTestId('tab-table').click())
  await show('rules', () => page.getByTestId('rule-set').selectOption('qemu-tcg'))
  await show('compare', async () => { await page.getByTestId('tab-compare').click(); await page.getByTestId('compare-b').selectOption({ label: name }) })
  await show('functions', async () => { await page.getByTestId('compare-part').getByText('Functions').click() })
})
