// As root, Chromium's sandbox can only stay on when the window runs as somebody else. This file prepares that
// somebody's place: a runtime with a root-owned set-user-id chrome-sandbox, the app, a home, a documents folder.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { hashText, partialFolder, root, sweepPartials, writeAtomically } from '../setup/files.mjs'
import { has, run } from '../setup/run.mjs'

// Debian's place for what a program keeps for itself; readable by all, unlike a private home.
export const STAGE = '/var/lib/worldswitch-dev'
// Debian's fixed ids for nobody and nogroup.
const NOBODY = { name: 'nobody', uid: 65534, gid: 65534 }

/** Whoever called sudo owns the display and expects files in their own home; otherwise nobody, with a home of its own. */
export const chooseUser = (env, lookUp = passwdEntry) => {
  const uid = Number(env.SUDO_UID ?? 0)
  const entry = Number.isInteger(uid) && uid > 0 ? lookUp(uid) : null
  if (entry) return { ...entry, own: true, documents: null }
  return { ...NOBODY, home: join(STAGE, 'home'), own: false, documents: join(STAGE, 'documents') }
}

const passwdEntry = (uid) => {
  const line = spawnSync('getent', ['passwd', String(uid)], { encoding: 'utf8' }).stdout?.trim()
  if (!line) return null
  const [name, , id, gid, , home] = line.split(':')
  return { name, uid: Number(id), gid: Number(gid), home }
}

const ownedFolder = (path, user, mode) => {
  mkdirSync(path, { recursive: true })
  chownSync(path, user.uid, user.gid)
  chmodSync(path, mode)
  return path
}

/** Hard links where the file system allows them: 260 MB need not be copied. */
const copyLinked = (from, to) => {
  const linked = spawnSync('cp', ['-al', from, to], { stdio: 'ignore' })
  if (linked.status !== 0) {
    rmSync(to, { recursive: true, force: true })
    cpSync(from, to, { recursive: true, dereference: true })
  }
  spawnSync('chmod', ['-R', 'a+rX', to])
}

const stageRuntime = (runtime) => {
  const binary = statSync(join(runtime.dist, 'electron'))
  const loader = join(runtime.dist, 'resources', 'app', 'main.cjs')
  const identity = [runtime.dist, binary.size, binary.mtimeMs, existsSync(loader) ? readFileSync(loader, 'utf8') : ''].join('\n')
  const place = join(STAGE, `electron-${runtime.version}-${hashText(identity).slice(0, 12)}`)
  if (existsSync(place)) return place
  const work = partialFolder(STAGE)
  chmodSync(work, 0o755)
  const dist = join(work, 'dist')
  copyLinked(runtime.dist, dist)
  // A file of its own: the owner and the set-user-id bit must not reach the cache through the hard link.
  const helper = join(dist, 'chrome-sandbox')
  rmSync(helper)
  copyFileSync(join(runtime.dist, 'chrome-sandbox'), helper)
  chownSync(helper, 0, 0)
  chmodSync(helper, 0o4755)
  moveOrKeep(dist, place)
  rmSync(work, { recursive: true, force: true })
  removeOlder(`electron-${runtime.version}-`, place)
  return place
}

const moveOrKeep = (from, place) => {
  try {
    renameSync(from, place)
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  }
}

/** Keeps what is younger than a day: a window that is still open may read from it. */
const removeOlder = (prefix, keep) => {
  const limit = Date.now() - 24 * 3600 * 1000
  for (const name of readdirSync(STAGE)) {
    const path = join(STAGE, name)
    if (name.startsWith(prefix) && path !== keep && statSync(path).ctimeMs < limit) rmSync(path, { recursive: true, force: true })
  }
}

/** The app is copied too: a checkout under a private home cannot be read by another user. */
const stageApp = () => {
  const stamps = join(root, 'out', '.stamps')
  const marks = existsSync(stamps) ? readdirSync(stamps).sort().map((name) => readFileSync(join(stamps, name), 'utf8')) : []
  const identity = hashText([root, readFileSync(join(root, 'package.json'), 'utf8'), ...marks].join('\n')).slice(0, 12)
  const place = join(STAGE, `app-${identity}`)
  if (existsSync(place)) return place
  const work = partialFolder(STAGE)
  const app = join(work, 'app')
  mkdirSync(join(app, 'out'), { recursive: true })
  copyFileSync(join(root, 'package.json'), join(app, 'package.json'))
  for (const name of ['electron', 'renderer', 'samples']) {
    if (existsSync(join(root, 'out', name))) cpSync(join(root, 'out', name), join(app, 'out', name), { recursive: true })
  }
  spawnSync('chmod', ['-R', 'a+rX', app])
  moveOrKeep(app, place)
  rmSync(work, { recursive: true, force: true })
  removeOlder('app-', place)
  return place
}

/**
 * A folder that holds a program named electron which becomes the user and then Electron. ELECTRON_OVERRIDE_DIST_PATH
 * may name it, so Playwright drives the sandboxed window like any other.
 */
const stageWrapper = (dist, user) => {
  const folder = join(STAGE, 'run-as', `${user.name}-${basename(dist)}`)
  const loader = join(root, 'node_modules', 'playwright-core', 'lib', 'server', 'electron', 'loader.js')
  const stagedLoader = join(folder, 'playwright-loader.js')
  if (existsSync(loader)) writeAtomically(stagedLoader, readFileSync(loader, 'utf8'))
  const groups = user.own ? '--init-groups' : '--clear-groups'
  const lines = [
    '#!/bin/sh',
    '# Playwright asks for -r and a file of this checkout, which the user may be unable to read: its copy is here.',
    `if [ "$1" = -r ] && [ -f '${stagedLoader}' ]; then shift 2; set -- -r '${stagedLoader}' "$@"; fi`,
    `exec setpriv --reuid=${user.uid} --regid=${user.gid} ${groups} '${join(dist, 'electron')}' "$@"`,
  ]
  writeAtomically(join(folder, 'electron'), `${lines.join('\n')}\n`, 0o755)
  chmodSync(join(folder, 'electron'), 0o755)
  return folder
}

const stageHome = (user, env) => {
  if (user.own) {
    const session = `/run/user/${user.uid}`
    return { HOME: user.home, USER: user.name, LOGNAME: user.name, ...(existsSync(session) ? { XDG_RUNTIME_DIR: session } : {}) }
  }
  ownedFolder(user.home, user, 0o700)
  const config = ownedFolder(join(user.home, '.config'), user, 0o700)
  // Root reads it all the same; other users have no business in it.
  ownedFolder(user.documents, user, 0o700)
  const userDirs = join(config, 'user-dirs.dirs')
  // Where Chromium's file dialogs and Electron's "documents" look for the folder to begin in.
  writeFileSync(userDirs, `XDG_DOCUMENTS_DIR="${user.documents}"\n`)
  chmodSync(userDirs, 0o644)
  return {
    HOME: user.home,
    USER: user.name,
    LOGNAME: user.name,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: ownedFolder(join(user.home, '.cache'), user, 0o700),
    XDG_DATA_HOME: ownedFolder(join(user.home, '.local'), user, 0o700),
    XDG_RUNTIME_DIR: ownedFolder(join(STAGE, 'session'), user, 0o700),
    ...(env.DBUS_SESSION_BUS_ADDRESS ? {} : { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }),
  }
}

/** The key to the display is private to root: the user gets a copy that only the user can read. */
const stageDisplayKey = (user, env) => {
  const key = env.XAUTHORITY || join(homedir(), '.Xauthority')
  if (!existsSync(key)) return {}
  const copy = join(ownedFolder(join(STAGE, `display-${user.uid}`), user, 0o700), 'Xauthority')
  writeFileSync(copy, readFileSync(key), { mode: 0o600 })
  chownSync(copy, user.uid, user.gid)
  return { XAUTHORITY: copy }
}

const reachesDisplay = async (wrapper, env) => {
  const script = join(STAGE, 'display-probe.cjs')
  writeAtomically(script, readFileSync(join(root, 'build', 'launch', 'display-probe.cjs'), 'utf8'))
  const { code, output } = await run(join(wrapper, 'electron'), [script], {
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    cwd: '/',
    timeout: 15_000,
  })
  return code === 0 ? null : output.trim() || `exit ${code}`
}

/** The whole preparation; returns the launch or the plain reason why it cannot be done. */
export const prepareUnprivileged = async (runtime, env = process.env) => {
  if (!has('setpriv')) return { reason: 'setpriv (util-linux) is missing' }
  if (!env.DISPLAY) return { reason: 'only X displays can be handed to another user, and DISPLAY is not set' }
  const user = chooseUser(env)
  try {
    mkdirSync(STAGE, { recursive: true, mode: 0o755 })
    chmodSync(STAGE, 0o755)
    sweepPartials(STAGE)
    const wrapper = stageWrapper(stageRuntime(runtime), user)
    const app = stageApp()
    const own = { ...stageHome(user, env), ...stageDisplayKey(user, env) }
    let refusal = await reachesDisplay(wrapper, { ...env, ...own })
    if (refusal && has('xhost') && spawnSync('xhost', [`+SI:localuser:${user.name}`], { env, stdio: 'ignore' }).status === 0) {
      refusal = await reachesDisplay(wrapper, { ...env, ...own })
    }
    if (refusal) return { reason: `user ${user.name} cannot reach the display: ${refusal}` }
    return { dist: wrapper, app, env: own, user }
  } catch (error) {
    return { reason: `${STAGE} could not be prepared: ${error.message}` }
  }
}

/** Whether the user may do this (`-r`, `-w`) with that file, asked of the system and not guessed from modes. */
export const userMay = (user, test, path) =>
  spawnSync('setpriv', [`--reuid=${user.uid}`, `--regid=${user.gid}`, user.own ? '--init-groups' : '--clear-groups', 'test', test, path])
    .status === 0

