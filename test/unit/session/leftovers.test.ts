import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeFileAtomically } from '../../../engine/session/files'
import { temporaryName } from '../../../engine/session/leftovers'

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-leftovers-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The number of a process that has ended. */
const dead = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim()

function left(name: string, minutes: number): string {
  const path = join(folder, name)
  writeFileSync(path, 'half a session')
  const then = Date.now() / 1000 - minutes * 60
  utimesSync(path, then, then)
  return name
}

it('a save removes what a killed writer left in the folder, and nothing else', async () => {
  const [old, young] = [temporaryName(Number(dead)), temporaryName(Number(dead))]
  left(old, 30)
  const kept = [
    left(young, 1), left(temporaryName(process.pid), 30), left('.worldswitch-notes.tmp', 30),
    // of another machine, and of an earlier version, which says nothing of its writer
    left(`.worldswitch-${old.includes('-0000') ? '11111111' : '00000000'}-${dead}-0123456789ab.tmp`, 30), left('.worldswitch-0123456789ab.tmp', 30),
  ]
  const folderOfThatName = temporaryName(Number(dead))
  mkdirSync(join(folder, folderOfThatName))
  utimesSync(join(folder, folderOfThatName), 0, 0)
  await writeFileAtomically(join(folder, 'a.wsprof'), Uint8Array.of(1))
  expect(readdirSync(folder).sort()).toEqual([...kept, folderOfThatName, 'a.wsprof'].sort())
})
