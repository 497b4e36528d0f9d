import { killApp } from '../support/app-kills'
import { errorsInLog, walk } from '../support/app-walk'
import { expect, test } from './fixtures'

test.use({ start: { own: true } })

// npm run soak takes 1,000 steps over half an hour and kills the app 50 times
test('25 seeded steps through the window leave the session as the model has it, then kill -9 of the whole app at 2 seeded moments loses nothing', async ({ app }) => {
  test.slow()
  const { counts } = await walk(app, 11, (step) => step === 25)
  expect(counts.size).toBeGreaterThan(7)
  expect(errorsInLog(app)).toEqual([])
  // what the walk has left unsaved
  app.answersAtStart = { message: 1 }
  await app.relaunch()
  const { kills, losses } = await killApp(app, 2, 4)
  expect(losses).toEqual([])
  expect(kills).toBe(2)
})
