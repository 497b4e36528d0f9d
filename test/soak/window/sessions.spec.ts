import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { errorsInLog } from '../../support/app-walk'
import { expect, test } from '../../e2e/fixtures'
import { drop, started } from '../../e2e/window'
import { figure } from '../report'
import { growth, memoryOf, type Sample } from './memory'

const opened = 100

test(`${opened} sessions opened and closed in one process leave nothing behind`, async ({ app }) => {
  const page = await started(app)
  const save = async (name: string) => {
    await app.answer({ save: app.path(name), message: 1 })
    await app.menu('file.save-as')
    await expect.poll(() => app.title()).toBe(`${name} — Worldswitch`)
  }
  await save('simulated.wsprof')
  await drop(page, [{ name: 'capture.txt', text: gunzipSync(readFileSync('test/fixtures/perf-sym-pcnet.txt.gz')).toString() }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await save('recorded.wsprof')
  const samples: Sample[] = []
  for (let i = 0; i < opened; i++) {
    const [name, runs] = i % 2 === 0 ? ['simulated.wsprof', 2] as const : ['recorded.wsprof', 3] as const
    await app.answer({ open: [app.path(name)] })
    await app.menu('file.open')
    await expect(page.getByTestId('run-item')).toHaveCount(runs)
    for (const tab of ['table', 'flame']) await page.getByTestId(`tab-${tab}`).click()
    await app.menu('file.new')
    await expect(page.getByTestId('run-item')).toHaveCount(0)
    if (i % 2 === 1) samples.push(await memoryOf(app))
  }
  const subject = 'Sessions opened and closed in one process'
  const [all, heap] = [samples.map((sample) => sample.all), samples.map((sample) => sample.heap)]
  figure(subject, 'sessions, of two simulated runs and with a capture of 4,385 samples in turn', String(opened), '100')
  figure(subject, 'memory of all processes: last quarter against the second', `${(100 * growth(all)).toFixed(1)} % (${all[0]!.toFixed(0)} MB at first, ${all.at(-1)!.toFixed(0)} MB at last)`, '10 %')
  figure(subject, 'memory of the page\'s JavaScript', `${(100 * growth(heap)).toFixed(1)} % (${heap[0]!.toFixed(1)} MB at first, ${heap.at(-1)!.toFixed(1)} MB at last)`, '10 %')
  expect(growth(all)).toBeLessThan(0.1)
  expect(growth(heap)).toBeLessThan(0.1)
  expect(errorsInLog(app)).toEqual([])
})
