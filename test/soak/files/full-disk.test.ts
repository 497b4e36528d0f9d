import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecoveryCopies } from '../../../electron/recovery'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import { FileFault, writeFileAtomically } from '../../../engine/session/files'
import { someSession } from '../../fixtures/session'
import { unprivileged } from '../../support/unprivileged'
import { folded } from '../../unit/profile/build'
import { figure } from '../report'

/** Mounting takes root; without it nothing here says anything. */
const isRoot = process.getuid?.() === 0
const subject = 'A disk that fills up (tmpfs of 1 MB, as root)'
const reasonOf = (thrown: unknown) => (thrown instanceof FileFault ? thrown.reason : `another error: ${String(thrown)}`)

const first = encodeSession({ ...someSession(folded('a;b 1')), notes: 'the first' })
/** Random notes are not made smaller: the file is as large as they are. */
const noise = (bytes: number, seed: number) => Array.from({ length: bytes }, (_, i) => String.fromCharCode(33 + ((i * 7919 + seed * 104729 + ((i * i) % 8191)) % 90))).join('')

describe.skipIf(!isRoot)('saving on a disk that fills up', () => {
  let disk: string
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'worldswitch-small-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=0777', 'worldswitch-test', disk])
  })
  afterEach(() => {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  })

  it('keeps the old session byte for byte, at every amount of room that is too small', async () => {
    const path = join(disk, 'a.wsprof')
    await writeFileAtomically(path, first)
    const large = encodeSession({ ...someSession(folded('a;b 1')), notes: noise(400_000, 1) })
    const ballast = join(disk, 'ballast')
    writeFileSync(ballast, '')
    const free = () => statfsSync(disk).bavail * statfsSync(disk).bsize
    const whole = free()
    let [refused, lost] = [0, 0]
    const reasons = new Set<string>()
    // a page less room each time, down to none at all
    for (let room = 0; room < Math.min(whole, large.length); room += 4096) {
      truncateSync(ballast, 0)
      writeFileSync(ballast, new Uint8Array(Math.max(0, whole - room)))
      await writeFileAtomically(path, large).catch((thrown: unknown) => {
        refused++
        reasons.add(reasonOf(thrown))
      })
      if (!readFileSync(path).equals(first)) lost++
      expect(readdirSync(disk).sort()).toEqual(['a.wsprof', 'ballast'])
    }
    rmSync(ballast)
    await writeFileAtomically(path, large)
    expect(decodeSession(path, readFileSync(path)).warnings).toEqual([])
    figure(subject, 'saves refused for want of room, each with another amount of it', String(refused), '> 50')
    figure(subject, 'old sessions lost or changed by them', String(lost), '0')
    expect(lost).toBe(0)
    expect(refused).toBeGreaterThan(50)
    expect([...reasons]).toEqual(['the disk is full'])
  })

  it('keeps the recovery copy before the one that no longer fits', async () => {
    const copies = new RecoveryCopies(join(disk, 'recovery'))
    const of = () => ({ name: 'a', path: null, stamp: null })
    await copies.keep(of, '{"notes":"small","runs":[]}', [])
    await expect(copies.keep(of, `{"notes":"${noise(2_000_000, 2).replace(/["\\]/g, '')}","runs":[]}`, [])).rejects.toThrow('the disk is full')
    await expect(copies.keepProfile('ab'.repeat(32), new Uint8Array(2_000_000))).rejects.toThrow('the disk is full')
    const [found] = await new RecoveryCopies(join(disk, 'recovery')).found()
    expect(found).toMatchObject({ name: 'a' })
    expect(await copies.keep(of, '{"notes":"again","runs":[]}', [])).toMatchObject({ kept: true })
  })

  it('says that a disk is read-only', async () => {
    const path = join(disk, 'a.wsprof')
    await writeFileAtomically(path, first)
    execFileSync('mount', ['-o', 'remount,ro', disk])
    expect(await writeFileAtomically(path, first.slice(1)).catch(reasonOf)).toBe('the disk is read-only')
    expect(readFileSync(path).equals(first)).toBe(true)
    execFileSync('mount', ['-o', 'remount,rw', disk])
  })

  it('says that permission is denied, as another user', async () => {
    const path = join(disk, 'a.wsprof')
    await writeFileAtomically(path, first)
    chmodSync(disk, 0o555)
    const reason = await unprivileged(() => writeFileAtomically(path, first.slice(1)).catch(reasonOf))
    expect(reason).toBe('permission denied')
    expect(readFileSync(path).equals(first)).toBe(true)
  })
})
