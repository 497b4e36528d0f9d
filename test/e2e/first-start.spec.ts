import { expect, test, type WorldswitchApp } from './fixtures'

test.use({ start: { own: true } })

test('a first start runs the two presets and shows them compared', async ({ app }) => {
  const { page } = app
  await expect(page.getByTestId('run-item')).toHaveCount(2)
  await expect(page.getByTestId('runs-list')).toContainText('VM/PC-733 2.0')
  await expect(page.getByTestId('runs-list')).toContainText('VM/PC-733 optimized')
  await expect(page.getByTestId('tab-compare')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('compare-a')).toHaveValue(await runId(app, 'VM/PC-733 2.0'))
  await expect(page.getByTestId('compare-b')).toHaveValue(await runId(app, 'VM/PC-733 optimized'))
  const throughput = await page.getByTestId('compare-row-throughput').locator('td').allTextContents()
  const [a, b] = throughput.map(Number)
  expect(a).toBeGreaterThan(40)
  expect(b).toBeGreaterThan(a!)
  await expect(page.getByTestId('compare-row-throughput')).toContainText('B is faster')
  await expect(page.getByTestId('compare-flame-a')).toBeVisible()
  await expect(page.getByTestId('compare-flame-b')).toBeVisible()
  // what every start makes anew is nothing to lose: no unsaved mark
  await expect(page.getByTestId('progress')).toHaveCount(0)
  await expect.poll(() => app.title()).not.toContain('•')
  // the status bar names the engine, the runtime and the sandbox
  await expect(page.getByTestId('engine-state')).toHaveText('engine ready')
  const runtime = app.plan.env['WORLDSWITCH_RUNTIME'] ?? 'official'
  if (runtime === 'official') await expect(page.getByTestId('runtime-mark')).toHaveCount(0)
  else await expect(page.getByTestId('runtime-mark')).toHaveText(runtime)
  await expect(page.getByTestId('sandbox-mark')).toHaveCount(app.plan.sandbox === 'off' ? 1 : 0)
})

async function runId(app: WorldswitchApp, name: string): Promise<string> {
  const id = await app.page.getByTestId('run-item').filter({ hasText: name }).getAttribute('data-run')
  if (!id) throw new Error(`no run ${name}`)
  return id
}
