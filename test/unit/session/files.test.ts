import { execFileSync } from 'node:child_process'
import {
  appendFileSync, chmodSync, lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs'
import { open, rename, unlink } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FileFault, readWholeFile, writeFileAtomically } from '../../../engine/session/files'
import type { Disk } from '../../../engine/session/files'

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fault(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** As Node gives it: the number, and no name. */
const overQuota = (): Error => Object.assign(fault('Unknown system error -122'), { errno: -constants.errno.EDQUOT })

/** The real disk with a log of what is done to it, where a step can be made to fail or to do less. */
function watched(change: { write?: (file: FileHandle) => void; failing?: string; code?: string } = {}) {
  const log: string[] = []
  const step = (name: string) => {
    log.push(name)
    if (name === change.failing) throw change.code === 'EDQUOT' ? overQuota() : fault(change.code ?? 'EIO')
  }
  const disk: Disk = {
    open: (async (path: string, flags: string, mode?: number) => {
      const kind = flags === 'r' ? 'folder' : 'file'
      step(`open ${kind}`)
      const file = await open(path, flags, mode)
      const { sync } = file
      file.sync = async () => {
        step(`sync ${kind}`)
        await sync.call(file)
      }
      if (kind === 'file') change.write?.(file)
      return file
    }) as Disk['open'],
    rename: async (from, to) => {
      step('rename')
      await rename(from, to)
    },
    unlink: async (path) => {
      step('unlink')
      await unlink(path)
    },
  }
  return { disk, log }
}

/** write() takes at most `most` bytes a call, and fails with ENOSPC once `room` are used up. */
function narrow(most: number, room = Infinity): (file: FileHandle) => void {
  return (file) => {
    const write = file.write.bind(file) as (b: Uint8Array, o: number, l: number, p: number) => Promise<{ bytesWritten: number }>
    let left = room
    file.write = (async (bytes: Uint8Array, from: number, length: number, position: number) => {
      if (left === 0) throw fault('ENOSPC')
      const result = await write(bytes, from, Math.min(length, most, left), position)
      left -= result.bytesWritten
      return result
    }) as unknown as FileHandle['write']
  }
}

describe('files are written', () => {
  it('whole, with nothing left beside them', async () => {
    const path = join(folder, 'a.wsprof')
    await writeFileAtomically(path, new Uint8Array([1, 2, 3]))
    await writeFileAtomically(path, new Uint8Array([9, 4, 5, 9]).subarray(1, 3))
    expect([...readFileSync(path)]).toEqual([4, 5])
    expect(readdirSync(folder)).toEqual(['a.wsprof'])
    expect([...await readWholeFile(path)]).toEqual([4, 5])
    await writeFileAtomically(path, new Uint8Array(0))
    expect(await readWholeFile(path)).toHaveLength(0)
  })
  it('to the disk before they take the name, and the name after that', async () => {
    const { disk, log } = watched()
    await writeFileAtomically(join(folder, 'order'), new Uint8Array(3), disk)
    expect(log).toEqual(['open file', 'sync file', 'rename', 'open folder', 'sync folder'])
  })
  it('to the end where write() takes less than it was given', async () => {
    const path = join(folder, 'short')
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251)
    await writeFileAtomically(path, bytes, watched({ write: narrow(7) }).disk)
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
  })
  it('under the longest name that a name can have', async () => {
    const path = join(folder, 'n'.repeat(255))
    await writeFileAtomically(path, Uint8Array.of(1))
    expect(statSync(path).size).toBe(1)
  })
  it('with the mode of the old file, through a link to it', async () => {
    const path = join(folder, 'private')
    writeFileSync(path, 'old')
    chmodSync(path, 0o640)
    symlinkSync('private', join(folder, 'link'))
    await writeFileAtomically(join(folder, 'link'), Uint8Array.of(1))
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(statSync(path).size).toBe(1)
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
  })
})

describe('a write that fails', () => {
  it.each([
    ['the disk is full', watched({ write: narrow(40, 100) })],
    ['the disk reports an error', watched({ failing: 'sync file' })],
    ['the disk quota is used up', watched({ failing: 'sync file', code: 'EDQUOT' })],
    ['permission denied', watched({ failing: 'rename', code: 'EACCES' })],
    ['permission denied', watched({ failing: 'open file', code: 'EACCES' })],
  ])('(%s) leaves the old file and nothing beside it', async (reason, { disk }) => {
    const path = join(folder, 'kept')
    writeFileSync(path, 'old')
    const names = readdirSync(folder)
    const thrown: unknown = await writeFileAtomically(path, new Uint8Array(1000), disk).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(FileFault)
    expect((thrown as FileFault).plain).toMatchObject({
      what: `The file could not be written: ${reason}.`, where: path, kept: 'What was there before is unchanged.',
    })
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(names)
  })
  it('after the rename does not say that the old file is there', async () => {
    const path = join(folder, 'renamed')
    writeFileSync(path, 'old')
    const written = writeFileAtomically(path, Uint8Array.of(7), watched({ failing: 'sync folder' }).disk)
    await expect(written).rejects.toMatchObject({ plain: { what: expect.stringContaining('did not confirm') as string } })
    expect([...readFileSync(path)]).toEqual([7])
  })
  it('is none where folders cannot be synced at all', async () => {
    const path = join(folder, 'unsynced')
    await writeFileAtomically(path, Uint8Array.of(7), watched({ failing: 'sync folder', code: 'EINVAL' }).disk)
    expect([...readFileSync(path)]).toEqual([7])
  })
  it('names the file and the reason', async () => {
    const below = join(folder, 'a.wsprof', 'b')
    await expect(writeFileAtomically(below, new Uint8Array(1))).rejects.toMatchObject({
      plain: { what: 'The file could not be written: a part of the path is not a folder.', where: below },
    })
    await expect(writeFileAtomically(folder, new Uint8Array(1))).rejects.toThrow('it is a folder')
  })
})

describe('reading', () => {
  it('names what cannot be read, with the reason', async () => {
    await expect(readWholeFile(join(folder, 'none'))).rejects.toMatchObject({
      plain: { what: 'The file cannot be read: there is no such file or folder.', where: join(folder, 'none') },
    })
    await expect(readWholeFile(folder)).rejects.toThrow('it is a folder')
    await expect(readWholeFile('/dev/zero')).rejects.toThrow('no ordinary file')
  })
  it('does not wait for a pipe that nobody writes into', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(readWholeFile(pipe)).rejects.toThrow('no ordinary file')
  })
  it('goes up to a limit', async () => {
    const path = join(folder, 'large')
    writeFileSync(path, new Uint8Array(2 ** 21))
    expect(await readWholeFile(path, 2 ** 21)).toHaveLength(2 ** 21)
    appendFileSync(path, 'x')
    await expect(readWholeFile(path, 2 ** 21)).rejects.toThrow('it has 2 MB, and 2 MB is the most')
  })
  it('takes a file as long as it is when its end is reached, not as it was measured', async () => {
    // the kernel says that these have 0 bytes
    const text = new TextDecoder().decode(await readWholeFile('/proc/self/status'))
    expect(text).toContain('VmPeak')
  })
})
