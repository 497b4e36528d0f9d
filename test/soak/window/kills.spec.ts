import { killApp } from '../../support/app-kills'
import { expect, test } from '../../e2e/fixtures'
import { figure } from '../report'

const kills = Number(process.env['WORLDSWITCH_APP_KILLS'] ?? 50)

test(`kill -9 of the whole app at ${kills} seeded moments of use loses no session`, async ({ app }) => {
  const found = await killApp(app, kills, 2026)
  const subject = 'kill -9 of the whole app'
  figure(subject, 'kills at seeded moments, 0.2 to 7 s into renaming and saving', String(found.kills), '50')
  figure(subject, 'of them between Save and its end', String(found.duringSaves), '-')
  figure(subject, 'after which a copy of unsaved work was offered', String(found.copies), '-')
  figure(subject, 'oldest change that was in neither file nor copy', `${found.oldestLost.toFixed(1)} s before the kill`, '5 s')
  figure(subject, 'sessions or copies lost, older than confirmed, or unreadable', String(found.losses.length), '0')
  expect(found.losses).toEqual([])
})
