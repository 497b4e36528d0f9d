import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A reader sees the old file or the new one, never a half: written beside it, then renamed. */
export const writeAtomically = (file, text, mode = 0o644) => {
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.partial`
  writeFileSync(beside, text, { mode })
  renameSync(beside, file)
}

export const hashText = (text) => createHash('sha256').update(text).digest('hex')

export const hashFile = async (file, algorithm, encoding) => {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest(encoding)
}

/** A killed process that nobody has waited for still has its pid: in a container without an init, for ever. */
const isZombie = (pid) => {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

export const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Pids are used again: what is older than any set-up can take belongs to nobody alive.
const ABANDONED = 24 * 3600 * 1000

/** Folders that a killed set-up left half-made carry the pid of their maker: `partial-<pid>-...`. */
export const partialFolder = (parent) => {
  mkdirSync(parent, { recursive: true })
  const folder = join(parent, `partial-${process.pid}-${Date.now()}`)
  mkdirSync(folder)
  return folder
}

export const sweepPartials = (parent) => {
  if (!existsSync(parent)) return 0
  const left = readdirSync(parent).filter((name) => {
    const pid = /^partial-(\d+)-/.exec(name)?.[1]
    if (pid === undefined) return false
    return !isAlive(Number(pid)) || Date.now() - statSync(join(parent, name)).mtimeMs > ABANDONED
  })
  for (const name of left) rmSync(join(parent, name), { recursive: true, force: true })
  return left.length
}
