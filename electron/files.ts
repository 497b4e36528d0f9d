import { open, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import { writeFile } from 'atomically'
import type { PlainError } from '../engine/plain-error'
import { PlainErrorException } from '../engine/plain-error'
import type { OpenedFile } from '../engine/window-api'
import { maxFileBytes } from '../engine/window-api'

export const sessionExtension = '.wsprof'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not do that there',
  EPERM: 'the system does not permit it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is too long',
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return reasons[code] ?? (thrown instanceof Error ? thrown.message : String(thrown))
}

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)

/** The whole file, or a PlainErrorException in words. */
export async function readBytes(path: string, limit = maxFileBytes): Promise<Uint8Array> {
  const fail = (why: string, todo: string) => new PlainErrorException({
    what: `${basename(path)} could not be opened: ${why}.`, where: path, kept: 'What was open is unchanged.', todo,
  })
  try {
    const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }))
    if (!isFile) throw fail('it is not a file', 'Choose a session (.wsprof) or a profile.')
    if (size > limit) {
      throw fail(`it has ${megabytes(size)} MB, and ${megabytes(limit)} MB is the most that can be read for now`,
        'Open a shorter recording or a part of it.')
    }
    const handle = await open(path)
    try {
      // A buffer of its own: a view into a pool would be sent with the whole pool.
      const bytes = new Uint8Array(size)
      let filled = 0
      while (filled < size) {
        const { bytesRead } = await handle.read(bytes, filled, size - filled, filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return filled === size ? bytes : bytes.slice(0, filled)
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw thrown
    throw fail(reasonOf(thrown), 'Check the name and that it may be read.')
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  const size = 2 ** 20
  for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size)
}

/**
 * All or nothing: whoever reads the path sees the old bytes or the new ones, also after a power cut. The bytes go
 * as a stream, because atomically 2.1.1 writes an array by one write() and does not look at how much of it was
 * taken: on a disk that fills up, the cut file would replace the good one. A stream writes on or fails.
 */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  // The rename of an atomic write would put a plain file in the place of a device or a pipe.
  const target = await stat(path).catch(() => null)
  if (target && !target.isFile()) {
    throw new PlainErrorException(saveError(path, target.isDirectory() ? 'it is a folder' : 'it is not a plain file'))
  }
  try {
    await writeFile(path, Readable.from(pieces(bytes)), { fsync: true, fsyncWait: true, tmpPurge: true })
  } catch (thrown) {
    throw new PlainErrorException(saveError(path, reasonOf(thrown)))
  }
}

export function saveError(path: string, reason: string): PlainError {
  return {
    what: `${basename(path)} could not be saved: ${reason}.`,
    where: path,
    kept: 'The session is still open with everything in it, and the file on the disk is as it was before.',
    todo: 'Save it under another name or in another folder.',
  }
}

/** A session is a zip; one that lost its extension is still a session. Everything else is tried as a profile. */
export function kindOf(path: string, bytes: Uint8Array): OpenedFile['kind'] {
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04
  return zip || extname(path).toLowerCase() === sessionExtension ? 'session' : 'profile'
}
