import { stat } from 'node:fs/promises'

/**
 * What tells that a file is another one than before, whoever changed it: a rename over it gives another inode, writing
 * into it another time or size. Null: there is none. Two who save within the same moment are not told apart by any
 * means that works on every file system; the one that comes second asks, because the first one's file is another inode.
 */
export async function stampOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true })
    return [dev, ino, size, mtimeNs].join(':')
  } catch {
    return null
  }
}
