import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { RecoveryCopies } from '../../electron/recovery'
import { Random } from '../../engine/machine/random'
import { decodeSession } from '../../engine/session/archive'
import type { WorldswitchApp } from '../e2e/fixtures'
import { commandOf, treeOf } from '../e2e/processes'

export interface AppKills {
  kills: number
  /** Kills that came after Save was chosen and before the window said that it is saved. */
  duringSaves: number
  /** Kills after which a copy was offered. */
  copies: number
  /** The oldest change, in seconds before its kill, that was in no file and no copy. */
  oldestLost: number
  /** What was found wrong, one sentence each. */
  losses: string[]
}

/** What is given to the disk: a change older than this is in the file or in the copy. */
const allowedSeconds = 5
const file = 'kept.wsprof'

/** The session's first run is called by the number of the change. */
const nameOf = (n: number) => `change ${n}`
const numberOf = (bytes: Uint8Array): { n: number; whole: boolean } => {
  const { session, warnings } = decodeSession('killed', bytes)
  return { n: Number(/^change (\d+)$/.exec(session.runs[0]?.name ?? '')?.[1] ?? Number.NaN), whole: warnings.length === 0 && session.runs.length === 2 }
}

/**
 * Kills the whole app at seeded moments while somebody renames a run and saves, and looks at what is on the disk after each:
 * the file, the copy of unsaved work, and what the next start shows.
 */
export async function killApp(app: WorldswitchApp, kills: number, seed: number): Promise<AppKills> {
  const random = new Random(seed, 5)
  const found: AppKills = { kills: 0, duringSaves: 0, copies: 0, oldestLost: 0, losses: [] }
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  await expect(app.page.getByTestId('progress')).toHaveCount(0)
  await rename(app, 0)
  await app.answer({ save: app.path(file) })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe(`${file} — Worldswitch`)
  let [last, saved] = [0, 0]
  for (; found.kills < kills; found.kills++) {
    const work = await workUntilKilled(app, last, saved, random)
    last = work.last
    if (work.saving) found.duringSaves++
    saved = await look(app, work, found)
  }
  return found
}

interface Work {
  /** The number of the newest change, and of the newest that the window said was saved. */
  last: number
  saved: number
  saving: boolean
  /** When each change was made, and when the app was killed, in milliseconds. */
  at: Map<number, number>
  killedAt: number
}

async function rename(app: WorldswitchApp, n: number): Promise<void> {
  const run = app.page.getByTestId('run-item').first()
  await run.getByRole('button', { name: /^Rename/ }).click()
  await run.getByRole('textbox').fill(nameOf(n))
  await app.page.keyboard.press('Enter')
}

async function workUntilKilled(app: WorldswitchApp, last: number, saved: number, random: Random): Promise<Work> {
  const work: Work = { last, saved, saving: false, at: new Map(), killedAt: 0 }
  const moment = random.between(200, 7000)
  const { electronApp } = app
  const tree = treeOf(electronApp.process().pid!)
  const killed = new Promise<void>((resolve) => {
    setTimeout(() => {
      work.killedAt = Date.now()
      void app.kill().then(resolve)
    }, moment)
  })
  try {
    while (work.killedAt === 0) {
      await rename(app, work.last + 1)
      work.last++
      work.at.set(work.last, Date.now())
      if (random.between(0, 2) > 0) await app.page.waitForTimeout(random.between(0, 1500))
      else await save(app, work)
    }
  } catch (thrown) {
    // what the kill cut off; before it, an error is one
    if (work.killedAt === 0) throw thrown
  }
  await killed
  // nobody is left behind: the other processes end when the first one does
  await expect.poll(() => tree.flatMap((pid) => treeOf(pid)).filter((pid) => commandOf(pid) !== '')).toEqual([])
  return work
}

async function save(app: WorldswitchApp, work: Work): Promise<void> {
  // the mark comes a moment after the change: without it an old title would be taken for the new one
  await expect.poll(() => app.title()).toBe(`• ${file} — Worldswitch`)
  work.saving = true
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe(`${file} — Worldswitch`)
  work.saving = false
  work.saved = work.last
}

/** Answers which change the file holds. */
async function look(app: WorldswitchApp, work: Work, found: AppKills): Promise<number> {
  const kill = `kill ${found.kills + 1}`
  const lost = (what: string) => { found.losses.push(`${kill}: ${what}`) }
  let n = Number.NaN
  try {
    const there = numberOf(new Uint8Array(readFileSync(app.path(file))))
    n = there.n
    if (!there.whole) lost('the file is not whole')
    if (!(n >= work.saved && n <= work.last + 1)) lost(`the file is of change ${n}, and ${work.saved} was saved`)
  } catch (thrown) {
    lost(`the file cannot be read: ${String(thrown)}`)
  }
  const inFile = n
  const copies = new RecoveryCopies(join(app.sandbox.userData, 'recovery'))
  const [newest] = await copies.found()
  const copy = newest ? await copies.read(newest.id) : null
  if (copy) {
    found.copies++
    const { n: kept, whole } = numberOf(copy.bytes)
    if (!whole) lost('the copy is not whole')
    n = Math.max(n, kept)
  }
  // changes that are nowhere: the oldest of them must be young
  const gone = [...work.at].filter(([change]) => change > n).map(([, at]) => (work.killedAt - at) / 1000)
  found.oldestLost = Math.max(found.oldestLost, ...gone)
  if (gone.some((age) => age > allowedSeconds)) lost(`a change of ${Math.max(...gone).toFixed(1)} s before it is nowhere`)
  app.answersAtStart = { message: 0 }
  await app.launch(copy ? [] : [app.path(file)])
  await expect(app.page.getByTestId('run-item')).toHaveCount(2)
  const shown = await app.page.locator('.run-name').first().innerText()
  if (copy ? shown !== nameOf(numberOf(copy.bytes).n) : shown !== nameOf(n)) lost(`the next start shows ${shown}, not change ${n}`)
  return inFile
}
