import { open, realpath, rename, stat, unlink } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { removeLeftovers, temporaryName } from './leftovers'
import type { PlainError } from '../plain-error'
import { PlainErrorException } from '../plain-error'

/** Larger files would not fit into one buffer beside what is made of them. */
export const largestFile = 1 << 30

/** Why a file was not read or written, also by itself for those who say it in words of their own. */
export class FileFault extends PlainErrorException {
  constructor(plain: PlainError, readonly reason: string) {
    super(plain)
  }
}

/** What writing needs of the disk: the real one, or a failing one in tests. */
export interface Disk {
  open: typeof open
  rename: typeof rename
  unlink: typeof unlink
}
const realDisk: Disk = { open, rename, unlink }

/**
 * The one way in which Worldswitch replaces a file: whoever reads `path` sees the old bytes or all of the new ones,
 * also after a power cut. The bytes go into a temporary file beside it, are forced to the disk, take the old file's
 * name and mode, and the folder's new entry is forced to the disk too. (The library `atomically` 2.1.1 does not look
 * at how much a write() took, so a disk that fills up leaves a cut file in place of the good one, and it does not
 * sync the folder.) A link is followed: what it leads to is replaced. Throws a PlainErrorException.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array, disk = realDisk): Promise<void> {
  const target = await realpath(path).catch(() => path)
  let temporary: string | null = null
  try {
    const old = await stat(path).catch(() => null)
    // a rename would put a plain file in the place of a device or a pipe
    if (old && !old.isFile()) throw unwritten(path, old.isDirectory() ? 'it is a folder' : 'it is no ordinary file')
    const beside = join(dirname(target), temporaryName())
    const file = await disk.open(beside, 'wx', 0o666)
    temporary = beside
    try {
      await writeWhole(file, bytes)
      if (old) await likeTheOld(file, old)
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.rename(temporary, target)
    temporary = null
  } catch (thrown) {
    if (temporary !== null) await disk.unlink(temporary).catch(() => undefined)
    if (thrown instanceof PlainErrorException) throw thrown
    throw unwritten(path, reasonOf(thrown))
  }
  await syncFolder(path, dirname(target), disk)
  await removeLeftovers(dirname(target))
}

/** write() may take less than it was given (a full disk, a limit, a signal): what is left is offered again. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(bytes, written, bytes.byteLength - written, written)
    if (bytesWritten === 0) throw new Error('the disk takes no more bytes')
    written += bytesWritten
  }
}

/** Who may read the file stays as it was; who owns it as far as this user may say so. */
async function likeTheOld(file: FileHandle, old: { mode: number; uid: number; gid: number }): Promise<void> {
  const { uid, gid } = await file.stat()
  if (uid !== old.uid || gid !== old.gid) await file.chown(old.uid, old.gid).catch(() => undefined)
  await file.chmod(old.mode & 0o777).catch(() => undefined)
}

/** Not every system and file system lets a folder be opened or synced: there the rename alone has to do. */
const folderSyncUnknown = new Set(['EACCES', 'EPERM', 'EINVAL', 'EISDIR', 'EBADF', 'ENOTSUP', 'ENOSYS'])

async function syncFolder(path: string, folder: string, disk: Disk): Promise<void> {
  let handle: FileHandle | null = null
  try {
    handle = await disk.open(folder, 'r')
    await handle.sync()
  } catch (thrown) {
    if (folderSyncUnknown.has(codeOf(thrown))) return
    throw new PlainErrorException({
      what: `The file was written, but the disk did not confirm it: ${reasonOf(thrown)}.`, where: path,
      kept: 'The new file is in its place; a power cut now might bring the old one back.',
      todo: 'Save it elsewhere too.',
    })
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

/** The whole file, in a buffer that holds nothing else. Throws a PlainErrorException, also above `limit` bytes. */
export function readWholeFile(path: string, limit = largestFile): Promise<Uint8Array> {
  return withFile(path, async (file, size) => {
    if (size > limit) {
      throw unread(path, `it has ${megabytes(size)} MB, and ${megabytes(limit)} MB is the most that can be read for now`,
        'Open a shorter recording or a part of it.')
    }
    return await readUpTo(file, path, size, limit)
  })
}

/** The first bytes of a file, at most `length`, and how many it has. Throws a PlainErrorException. */
export function readBeginning(path: string, length: number): Promise<{ head: Uint8Array; size: number }> {
  return withFile(path, async (file, size) => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(Math.min(length, size)), 0, null, 0)
    return { head: buffer.subarray(0, bytesRead), size }
  })
}

async function withFile<T>(path: string, work: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  let file: FileHandle | null = null
  try {
    // looked at before it is opened: opening a pipe waits until somebody writes into it
    refuseUnordinary(path, await stat(path))
    file = await open(path, 'r')
    const found = await file.stat()
    refuseUnordinary(path, found)
    return await work(file, found.size)
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw thrown
    throw unread(path, reasonOf(thrown))
  } finally {
    await file?.close().catch(() => undefined)
  }
}

/** To the end as it is when it is reached: a file that is still being written is longer by then, or was cut. */
async function readUpTo(file: FileHandle, path: string, size: number, limit: number): Promise<Uint8Array> {
  let bytes = new Uint8Array(size)
  let filled = 0
  for (;;) {
    if (filled === bytes.length) {
      const more = await file.read(new Uint8Array(1), 0, 1, filled)
      if (more.bytesRead === 0) return bytes
      if (filled === limit) throw unread(path, 'it grows beyond what can be read', 'Wait until it has been written.')
      const grown = new Uint8Array(Math.min(limit, filled * 2 + 4096))
      grown.set(bytes)
      bytes = grown
    }
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled)
    if (bytesRead === 0) return bytes.slice(0, filled)
    filled += bytesRead
  }
}

/** Throws for what has no bytes of its own, or no end. */
export function refuseUnordinary(path: string, found: { isFile(): boolean; isDirectory(): boolean }): void {
  // a device or a pipe has no size that could be held against the limit
  if (!found.isFile()) throw unread(path, found.isDirectory() ? 'it is a folder' : 'it is no ordinary file')
}

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder', EACCES: 'permission denied', EPERM: 'the system does not permit it',
  EISDIR: 'it is a folder', ENOTDIR: 'a part of the path is not a folder', ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up', EROFS: 'the disk is read-only', EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long', EIO: 'the disk reports an error', EFBIG: 'the file would be too large',
}

function unread(path: string, reason: string, todo?: string): FileFault {
  return new FileFault({ what: `The file cannot be read: ${reason}.`, where: path, ...(todo ? { todo } : {}) }, reason)
}

function unwritten(path: string, reason: string): FileFault {
  return new FileFault({
    what: `The file could not be written: ${reason}.`, where: path,
    kept: 'What was there before is unchanged.', todo: 'Save it under another name or in another folder.',
  }, reason)
}

/** Of quotas libuv knows only the number (EDQUOT is none of its own errors). */
function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'errno' in thrown && thrown.errno === -constants.errno.EDQUOT) return 'EDQUOT'
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}

/** Why the system refused, in words. */
export function reasonOf(thrown: unknown): string {
  return reasons[codeOf(thrown)] ?? (thrown instanceof Error ? thrown.message : String(thrown))
}
