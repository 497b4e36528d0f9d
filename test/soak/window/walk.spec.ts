import { errorsInLog, walk } from '../../support/app-walk'
import { expect, test } from '../../e2e/fixtures'
import { figure } from '../report'
import { growth, memoryOf, type Sample } from './memory'

const steps = 1000
const minutes = Number(process.env['WORLDSWITCH_WALK_MINUTES'] ?? 30)
const stepsBetweenSamples = 10

test(`at least ${steps} seeded steps over ${minutes} minutes: no error, the session as the model has it, memory flat`, async ({ app }) => {
  const began = Date.now()
  const samples: Sample[] = []
  let taken = 0
  const { counts, engineDeaths } = await walk(app, 2026, async (step) => {
    if (step % stepsBetweenSamples === 0) samples.push(await memoryOf(app))
    taken = step
    return step >= steps && Date.now() - began >= minutes * 60_000
  })
  const subject = 'A random walk through the window'
  figure(subject, 'steps, each followed by a look at every run\'s name, the title and the errors', `${taken} in ${((Date.now() - began) / 60_000).toFixed(1)} minutes`, `${steps}, 30 minutes`)
  figure(subject, 'steps by kind', [...counts].map(([step, n]) => `${step} ${n}`).join(', '), '-')
  figure(subject, 'engines killed with SIGKILL meanwhile', String(engineDeaths), '-')
  figure(subject, 'sessions other than the model\'s', '0', '0')
  const errors = errorsInLog(app)
  figure(subject, 'errors in the log', String(errors.length), '0')
  for (const [what, values] of [['of all processes', samples.map(({ all }) => all)], ['of the page\'s JavaScript', samples.map(({ heap }) => heap)]] as const) {
    const grown = growth(values)
    figure(subject, `memory ${what}: last quarter against the second`, `${(100 * grown).toFixed(1)} % (${values[0]!.toFixed(0)} MB at first, ${values.at(-1)!.toFixed(0)} MB at last)`, what.startsWith('of all') ? '10 %' : '-')
    if (what.startsWith('of all')) expect.soft(grown).toBeLessThan(0.1)
  }
  expect(errors).toEqual([])
})
