import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { has } from './run.mjs'
import { root } from './files.mjs'
import { SetupFault, say } from './plain.mjs'

// flock(1) is in every Debian. The kernel gives its lock back however the holder dies, so no lock is ever stale.
const BUSY = 75
const WAIT_SECONDS = 900

export const lockFile = (name) => join(root, '.cache', `${name}.lock`)

/**
 * Starts this script again under the lock, once; returns null inside the lock (go on) or the exit code of the
 * run that held it.
 */
export const underLock = (name, script, args) => {
  const mark = `WORLDSWITCH_LOCKED_${name.toUpperCase()}`
  if (process.env[mark] === root || !has('flock')) return null
  const file = lockFile(name)
  mkdirSync(dirname(file), { recursive: true })
  const attempt = (flags) =>
    spawnSync('flock', [...flags, '-E', String(BUSY), file, process.execPath, script, ...args], {
      stdio: 'inherit',
      env: { ...process.env, [mark]: root },
    })
  const first = attempt(['-n'])
  if (first.status !== BUSY) return first.status ?? 1
  say('Another set-up of this folder is running: waiting for it.')
  const second = attempt(['-w', String(WAIT_SECONDS)])
  if (second.status === BUSY) {
    throw new SetupFault(`Another set-up has held ${file} for ${WAIT_SECONDS / 60} minutes.`, 'see what it does, or end it, and try again')
  }
  return second.status ?? 1
}

/**
 * A long program that must not run twice at once, even when the set-up that started it was killed and left it
 * behind: flock itself becomes its parent and holds the lock until the program has ended.
 */
export const heldCommand = (name, limitSeconds, command, args) => {
  const file = lockFile(name)
  mkdirSync(dirname(file), { recursive: true })
  if (!has('flock')) return [command, args]
  return ['flock', ['-w', String(WAIT_SECONDS), file, 'timeout', String(limitSeconds), command, ...args]]
}
