import { expect, it } from 'vitest'
import { killSavers } from '../../support/killed-saver'
import { figure } from '../report'

it('kill -9 at 500 seeded moments while sessions and recovery copies are saved loses none', async () => {
  const { kills, duringSaves, saves, losses } = await killSavers(500, 2026)
  const subject = 'kill -9 of the saving process'
  figure(subject, 'kills at seeded moments', String(kills), '500')
  figure(subject, 'of them between the beginning and the end of a save', String(duringSaves), '> 50')
  figure(subject, 'saves before the kills', String(saves), '-')
  figure(subject, 'sessions or copies lost, older than confirmed, or unreadable', String(losses.length), '0')
  expect(losses).toEqual([])
  expect(duringSaves).toBeGreaterThan(50)
})
