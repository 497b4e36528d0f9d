import { has, isRoot, run, tail } from './run.mjs'
import { SetupFault, say } from './plain.mjs'

// Shared libraries that Electron's binary links, and the Debian 12 package of each (dpkg -S on a full desktop).
export const DEBIAN_PACKAGE = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgcc_s.so.1': 'libgcc-s1',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libuuid.so.1': 'libuuid1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libxkbcommon-x11.so.0': 'libxkbcommon-x11-0',
}

export const missingLibraries = (lddOutput) => {
  const names = [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1])
  return [...new Set(names)]
}

export const packagesFor = (libraries) => {
  const known = libraries.filter((name) => name in DEBIAN_PACKAGE)
  return {
    packages: [...new Set(known.map((name) => DEBIAN_PACKAGE[name]))].sort(),
    unknown: libraries.filter((name) => !(name in DEBIAN_PACKAGE)),
  }
}

export const aptLine = (packages) => `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`

/** As root installs; as anybody else stops with the one line that an administrator has to run. */
export const ensureDebianPackages = async (packages, reason, asRoot = isRoot()) => {
  if (!has('apt-get')) {
    throw new SetupFault(`${reason} This system has no apt-get.`, `install the packages that hold: ${packages.join(', ')}`)
  }
  if (!asRoot) {
    throw new SetupFault(reason, `run this line once, then start again:\n\n  sudo sh -c '${aptLine(packages)}'\n`)
  }
  say(`  ${reason} Installing from Debian: ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update', '-q'], { env })
  if (update.code !== 0) say('  apt-get update failed; trying with the lists that are here')
  // Another apt may hold dpkg's lock for a moment: wait for it rather than fail.
  const args = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '-q', '--no-install-recommends', ...packages]
  const { code, output } = await run('apt-get', args, { env })
  if (code !== 0) {
    throw new SetupFault(`apt-get install failed (exit ${code}). It said:\n${tail(output)}`, `run by hand: ${aptLine(packages)}`)
  }
}

export const ensureLibraries = async (binary) => {
  if (process.platform !== 'linux') return { note: 'not needed here' }
  const before = missingLibraries((await run('ldd', [binary])).output)
  if (before.length === 0) return { note: 'all there' }
  const { packages, unknown } = packagesFor(before)
  if (unknown.length > 0) {
    throw new SetupFault(
      `Electron needs ${unknown.join(', ')}, and no Debian package is known for it.`,
      'find the package with apt-file or your system\'s search, install it, then start again',
    )
  }
  await ensureDebianPackages(packages, `Electron needs ${before.join(', ')}.`)
  const after = missingLibraries((await run('ldd', [binary])).output)
  if (after.length > 0) {
    throw new SetupFault(`After installing ${packages.join(' ')}, still missing: ${after.join(', ')}.`, 'install them by hand')
  }
  return { note: `installed ${packages.join(' ')}` }
}
