import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../../build/setup/files.mjs'
import { whole } from '../../engine/figure-text'
import { importSteps } from '../../engine/formats/open-profile'
import { resultOf } from '../../engine/formats/read-steps'
import { openSourceFile } from '../../engine/source-file'
import { expect, test, type WorldswitchApp } from '../e2e/fixtures'
import { drop, dropPaths, started } from '../e2e/window'
import { figure, median, quick, spread } from './figure'
import { takeLongTasks, watchLongTasks } from './measure'
import { keepProfile, profiled, stretchText, type CpuProfile } from './own-profile'
import { watchMemory } from './processes'
import { chromiumPath, timeSpeedscope } from './speedscope'

interface File {
  kind: 'folded' | 'perf'
  megabytes: number
  bounds: { seconds: string; memory: string; firstFlame?: string }
  /** Beside the viewer that most people use. */
  peer: boolean
}

const rounds = quick ? 1 : 5
const small = { seconds: '2 s', memory: '900 MB' }
const large = { seconds: 'opens', memory: '1500 MB' }
const files: File[] = quick ? [{ kind: 'folded', megabytes: 2, bounds: small, peer: true }] : [
  { kind: 'folded', megabytes: 20, bounds: small, peer: true },
  { kind: 'perf', megabytes: 50, bounds: small, peer: true },
  // a million boxes
  { kind: 'folded', megabytes: 48, bounds: { seconds: '', memory: '', firstFlame: '500 ms; aim 200 ms' }, peer: false },
  { kind: 'folded', megabytes: 250, bounds: large, peer: false },
  { kind: 'perf', megabytes: 600, bounds: large, peer: false },
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

interface Opened {
  /** Milliseconds from the drop of the file. */
  flame: number
  /** From the profile's arrival among the runs. */
  firstFlame: number
}

/** Times a drop up to the first frame in which the flame is painted: a pixel in the middle of the row of the whole is asked for. */
async function openTime(page: Page, path: string, name: string): Promise<Opened> {
  await page.evaluate((label) => {
    const painted = () => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[aria-label="Flame of ${label}"] [data-testid="flame-canvas"] canvas`)
      return canvas && canvas.width > 0
        ? canvas.getContext('2d')!.getImageData(canvas.width >> 1, 2, 1, 1).data[3]! > 0 : false
    }
    const runs = () => document.querySelectorAll('[data-testid="run-item"]').length
    window.addEventListener('drop', () => {
      const [from, before] = [performance.now(), runs()]
      let arrived = 0
      const changes = new MutationObserver(() => {
        if (runs() === before) return
        arrived = performance.now()
        changes.disconnect()
      })
      changes.observe(document.body, { childList: true, subtree: true })
      const look = () => {
        const now = performance.now()
        if (painted()) Object.assign(window, { benchOpened: { flame: now - from, firstFlame: now - arrived } })
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }, { capture: true, once: true })
  }, name)
  await dropPaths(page, [path])
  const opened = await page.waitForFunction(() => (window as unknown as { benchOpened?: Opened }).benchOpened, null, { timeout: 200_000, polling: 100 })
  return await opened.jsonValue() as Opened
}

function stacksOf(path: string): number {
  return resultOf(importSteps('bench', openSourceFile(path))).profile.stacks.parent.length
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

/** What the window does on its own behalf after each of them has been waited for. */
const settleMilliseconds = quick ? 50 : 700

async function doStep(page: Page, name: string, [what, step]: (typeof steps)[number]): Promise<void> {
  await step(page)
  if (what.startsWith('compared')) await page.getByTestId('compare-b').selectOption({ label: name })
  await laidOut(page)
  await page.waitForTimeout(settleMilliseconds)
}

async function freshWindow(app: WorldswitchApp): Promise<Page> {
  await app.relaunch()
  const page = await started(app)
  await watchLongTasks(page)
  return page
}

const opening = 'opened'
const longestAllowed = 100
const inMilliseconds = (longest: number) => (longest === 0 ? 'none over 50 ms' : `${longest.toFixed(0)} ms`)

/** Everything once more, watched by V8's profiler: what is kept of it is the profile of the step that took too long. */
async function explain(app: WorldswitchApp, subject: string, path: string, name: string, tooLong: ReadonlySet<string>): Promise<void> {
  const page = await freshWindow(app)
  const kept = async (what: string, work: () => Promise<unknown>) => {
    if (!tooLong.has(what)) return work()
    const profile = await profiled(page, work)
    const file = keepProfile(`${subject} ${what}`, profile)
    figure(subject, `where it went while it was ${what}, watched`, stretchText(profile, 5), file)
  }
  await kept(opening, () => openTime(page, path, name))
  for (const step of steps) await kept(step[0], () => doStep(page, name, step))
}

/** Nearly all of an opening is the engine's: the same reading, watched on the command line. */
function explainReading(subject: string, path: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'worldswitch-bench-'))
  execFileSync(process.execPath, ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', folder, join(root, 'out', 'cli.mjs'), 'import', path], { stdio: 'ignore' })
  const profile = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')) as CpuProfile
  rmSync(folder, { recursive: true })
  figure(subject, 'where it went: the engine\'s reader on the command line, watched', stretchText(profile, 8), keepProfile(`${subject} is read`, profile))
}

for (const file of files) {
  const { kind, megabytes, bounds, peer } = file
  const subject = `${kind} ${megabytes} MB`
  const name = `${kind}-${megabytes}.txt`

  test(subject, async ({ app }) => {
    figure(subject, 'programs that wanted to run when this began (load average of a minute)', `${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`, 'all times are of the clock')
    const path = app.path(name)
    execFileSync('cp', [made(file), path])
    app.sandbox.own(path)
    const opened: Opened[] = []
    const theirs: number[] = []
    const longest = new Map<string, number[]>([opening, ...steps.map(([what]) => what)].map((what) => [what, []]))
    const memory: { most: number; last: number }[] = []
    const boxes = whole(stacksOf(path))
    for (let round = 0; round < rounds; round++) {
      const page = await freshWindow(app)
      const note = async (what: string) => void longest.get(what)!.push((await takeLongTasks(page)).longestMilliseconds)
      opened.push(await openTime(page, path, name))
      await page.waitForTimeout(settleMilliseconds)
      await note(opening)
      for (const step of steps) {
        await doStep(page, name, step)
        await note(step[0])
      }
      if (peer && chromiumPath !== null) theirs.push(await timeSpeedscope(made(file)) / 1000)
    }
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      // by itself: the kernel walks through all pages of a process to say how many it has, and the process waits
      const page = await freshWindow(app)
      const stop = watchMemory(app.electronApp.process().pid!)
      await openTime(page, path, name)
      await page.waitForTimeout(2000)
      memory.push(stop())
    }
    const ours = opened.map(({ flame }) => flame / 1000)
    figure(subject, `from the drop of the file to its painted flame (${rounds} rounds)`, spread(ours, 's'), bounds.seconds)
    figure(subject, `from the arrival of the profile among the runs to its first painted flame, of ${boxes} boxes`, spread(opened.map(({ firstFlame }) => firstFlame), 'ms'), bounds.firstFlame ?? '')
    for (const [what, tasks] of longest) {
      figure(subject, `longest main-thread task while it is ${what}, median and most`, `${inMilliseconds(median(tasks))}; ${inMilliseconds(Math.max(...tasks))}`, `${longestAllowed} ms`)
    }
    figure(subject, `memory of all processes (PSS), most and 2 s later (${memory.length} openings of their own)`, `${spread(memory.map(({ most }) => most), 'MB')}; ${spread(memory.map(({ last }) => last), 'MB')}`, bounds.memory)
    if (peer && chromiumPath === null) figure(subject, 'speedscope 1.25 in Chromium', 'not measured: there is no Chromium here', 'a third of it')
    else if (peer) {
      figure(subject, `speedscope 1.25 in Chromium, from the choice of the file to its chart (${theirs.length} rounds, in turns with ours)`, spread(theirs, 's'), '')
      const ratio = median(theirs) / median(ours)
      figure(subject, 'our time as a part of speedscope\'s', `1 / ${ratio.toFixed(2)}`, '1 / 3; aim 1 / 10')
      if (ratio < 3) explainReading(subject, made(file))
    }
    const tooLong = new Set([...longest].filter(([, tasks]) => median(tasks) > longestAllowed).map(([what]) => what))
    if (tooLong.size > 0) await explain(app, subject, path, name, tooLong)
  })
}

test('the app\'s own profile, opened in the app', async ({ app }) => {
  const [file] = files.filter(({ kind, megabytes }) => quick || (kind === 'perf' && megabytes === 50))
  const name = `${file!.kind}-${file!.megabytes}.txt`
  const path = app.path(name)
  execFileSync('cp', [made(file!), path])
  app.sandbox.own(path)
  const page = await freshWindow(app)
  const profile = await profiled(page, async () => {
    await openTime(page, path, name)
    for (const step of steps) await doStep(page, name, step)
  })
  const kept = keepProfile(`the window while ${file!.kind} ${file!.megabytes} MB is opened`, profile)
  await drop(page, [{ name: 'worldswitch.cpuprofile', text: JSON.stringify(profile) }])
  await expect(page.getByRole('region', { name: 'Flame of worldswitch.cpuprofile' })).toBeVisible()
  await laidOut(page)
  if (!quick) await page.screenshot({ path: join(root, 'docs/bench/own-profile.png') })
  figure('the app\'s own profile (V8 cpuprofile), opened in the app', `longest stretch of the window's main thread while ${file!.kind} ${file!.megabytes} MB is opened and worked with, watched every 0.5 ms`,
    stretchText(profile, 5), kept === '' ? '' : `${kept}, [as the app shows it](own-profile.png)`)
})
