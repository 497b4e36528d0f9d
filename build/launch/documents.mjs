// Files named on the command line when the window runs as another user. What that user cannot read or write is
// copied into their documents folder; a saved copy goes back to where it came from, so that "open, change, save"
// does what the caller expects.
import { chmodSync, chownSync, constants, copyFileSync, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, readFileSync, readlinkSync, realpathSync, closeSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { isAlive } from '../setup/files.mjs'

const freeName = (folder, name) => {
  const stem = basename(name, extname(name))
  let path = join(folder, name)
  for (let i = 2; existsSync(path); i += 1) path = join(folder, `${stem} ${i}${extname(name)}`)
  return path
}

/** A session is opened to be saved; any other file is only read. */
const needs = (path) => (extname(path) === '.wsprof' ? ['-r', '-w'] : ['-r'])

const reachable = (path, user, may) =>
  needs(path).every((test) => may(user, test, path)) &&
  // An atomic save writes beside the file and renames.
  (extname(path) !== '.wsprof' || may(user, '-w', dirname(path)))

export const handOver = (args, user, may, cwd = process.cwd()) => {
  const copies = []
  const handed = args.map((arg) => {
    if (arg.startsWith('-')) return arg
    const path = resolve(cwd, arg)
    // A missing file is the app's to report, in its own words.
    if (!existsSync(path) || !statSync(path).isFile() || reachable(path, user, may)) return path
    mkdirSync(user.documents, { recursive: true })
    const copy = freeName(user.documents, basename(path))
    copyFileSync(path, copy, constants.COPYFILE_EXCL)
    chownSync(copy, user.uid, user.gid)
    chmodSync(copy, 0o600)
    const { mode, uid, gid } = statSync(path)
    // What a link leads to is the original: written back over the link, the file itself would keep its old content.
    const entry = { original: realpathSync(path), copy, owner: { mode: mode & 0o777, uid, gid } }
    copies.push({ ...entry, mtimeMs: statSync(copy).mtimeMs, writeBack: extname(path) === '.wsprof' })
    return copy
  })
  return { handed, copies }
}

/** Opens without following a link: the user owns that folder, and root must not be led elsewhere by it. */
const readPlainFile = (path) => {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    return readFileSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Old content or new, also after a power cut; an original that was removed in the meantime comes back. */
const replaceFile = (path, bytes, { mode, uid, gid }) => {
  const beside = `${path}.${process.pid}.partial`
  try {
    writeFileSync(beside, bytes, { mode })
    chmodSync(beside, mode)
    chownSync(beside, uid, gid)
    const fd = openSync(beside, 'r+')
    try {
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Takes saved copies back to their originals, whole or not at all; returns what was written. */
export const takeBack = (copies) => {
  const written = []
  for (const entry of copies) {
    if (!entry.writeBack || !existsSync(entry.copy)) continue
    const { mtimeMs } = lstatSync(entry.copy)
    if (mtimeMs === entry.mtimeMs) continue
    replaceFile(entry.original, readPlainFile(entry.copy), entry.owner)
    entry.mtimeMs = mtimeMs
    written.push(entry.original)
  }
  return written
}

/** At the end: a copy whose content has come back, or never changed, is not left lying about. */
export const removeCopies = (copies) => {
  for (const { copy, mtimeMs } of copies) {
    if (existsSync(copy) && lstatSync(copy).mtimeMs === mtimeMs) rmSync(copy)
  }
}

/**
 * The process of the window that this user has open already, or null. Chromium keeps its number in a link of its data
 * folder, `host-number`. A second start hands its files to that window and ends at once.
 */
export const openWindow = (dataFolder) => {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(dataFolder, 'SingletonLock')))?.[1])
    return pid > 0 && isAlive(pid) ? pid : null
  } catch {
    return null
  }
}
