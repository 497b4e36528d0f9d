// `node build/checks/dependencies.mjs [--write] [--advisories]`: what this repository takes from others, by its lock files.
// Works without a network. --write lists it in docs/licences.md; --advisories also asks the registry for known faults,
// and says so when it cannot be reached.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readJson, root } from '../setup/files.mjs'

/** Anybody may use, change and ship what is under these, with its notice (build/package/notices.mjs collects those). */
const allowed = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'BSL-1.0', 'Zlib', 'CC0-1.0'])

/** Under terms of another kind, and only tools: no byte of them is in a bundle. */
const toolsOnly = {
  'MPL-2.0': /^(axe-core|(lightningcss|@resvg\/resvg-js)(-[a-z0-9-]+)?)$/,
  'CC-BY-4.0': /^caniuse-lite$/,
  'CC-BY-3.0': /^spdx-exceptions$/,
  'Python-2.0': /^argparse$/,
  'WTFPL': /^truncate-utf8-bytes$/,
}

/**
 * The only packages that may run a program when they are installed: esbuild checks that its binary is the right one; of the
 * packaging tools, electron-winstaller copies its 7-Zip, and libxmljs2 builds or fetches a checker of XML that is not used.
 */
const mayInstall = new Set(['esbuild', 'electron-winstaller', 'libxmljs2'])

export const lockFiles = ['package-lock.json', join('build', 'package', 'tools', 'package-lock.json')]
export const licenceList = join('docs', 'licences.md')

const nameOf = (path) => path.split('node_modules/').at(-1)

const isAllowed = (name, licence) => {
  const parts = String(licence).replace(/[()]/g, '').split(/ AND /)
  return parts.every((part) => part.split(/ OR /).some((one) => allowed.has(one) || toolsOnly[one]?.test(name)))
}

/** What is wrong with one entry of a lock file, in sentences. */
const faultsOf = (path, { version, license, integrity, resolved, hasInstallScript, link }) => {
  const name = nameOf(path)
  const what = `${name} ${version ?? ''}`.trim()
  return [
    ...(link ? [`${what} is a link to a folder`] : []),
    ...(isAllowed(name, license) ? [] : [`${what} has the licence ${license ?? '(none named)'}, which is none of the allowed ones`]),
    ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${what} has no SHA-512 of its bytes`]),
    // what comes from the registry that npm is set to has no address in a lock file of ours
    ...(resolved === undefined ? [] : [`${what} comes from ${resolved}, not from the registry`]),
    ...(hasInstallScript && !mayInstall.has(name) ? [`${what} runs a program when it is installed`] : []),
  ]
}

/** What is wrong with a lock file and the manifest in it. */
export const faultsOfLock = (lock) => {
  if (lock.lockfileVersion !== 3) return [`the lock file has version ${lock.lockfileVersion}, not 3`]
  const { '': own = {}, ...packages } = lock.packages
  const wanted = Object.entries({ ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies })
  return [
    ...wanted.filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)).map(([name, range]) => `${name} is wanted as "${range}", not in one version`),
    ...Object.entries(packages).flatMap(([path, entry]) => faultsOf(path, entry)),
  ]
}

/** A package that is installed with other terms than the lock file knows was changed after it was looked at. */
export const faultsOfInstalled = (folder, lock) => Object.entries(lock.packages).flatMap(([path, { version, license }]) => {
  const manifest = join(folder, path, 'package.json')
  if (path === '' || !existsSync(manifest)) return []
  const found = readJson(manifest)
  const terms = typeof found.license === 'object' ? found.license?.type : found.license
  return [
    ...(found.version === version ? [] : [`${path} is installed in version ${found.version}, not ${version}`]),
    ...(terms === undefined || terms === license ? [] : [`${path} says ${terms}, the lock file ${license}`]),
  ]
})

/** All packages by licence, for people. */
export const licencesText = (locks) => {
  const byLicence = new Map()
  for (const lock of locks) {
    for (const [path, { version, license }] of Object.entries(lock.packages)) {
      if (path === '') continue
      byLicence.set(license, (byLicence.get(license) ?? new Set()).add(`${nameOf(path)} ${version}`))
    }
  }
  const kinds = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '# Licences of what is used', '',
    'Every npm package of the lock files, with which Worldswitch is built, tested and packaged. Made by',
    '`node build/checks/dependencies.mjs --write` and checked by `npm test`: each has an allowed licence, the SHA-512 of its bytes',
    `and comes from the npm registry; none but ${[...mayInstall].join(', ')} runs a program when it is installed. The texts of`,
    'those whose code is in a package are in its `NOTICES.txt`. ' + `${Object.keys(toolsOnly).join(', ')} are terms of tools only.`,
    'Electron has its own notices',
    '([electron-runtime.md](electron-runtime.md)). `--advisories` asks the registry for known faults, where it answers.', '',
    ...kinds.flatMap(([licence, names]) => [`## ${licence} (${names.size})`, '', [...names].sort().join(', '), '']),
  ].join('\n')
}

const advisories = () => {
  const { status, stdout } = spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8' })
  try {
    const { vulnerabilities, error } = JSON.parse(stdout)
    if (error || vulnerabilities === undefined) throw new Error(error?.summary ?? `exit ${status}`)
    const names = Object.values(vulnerabilities).map(({ name, severity }) => `${name} (${severity})`)
    return names.length === 0 ? 'The registry knows no faults of these packages.' : `The registry knows of faults in ${names.join(', ')}.`
  } catch (error) {
    return `The registry's list of faults could not be had (${error.message || 'no answer'}); nothing is said about them.`
  }
}

const main = (options) => {
  const locks = lockFiles.map((file) => readJson(join(root, file)))
  const faults = locks.flatMap((lock, i) => faultsOfLock(lock).map((fault) => `${lockFiles[i]}: ${fault}`))
  faults.push(...faultsOfInstalled(root, locks[0]))
  const text = licencesText(locks)
  const file = join(root, licenceList)
  if (options.includes('--write')) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) faults.push(`${licenceList} is out of date: run node build/checks/dependencies.mjs --write`)
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  if (options.includes('--advisories')) process.stdout.write(`${advisories()}\n`)
  process.stdout.write(`${locks.reduce((sum, lock) => sum + Object.keys(lock.packages).length - 1, 0)} packages, ${faults.length} faults\n`)
  return faults.length > 0 ? 1 : 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main(process.argv.slice(2))
