import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecoveryCopies } from '../../../electron/recovery'
import { stampOf } from '../../../electron/file-stamp'
import { decodeSession, encodeProfile, encodeSession } from '../../../engine/session/archive'
import { describedRun, manifestOfTexts } from '../../../engine/session/manifest'
import type { SessionDocument } from '../../../engine/session/document'
import { someSession } from '../../fixtures/session'
import { simulatedRun } from '../renderer/fixture'

const of = { name: 'paper.wsprof', path: '/d/paper.wsprof', stamp: '1:2:3:4' }
const { profile } = simulatedRun('a')
const session = someSession(profile, profile)
let root: string
let copies: RecoveryCopies

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'worldswitch-recovery-'))
  copies = new RecoveryCopies(root)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** What the window does. */
async function keep(into: RecoveryCopies, document: SessionDocument, about: typeof of | null = of) {
  const parts = document.runs.map((run) => encodeProfile(run.profile))
  for (const { sha256, bytes } of parts) await into.keepProfile(sha256, bytes)
  const texts = document.runs.map((run, i) => JSON.stringify(describedRun(run, { sha256: parts[i]!.sha256, bytes: parts[i]!.bytes.length })))
  return into.keep(() => about, manifestOfTexts(document, texts), parts.map(({ sha256 }) => sha256))
}

const filesOf = () => readdirSync(root).flatMap((folder) => readdirSync(join(root, folder)))

describe('copies of unsaved work', () => {
  it('are found after a crash and are the session as it was, under its name and path', async () => {
    expect(await keep(copies, session)).toEqual({ kept: true, missing: [] })
    const next = new RecoveryCopies(root)
    const [found, ...others] = await next.found()
    expect(others).toEqual([])
    expect(found).toMatchObject(of)
    expect(Date.now() - found!.savedAt).toBeLessThan(60_000)
    const read = await next.read(found!.id)
    const { session: opened, warnings } = decodeSession('paper.wsprof', read!.bytes)
    expect(warnings).toEqual([])
    expect(opened).toEqual(decodeSession('a', encodeSession(session)).session)
  })

  it('hold each profile once, and only those that the newest copy names', async () => {
    await keep(copies, session)
    // both runs of the fixture have the same profile
    expect(filesOf().filter((name) => name.endsWith('.pb.gz'))).toHaveLength(1)
    await keep(copies, { ...session, runs: [] })
    expect(filesOf()).toEqual(['copy'])
  })

  it('are not written while a profile of theirs is missing', async () => {
    const missing = 'ab'.repeat(32)
    expect(await copies.keep(() => of, '{"runs":[]}', [missing])).toEqual({ kept: false, missing: [missing] })
    expect(readdirSync(root)).toEqual([])
  })

  it('are not written when everything has been saved in the meantime', async () => {
    expect(await keep(copies, { ...session, runs: [] }, null)).toEqual({ kept: false, missing: [] })
    expect(await new RecoveryCopies(root).found()).toEqual([])
  })

  it('go when the session is saved, and the next change need not hand over its profiles again', async () => {
    await keep(copies, session)
    await copies.clean()
    expect(await copies.own()).toBeNull()
    expect(await copies.keep(() => of, '{"runs":[]}', [encodeProfile(session.runs[0]!.profile).sha256])).toMatchObject({ kept: true })
    expect(await copies.own()).toMatchObject(of)
  })

  it('go with everything when the window closes, and nothing comes after that', async () => {
    await keep(copies, session)
    await copies.end()
    expect(await keep(copies, session)).toEqual({ kept: false, missing: [] })
    expect(readdirSync(root)).toEqual([])
  })

  it('go on in the same place when they are adopted, and stay when they could not be shown', async () => {
    await keep(copies, session)
    const next = new RecoveryCopies(root)
    const [found] = await next.found()
    await next.adopt(found!.id)
    // what is there need not be handed over again
    expect(await next.keep(() => of, '{"runs":[]}', [encodeProfile(session.runs[0]!.profile).sha256])).toMatchObject({ kept: true })
    expect(readdirSync(root)).toEqual([found!.id])
    await next.letGo()
    await keep(next, { ...session, runs: [] })
    expect(readdirSync(root)).toHaveLength(2)
    await next.end()
    expect(readdirSync(root)).toEqual([found!.id])
  })

  it('that are damaged in part open with what is left', async () => {
    await keep(copies, session)
    const [folder] = readdirSync(root)
    rmSync(join(root, folder!, readdirSync(join(root, folder!)).find((name) => name.endsWith('.gz'))!))
    const next = new RecoveryCopies(root)
    const read = await next.read((await next.found())[0]!.id)
    const { session: opened, warnings } = decodeSession('a', read!.bytes)
    expect(opened).toMatchObject({ runs: [], notes: session.notes })
    expect(warnings.map(({ what }) => what).join()).toContain('is missing in the archive')
  })

  it('that cannot be read are neither offered nor removed; folders without any are', async () => {
    const folder = (name: string, content: string | null) => {
      mkdirSync(join(root, name))
      if (content !== null) writeFileSync(join(root, name, 'copy'), content)
    }
    folder('000000000001', '{"format":"worldswitch.recovery","version":2}\n{}')
    folder('000000000002', 'no line end')
    folder('000000000003', null)
    folder('somebody else\'s', null)
    expect(await copies.found()).toEqual([])
    expect(readdirSync(root).sort()).toEqual(['000000000001', '000000000002', 'somebody else\'s'])
  })

  it('never lead out of their folder', async () => {
    mkdirSync(join(root, '000000000001'))
    const about = JSON.stringify({ format: 'worldswitch.recovery', version: 1, ...of, savedAt: 1 })
    for (const profile of [{ path: 'profiles/a.pb.gz', sha256: '../../secret' }, { path: '../a', sha256: 'ab'.repeat(32) }]) {
      writeFileSync(join(root, '000000000001', 'copy'), `${about}\n${JSON.stringify({ runs: [{ profile }] })}`)
      expect(await copies.found()).toEqual([])
    }
  })
})

describe('the stamp of a file', () => {
  it('is another one after any change of it, and none of what is not there', async () => {
    const path = join(root, 'a')
    expect(await stampOf(path)).toBeNull()
    writeFileSync(path, 'one')
    const first = await stampOf(path)
    expect(await stampOf(path)).toBe(first)
    writeFileSync(path, 'other')
    expect(await stampOf(path)).not.toBe(first)
  })
})
