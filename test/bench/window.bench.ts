import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { viewIds, viewTitles } from '../../engine/session/document'
import { expect, test, type WorldswitchApp } from '../e2e/fixtures'
import { drop, resize, started } from '../e2e/window'
import { figure, median, quick } from './figure'
import { gridProfile } from './made-profiles'
import { takeLongTasks, timeFrames, watchLongTasks } from './measure'

const rounds = quick ? 1 : 5

/** Every view is shown `rounds` times, after the first time, which builds what later times reuse. */
async function walkViews(app: WorldswitchApp, subject: string): Promise<void> {
  const { page } = app
  await watchLongTasks(page)
  await takeLongTasks(page)
  for (const id of viewIds) {
    const tab = page.getByTestId(`tab-${id}`)
    if (await tab.count() === 0) continue
    const longest: number[] = []
    for (let round = 0; round < rounds; round++) {
      await page.getByTestId(`tab-${id === 'notes' ? 'flame' : 'notes'}`).click()
      await takeLongTasks(page)
      await tab.click()
      await page.waitForTimeout(400)
      longest.push((await takeLongTasks(page)).longestMilliseconds)
    }
    const text = (ms: number) => (ms === 0 ? 'none over 50 ms' : `${ms.toFixed(0)} ms`)
    figure(subject, `longest main-thread task when ${viewTitles[id]} is shown, first time and median of ${rounds}`,
      `${text(longest[0]!)}; ${text(median(longest))}`, '100 ms')
  }
}

test('long tasks of every view, the paper\'s 100 MB comparison', async ({ app }) => {
  await started(app)
  await walkViews(app, '100 MB run')
})

for (const name of ['perf-sym-pcnet', 'perf-sym-system2-pcnet']) {
  test(`long tasks of every view, ${name}`, async ({ app }) => {
    const page = await started(app)
    await watchLongTasks(page)
    await drop(page, [{ name: `${name}.txt`, text: gunzipSync(readFileSync(`test/fixtures/${name}.txt.gz`)).toString() }])
    await expect(page.getByTestId('run-item')).toHaveCount(3)
    await page.waitForTimeout(400)
    figure(name, 'longest main-thread task while it is opened', `${(await takeLongTasks(page)).longestMilliseconds.toFixed(0)} ms`, '100 ms')
    await walkViews(app, name)
  })
}

for (const [boxes, columns, rows, bound] of [[1000, 50, 20, 60], [10_000, 250, 40, 40]] as const) {
  test(`frames with ${boxes} visible boxes`, async ({ app }) => {
    const page = await started(app)
    await resize(app, 1600, 1400)
    await drop(page, [{ name: 'grid.txt', text: gridProfile(columns, rows) }])
    await expect(page.getByTestId('run-item')).toHaveCount(3)
    await page.getByTestId('tab-flame').click()
    const canvas = page.getByTestId('flame-canvas')
    await canvas.focus()
    // slightly zoomed in, so that moving sideways moves something
    await page.keyboard.press('w')
    const samples = []
    for (let round = 0; round < rounds; round++) samples.push(await timeFrames(app, ['d', 'a'], 60))
    figure('panning a flame', `frames a second with about ${boxes} visible boxes (median of ${rounds} times 60 frames)`,
      `${median(samples.map((one) => one.perSecond)).toFixed(0)}, ${median(samples.map((one) => one.cpuMilliseconds)).toFixed(1)} ms CPU a frame`,
      `${bound} a second`)
  })
}

test('what-if: updates while a slider is dragged', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-what-if').click()
  const slider = page.getByTestId('slider-mhz').getByRole('slider')
  await expect(page.getByTestId('what-if-figures')).toContainText('Mb/s')
  await slider.focus()
  await watchLongTasks(page)
  await takeLongTasks(page)
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    samples.push(await page.evaluate(async () => {
      const updates = () => Number(document.querySelector<HTMLElement>('[data-testid="what-if"]')!.dataset['updates'])
      const before = updates()
      const input = document.activeElement as HTMLInputElement
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
      const [from, to] = [Number(input.min), Number(input.max)]
      const start = performance.now()
      for (let passed = 0; passed < 2000; passed = performance.now() - start) {
        set.call(input, String(from + ((to - from) * (0.3 + 0.4 * (passed / 2000)))))
        input.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise(requestAnimationFrame)
      }
      return (updates() - before) / 2
    }))
  }
  const { longestMilliseconds } = await takeLongTasks(page)
  figure('what-if', `updates a second while the clock's slider is dragged, a 10 MB run behind each (median of ${rounds} times 2 s)`,
    `${median(samples).toFixed(0)}; longest task ${longestMilliseconds === 0 ? 'under 50 ms' : `${longestMilliseconds.toFixed(0)} ms`}`, '10 a second; 100 ms')
})
