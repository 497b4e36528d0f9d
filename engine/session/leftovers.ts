import { createHash, randomBytes } from 'node:crypto'
import { lstat, readdir, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** A folder may be on the network: who wrote a file there is known only to the machine that did. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
const temporary = /^\.worldswitch-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}\.tmp$/

/** Of a file that is being written: short, as the file's own name may be as long as names can be, and two may write at once. */
export function temporaryName(pid = process.pid): string {
  return `.worldswitch-${machine}-${pid}-${randomBytes(6).toString('hex')}.tmp`
}

/** Nobody writes one file that long; and whoever has got the number of a dead process since keeps its file for now. */
const oldMilliseconds = 10 * 60_000

/**
 * Removes what writers that were killed have left in a folder: only files that are called and made as ours are, by this
 * user on this machine, by a process that is gone, and not touched for ten minutes. A folder that cannot be looked
 * through is no reason to fail: the file that matters is written.
 */
export async function removeLeftovers(folder: string, now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const [, where, pid] = temporary.exec(name) ?? []
    if (where === machine && !isRunning(Number(pid))) await removeOld(join(folder, name), now).catch(() => undefined)
  }
}

async function removeOld(path: string, now: number): Promise<void> {
  const found = await lstat(path)
  const ours = found.isFile() && found.uid === (process.getuid?.() ?? found.uid)
  if (ours && now - found.mtimeMs > oldMilliseconds) await unlink(path)
}

/** EPERM: it runs, as somebody else. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')
  }
}
