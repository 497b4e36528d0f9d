import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../build/setup/files.mjs'
import { expect, test, type WorldswitchApp } from '../e2e/fixtures'
import { dropPaths, started } from '../e2e/window'
import { figure, median, quick, spread } from './figure'
import { takeLongTasks, watchLongTasks } from './measure'
import { watchMemory } from './processes'
import { chromiumPath, timeSpeedscope } from './speedscope'

interface File {
  kind: 'folded' | 'perf'
  megabytes: number
  rounds: number
  bounds: { seconds: string; memory: string }
  /** Beside the viewer that most people use. */
  peer: boolean
}

const small = { seconds: '2 s', memory: '900 MB' }
const large = { seconds: 'opens', memory: '1500 MB' }
const files: File[] = quick ? [{ kind: 'folded', megabytes: 2, rounds: 1, bounds: small, peer: true }] : [
  { kind: 'folded', megabytes: 20, rounds: 5, bounds: small, peer: true },
  { kind: 'perf', megabytes: 50, rounds: 5, bounds: small, peer: true },
  { kind: 'folded', megabytes: 250, rounds: 1, bounds: large, peer: false },
  { kind: 'perf', megabytes: 600, rounds: 1, bounds: large, peer: false },
]

/** Made once by the generator, whose bytes depend on nothing but its seed; the window may run as another user. */
function made({ kind, megabytes }: File): string {
  const folder = join(root, '.cache', 'bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${kind}-${megabytes}.txt`)
  if (!existsSync(path) || statSync(path).size < megabytes * 1e6) {
    execFileSync(process.execPath, [join(root, 'test/bench/gen-profiles.mjs'), kind, String(megabytes), path])
  }
  chmodSync(path, 0o644)
  return path
}

/**
 * Milliseconds from the drop of a file to the first frame in which its flame has been painted: a pixel in the middle of
 * the row of the whole is asked for.
 */
async function openTime(page: Page, path: string, name: string): Promise<number> {
  await page.evaluate((label) => {
    const painted = () => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[aria-label="Flame of ${label}"] [data-testid="flame-canvas"] canvas`)
      return canvas && canvas.width > 0
        ? canvas.getContext('2d')!.getImageData(canvas.width >> 1, 2, 1, 1).data[3]! > 0 : false
    }
    window.addEventListener('drop', () => {
      const from = performance.now()
      const look = () => {
        if (painted()) Object.assign(window, { benchOpened: performance.now() - from })
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }, { capture: true, once: true })
  }, name)
  await dropPaths(page, [path])
  const milliseconds = await page.waitForFunction(() => (window as unknown as { benchOpened?: number }).benchOpened, null, { timeout: 200_000, polling: 100 })
  return await milliseconds.jsonValue() as number
}

/** Another window each time, with the two runs that every start makes. */
const laidOut = async (page: Page) => {
  await expect(page.getByTestId('stale-note')).toHaveCount(0, { timeout: 60_000 })
  await expect(page.getByText('Laying out', { exact: true })).toHaveCount(0, { timeout: 60_000 })
}

/** What is done with an open profile; each waits until its picture is there. */
const steps: readonly (readonly [name: string, step: (page: Page) => Promise<unknown>])[] = [
  ['searched', (page) => page.getByTestId('flame-search').pressSequentially('tcp_send')],
  ['stepped from match to match', (page) => page.getByTestId('flame-search').press('Enter')],
  ['turned round (bottom-up)', (page) => page.getByTestId('flame-order').getByText('bottom-up').click()],
  ['turned back', (page) => page.getByTestId('flame-order').getByText('top-down').click()],
  ['shown in Table 2', (page) => page.getByTestId('tab-table').click()],
  ['classified by other rules', (page) => page.getByTestId('rule-set').selectOption('qemu-tcg')],
  ['compared with a simulated run', (page) => page.getByTestId('tab-compare').click()],
]

/** The longest task of each step; the rest of its work is done by the page's thread and the engine. */
async function workWith(page: Page, subject: string, name: string): Promise<void> {
  await takeLongTasks(page)
  for (const [what, step] of steps) {
    await step(page)
    if (what.startsWith('compared')) await page.getByTestId('compare-b').selectOption({ label: name })
    await laidOut(page)
    await page.waitForTimeout(2000)
    const { longestMilliseconds } = await takeLongTasks(page)
    figure(subject, `longest main-thread task while it is ${what}`, longestMilliseconds === 0 ? 'none over 50 ms' : `${longestMilliseconds.toFixed(0)} ms`, '100 ms')
  }
}

async function freshWindow(app: WorldswitchApp): Promise<Page> {
  await app.relaunch()
  return started(app)
}

for (const file of files) {
  const { kind, megabytes, rounds, bounds, peer } = file
  const subject = `${kind} ${megabytes} MB`

  test(subject, async ({ app }) => {
    figure(subject, 'programs that wanted to run when this began (load average of a minute)', `${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`, 'all times are of the clock')
    const path = app.path(`${kind}-${megabytes}.txt`)
    execFileSync('cp', [made(file), path])
    app.sandbox.own(path)
    const times: number[] = []
    const longest: number[] = []
    for (let round = 0; round < rounds; round++) {
      const page = await freshWindow(app)
      await watchLongTasks(page)
      times.push(await openTime(page, path, `${kind}-${megabytes}.txt`) / 1000)
      await page.waitForTimeout(1000)
      longest.push((await takeLongTasks(page)).longestMilliseconds)
    }
    figure(subject, `from the drop of the file to its painted flame (${rounds} rounds)`, spread(times, 's'), bounds.seconds)
    figure(subject, 'longest main-thread task meanwhile', `${median(longest).toFixed(0)} ms`, '100 ms')
    await workWith(app.page, subject, `${kind}-${megabytes}.txt`)
    const page = await freshWindow(app)
    const stop = watchMemory(app.electronApp.process().pid!)
    await openTime(page, path, `${kind}-${megabytes}.txt`)
    await page.waitForTimeout(2000)
    const { most, last } = stop()
    figure(subject, 'memory of all processes (PSS), most and 2 s later', `${most.toFixed(0)} MB; ${last.toFixed(0)} MB`, bounds.memory)
    if (!peer) return
    if (chromiumPath === null) {
      figure(subject, 'speedscope 1.25 in Chromium', 'not measured: there is no Chromium here', 'a third of it')
      return
    }
    const theirs: number[] = []
    for (let round = 0; round < Math.min(3, rounds); round++) theirs.push(await timeSpeedscope(made(file)) / 1000)
    figure(subject, `speedscope 1.25 in Chromium, from the choice of the file to its chart (${theirs.length} rounds)`, spread(theirs, 's'), '')
    figure(subject, 'our time as a part of speedscope\'s', `1 / ${(median(theirs) / median(times)).toFixed(1)}`, '1 / 3')
  })
}
