import { spawn } from 'node:child_process'
import { test } from '@playwright/test'
import { launchElectron, launchPlan, Sandbox, startCommand, startEnvironment, type LaunchPlan } from '../e2e/launch'
import { figure, quick, spread } from './figure'
import { pssMegabytes, processTree } from './processes'

/** From the start of the program's process, on a user's second start and later, as its files are in memory then. */
const rounds = quick ? 1 : 7
const subject = `start of ${process.env['WORLDSWITCH_APP'] ?? 'the checkout'}`

test('start', async () => {
  const plan = launchPlan()
  const sandbox = new Sandbox(plan)
  const charts: number[] = []
  const compared: number[] = []
  try {
    for (let round = -1; round < rounds; round++) {
      const began = Date.now()
      const app = await launchElectron(plan, sandbox, { files: [], env: {} })
      const page = await app.firstWindow()
      const chart = await page.waitForFunction(() => {
        const painted = [...document.querySelectorAll<HTMLCanvasElement>('canvas')].some((canvas) =>
          canvas.width > 0 && canvas.getContext('2d')!.getImageData(canvas.width >> 1, 2, 1, 1).data[3]! > 0)
        return painted && Date.now()
      }, null, { polling: 'raf' })
      const both = await page.waitForFunction(() => {
        const done = document.querySelectorAll('[data-testid="run-item"]').length === 2 && !document.querySelector('[data-testid="progress"]')
        return done && Date.now()
      }, null, { polling: 'raf' })
      const [shown, ended] = [Number(await chart.jsonValue()), Number(await both.jsonValue())]
      const gone = app.waitForEvent('close')
      await app.evaluate(({ app: electron }) => { electron.exit(0) }).catch(() => undefined)
      await gone
      if (round < 0) continue
      charts.push((shown - began) / 1000)
      compared.push((ended - began) / 1000)
    }
  } finally {
    sandbox.remove()
  }
  figure(subject, `from the start of the process to the first painted chart (${rounds} starts, a driver attached)`, spread(charts, 's'), '2.0 s; aim 1.2 s')
  figure(subject, 'until both 100 MB runs are there and compared', spread(compared, 's'), '')
})

/** The window has long been still then: both runs are there after two seconds. */
const idleSeconds = quick ? 3 : 12

test('memory at rest', async () => {
  test.setTimeout(300_000)
  const plan = launchPlan()
  const sandbox = new Sandbox(plan)
  const idle: number[] = []
  let processes = 0
  try {
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      const stop = startAlone(plan, sandbox)
      await new Promise((resolve) => setTimeout(resolve, 1000 * idleSeconds))
      const { megabytes, count } = stop()
      idle.push(megabytes)
      processes = count
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  } finally {
    sandbox.remove()
  }
  figure(subject, `memory of all ${processes} processes (PSS), ${idleSeconds} s after the start (${idle.length} starts, nothing attached)`, spread(idle, 'MB'), '350 MB; aim 280 MB')
})

/** As a desktop starts it: a driver would keep an inspector and what it has looked at in memory. */
function startAlone(plan: LaunchPlan, sandbox: Sandbox): () => { megabytes: number; count: number } {
  const { program, args } = startCommand(plan, sandbox)
  const child = spawn(program, args, { cwd: sandbox.documents, env: startEnvironment(plan, sandbox), stdio: 'ignore' })
  return () => {
    const found = { megabytes: pssMegabytes(child.pid!), count: processTree(child.pid!).length }
    for (const pid of processTree(child.pid!).reverse()) process.kill(pid, 'SIGKILL')
    return found
  }
}
