import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../../build/setup/libraries.mjs'
import { has } from '../../../build/setup/run.mjs'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import { FileFault, writeFileAtomically } from '../../../engine/session/files'
import { someSession } from '../../fixtures/session'
import { folded } from '../../unit/profile/build'
import { figure } from '../report'

/** Mounting takes root; without it nothing here says anything. */
const isRoot = process.getuid?.() === 0
const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' })

interface Kind {
  name: string
  reason: string
  /** Debian's package of its tools, and one of them. */
  needs: [string, string]
  megabytes: number
  /** Bytes that files may have together. */
  room: number
  /** Makes the file system in an image, mounts it, and gives the folder to write into. */
  mount(image: string, at: string): string
}

/** Both put off finding room until fsync() or later: a write() alone succeeds there and nothing is on the disk. */
const kinds: readonly Kind[] = [
  {
    name: 'ext4 of 4 MB', reason: 'the disk is full', needs: ['e2fsprogs', 'mkfs.ext4'], megabytes: 4, room: 2_700_000,
    mount(image, at) {
      run('mkfs.ext4', '-q', '-F', '-m', '0', image)
      run('mount', '-o', 'loop', image, at)
      return at
    },
  },
  {
    name: 'btrfs with a quota of 1 MB', reason: 'the disk quota is used up', needs: ['btrfs-progs', 'mkfs.btrfs'], megabytes: 128, room: 1_048_576,
    mount(image, at) {
      run('mkfs.btrfs', '-q', '-f', image)
      run('mount', '-o', 'loop', image, at)
      run('btrfs', 'quota', 'enable', at)
      const folder = join(at, 'small')
      run('btrfs', 'subvolume', 'create', folder)
      run('btrfs', 'qgroup', 'limit', '1M', folder)
      return folder
    },
  },
]

const first = encodeSession({ ...someSession(folded('a;b 1')), notes: 'the first' })
/** Random notes are not made smaller: the file is as large as they are. */
const noise = (bytes: number) => Array.from({ length: bytes }, (_, i) => String.fromCharCode(33 + ((i * 7919 + ((i * i) % 8191)) % 90))).join('')

describe.skipIf(!isRoot)('saving on a small disk in a file', () => {
  it.each(kinds)('$name keeps the old session byte for byte at every amount of room that is too small', async ({ name, reason, needs, megabytes, room, mount }) => {
    if (!has(needs[1])) await ensureDebianPackages([needs[0]], 'A small disk is made and filled up.')
    const place = mkdtempSync(join(tmpdir(), 'worldswitch-loop-'))
    const [image, at] = [join(place, 'image'), join(place, 'disk')]
    mkdirSync(at)
    writeFileSync(image, '')
    truncateSync(image, megabytes << 20)
    try {
      const disk = mount(image, at)
      const path = join(disk, 'a.wsprof')
      const large = encodeSession({ ...someSession(folded('a;b 1')), notes: noise(300_000) })
      await writeFileAtomically(path, first)
      let [refused, lost] = [0, 0]
      const reasons = new Set<string>()
      for (let left = 0; left < large.length; left += 4096) {
        const ballast = join(disk, 'ballast')
        rmSync(ballast, { force: true })
        run('sync', '-f', disk)
        try {
          writeFileSync(ballast, new Uint8Array(room - left), { flush: true })
        } catch {
          // no room for that much: it is as full as it gets
        }
        await writeFileAtomically(path, large).then(() => { writeFileSync(path, first) }, (thrown: unknown) => {
          refused++
          reasons.add(thrown instanceof FileFault ? thrown.reason : String(thrown))
        })
        if (!readFileSync(path).equals(first)) lost++
        expect(readdirSync(disk).filter((entry) => entry.startsWith('.'))).toEqual([])
      }
      rmSync(join(disk, 'ballast'), { force: true })
      run('sync', '-f', disk)
      await writeFileAtomically(path, large)
      expect(decodeSession(path, readFileSync(path)).warnings).toEqual([])
      const subject = 'Small disks in a file, as root'
      figure(subject, `${name}: saves refused because ${[...reasons].join(' or ')}, each with another amount of room`, String(refused), '> 20')
      figure(subject, `${name}: old sessions lost or changed by them`, String(lost), '0')
      expect(lost).toBe(0)
      expect(refused).toBeGreaterThan(20)
      expect([...reasons]).toEqual([reason])
    } finally {
      try {
        run('umount', at)
      } catch {
        // it was never mounted
      }
      rmSync(place, { recursive: true, force: true })
    }
  })
})
