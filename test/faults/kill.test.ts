import { expect, it } from 'vitest'
import { killSavers } from '../support/killed-saver'

// npm run soak kills it 500 times
it('kill -9 at 20 seeded moments while sessions and recovery copies are saved loses none', async () => {
  const { kills, losses, saves } = await killSavers(20, 7)
  expect(losses).toEqual([])
  expect(kills).toBe(20)
  expect(saves).toBeGreaterThanOrEqual(20)
  // twenty starts of a process, on a machine that may be busy
}, 180_000)
