import { test } from '@playwright/test'
import { launchElectron, launchPlan, Sandbox } from '../e2e/launch'
import { figure, quick, spread } from './figure'
import { pssMegabytes } from './processes'

/** From the start of the program's process, on a user's second start and later, as its files are in memory then. */
const rounds = quick ? 1 : 7
const subject = `start of ${process.env['WORLDSWITCH_APP'] ?? 'the checkout'}`

test('start and memory', async () => {
  const plan = launchPlan()
  const sandbox = new Sandbox(plan)
  const charts: number[] = []
  const compared: number[] = []
  const idle: number[] = []
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
      if (!quick) await page.waitForTimeout(5000)
      const pss = pssMegabytes(app.process().pid!)
      const gone = app.waitForEvent('close')
      await app.evaluate(({ app: electron }) => { electron.exit(0) }).catch(() => undefined)
      await gone
      if (round < 0) continue
      charts.push((shown - began) / 1000)
      compared.push((ended - began) / 1000)
      idle.push(pss)
    }
  } finally {
    sandbox.remove()
  }
  figure(subject, `from the start of the process to the first painted chart (${rounds} starts, a driver attached)`, spread(charts, 's'), '2.0 s; aim 1.2 s')
  figure(subject, 'until both 100 MB runs are there and compared', spread(compared, 's'), '')
  figure(subject, 'memory of all processes (PSS), 5 s after that', spread(idle, 'MB'), '350 MB; aim 280 MB')
})
