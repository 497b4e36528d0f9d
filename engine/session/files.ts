import { open } from 'node:fs/promises'
import { writeFile } from 'atomically'
import { PlainErrorException } from '../plain-error'

/** Larger files would not fit into one buffer beside what is made of them. */
export const largestFile = 1 << 30

/** Writes the whole file or leaves the old one as it is: temporary file, sync, rename. */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch (thrown) {
    throw new PlainErrorException({
      what: `The file could not be written: ${reasonOf(thrown)}.`, where: path,
      kept: 'What was there before is unchanged.', todo: 'Save it elsewhere.',
    })
  }
}

export async function readWholeFile(path: string, limit = largestFile): Promise<Uint8Array> {
  let file
  try {
    file = await open(path, 'r')
    const stat = await file.stat()
    // a device or a pipe has no size that could be held against the limit
    if (!stat.isFile()) throw refused(path, stat.isDirectory() ? 'it is a folder' : 'it is no ordinary file')
    const { size } = stat
    if (size > limit) {
      throw new PlainErrorException({
        what: `The file has ${Math.round(size / 1e6)} MB; Worldswitch reads files up to ${Math.floor(limit / 1e6)} MB.`,
        where: path,
      })
    }
    const bytes = await file.readFile()
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw thrown
    throw refused(path, reasonOf(thrown))
  } finally {
    await file?.close()
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file or folder', EACCES: 'permission denied', EPERM: 'permission denied',
  EISDIR: 'it is a folder', ENOTDIR: 'a part of its path is no folder', ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only', EMFILE: 'too many files are open', ENAMETOOLONG: 'the name is too long',
}

function refused(path: string, reason: string): PlainErrorException {
  return new PlainErrorException({ what: `The file cannot be read: ${reason}.`, where: path })
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return reasons[code] ?? (code || String(thrown))
}
