import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { viewIds, viewTitles } from '../../engine/session/document'
import { expect, test, type WorldswitchApp } from '../e2e/fixtures'
import { drop, resize, started } from '../e2e/window'
import { figure, median, quick, spread } from './figure'
import { gridProfile } from './made-profiles'
import { paintedByKey, takeLongTasks, timeFrames, watchLongTasks, type Frames } from './measure'

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

for (const name of quick ? [] : ['perf-sym-pcnet', 'perf-sym-system2-pcnet']) {
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

const frameBounds = { panning: { 1000: '60 a second', 10_000: '40 a second' }, zooming: { 1000: '', 10_000: '16.7 ms CPU; aim 12 ms' } }
for (const [boxes, columns, rows, wide] of [[1000, 70, 20, 10], [10_000, 356, 40, 24]] as const) {
  test(`frames with ${boxes} visible boxes`, async ({ app }) => {
    const page = await started(app)
    await resize(app, 1600, 1400)
    await drop(page, [{ name: 'grid.txt', text: gridProfile(columns, rows, wide) }])
    await expect(page.getByTestId('run-item')).toHaveCount(3)
    await page.getByTestId('tab-flame').click()
    const canvas = page.getByTestId('flame-canvas')
    await canvas.focus()
    // slightly zoomed in, so that moving sideways moves something
    await page.keyboard.press('w')
    const painted = await paintedByKey(page, 'd')
    for (const [what, keys] of [['panning', ['d', 'a']], ['zooming', ['s', 'w']]] as const) {
      const samples: Frames[] = []
      for (let round = 0; round < rounds; round++) samples.push(await timeFrames(app, keys, 60))
      const of = (figureOf: (one: Frames) => number) => samples.map(figureOf)
      figure('frames of a flame', `${what} with ${painted.boxes} boxes and ${painted.texts} labels painted (median of ${rounds} times 60 frames)`,
        `${spread(of((one) => one.perSecond), 'a second')}; CPU a frame ${spread(of((one) => one.cpuMilliseconds), 'ms')}, of the main thread ${median(of((one) => one.taskMilliseconds)).toFixed(1)} ms`,
        frameBounds[what][boxes])
    }
  })
}

test('what-if: from the slider to the picture', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-what-if').click()
  await expect(page.getByTestId('what-if-figures')).toContainText('Mb/s')
  await page.getByTestId('slider-mhz').getByRole('slider').focus()
  // one line of pixels of each canvas is compared: other widths of boxes, another picture
  const times = await page.evaluate(async (moves) => {
    const picture = () => [...document.querySelectorAll<HTMLCanvasElement>('.what-if-icicles canvas')].map((canvas) =>
      canvas.getContext('2d')!.getImageData(0, Math.floor(canvas.height / 3), canvas.width, 1).data.join()).join()
    const frame = () => new Promise(requestAnimationFrame)
    const input = document.activeElement as HTMLInputElement
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
    const [low, high] = [Number(input.min), Number(input.max)]
    const found: number[] = []
    for (let move = 0; move < moves + 3; move++) {
      for (let still = 0; still < 30; still++) await frame()
      const before = picture()
      set.call(input, String(low + ((high - low) * (move % 2 ? 0.35 : 0.6) + (high - low) * 0.005 * move)))
      const from = performance.now()
      input.dispatchEvent(new Event('input', { bubbles: true }))
      while (picture() === before) await frame()
      // the first moves are still being compiled
      if (move >= 3) found.push(performance.now() - from)
    }
    return found
  }, quick ? 2 : 20)
  figure('what-if', `from the move of the clock's slider to the repainted icicle, a 10 MB run between (${times.length} moves)`, spread(times, 'ms'), '80 ms; aim 33 ms')
})

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
