import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../electron-runtime.mjs'
import { FALLBACK_TYPINGS } from '../runtime/pins.mjs'
import { packTarball, verifyTarball } from '../runtime/fallback.mjs'
import { hashText, partialFolder, root, writeAtomically } from '../setup/files.mjs'
import { SetupFault } from '../setup/plain.mjs'
import { run } from '../setup/run.mjs'

const fetchTypings = async (place) => {
  const cache = cacheFolder()
  const work = partialFolder(cache)
  try {
    const tarball = await packTarball(FALLBACK_TYPINGS.package, FALLBACK_TYPINGS.tarballName, work)
    await verifyTarball(tarball, FALLBACK_TYPINGS.integrity)
    const { code, output } = await run('tar', ['-xzf', tarball, '-C', work, FALLBACK_TYPINGS.file])
    if (code !== 0) throw new SetupFault(`tar could not unpack the typings:\n${output}`, 'check the free disk space')
    writeAtomically(place, readFileSync(join(work, FALLBACK_TYPINGS.file), 'utf8'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Writes a tsconfig under which `electron` means the older runtime that runs here, and gives its path: the declared
 * Electron's typings would let newer calls through.
 */
export const olderTypingsConfig = async () => {
  const cached = join(cacheFolder(), `electron-33.2.1-${hashText(FALLBACK_TYPINGS.integrity).slice(0, 12)}.d.ts`)
  if (!existsSync(cached)) await fetchTypings(cached)
  const folder = join(root, '.cache', 'typings')
  mkdirSync(folder, { recursive: true })
  copyFileSync(cached, join(folder, 'electron.d.ts'))
  const config = join(folder, 'tsconfig.json')
  const text = {
    extends: '../../tsconfig.json',
    compilerOptions: { paths: { electron: ['./electron.d.ts'] } },
    include: ['../../engine', '../../electron'],
  }
  writeAtomically(config, `${JSON.stringify(text, null, 2)}\n`)
  return config
}
