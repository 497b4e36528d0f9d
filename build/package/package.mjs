// `npm run package`: .deb and .tar.gz of the checkout as it is, into dist/. See build/package/README.md.
import { spawn } from 'node:child_process'
import { createWriteStream, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createGzip } from 'node:zlib'
import { resolveRuntime } from '../electron-runtime.mjs'
import { SAMPLES } from '../samples.mjs'
import { partialFolder, readJson, root } from '../setup/files.mjs'
import { SetupFault, reportFault, say, step } from '../setup/plain.mjs'
import { run, tail } from '../setup/run.mjs'
import { builderConfig } from './builder-config.mjs'
import { MAIN, bundleApp, packageFolders } from './bundles.mjs'
import { makeDeb } from './deb.mjs'
import { commandsIn } from './desktop.mjs'
import { ICONS } from './icons.mjs'
import { fileNames, kindOfPackage } from './identity.mjs'
import { collectNotices, makeBill } from './notices.mjs'
import { sourceStamp } from './stamp.mjs'
import { ensureTools, importTool } from './tools.mjs'
import { appFaults, contentFaults, filesOf, plantTree, refuseFaults, setModes, setTimes } from './tree.mjs'

const MEGABYTE = 1e6
const LIMITS = { package: 120 * MEGABYTE, app: 3 * MEGABYTE }
export const DIST = join(root, 'dist')

/** `--release`, `--drivable`, `--dir` (only the program directory), and targets of electron-builder (`AppImage`, `nsis`, `dmg`). */
export const parseArguments = (args) => {
  const options = args.filter((arg) => arg.startsWith('-'))
  const unknown = options.filter((option) => !['--release', '--drivable', '--dir'].includes(option))
  if (unknown.length > 0) throw new SetupFault(`Unknown option ${unknown.join(', ')}.`, 'there are --release, --drivable and --dir')
  return {
    release: options.includes('--release'), drivable: options.includes('--drivable'), directoryOnly: options.includes('--dir'),
    targets: args.filter((arg) => !arg.startsWith('-')),
  }
}

const commandLine = async (app, ...args) => {
  const { code, output, stdout } = await run(process.execPath, [join(app, 'out', 'cli.mjs'), ...args], { env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' } })
  if (code !== 0) throw new SetupFault(`The command line does not answer ${args.join(' ')}:\n${tail(output)}`, 'mend it first')
  return stdout
}

/** The names of its commands, for the launcher, and its manual page: both the program's own words. */
const manual = async (app, date) => ({
  commands: commandsIn(await commandLine(app, '--help')), man: await commandLine(app, 'reference', 'man', date),
})

/** The app's own folder: bundles and a package.json that carries the stamp. */
const makeApp = async (work, stamp, runtime) => {
  const app = join(work, 'app')
  const inputs = await bundleApp(root, app)
  const { name, productName, version, description, license } = readJson(join(root, 'package.json'))
  const source = { revision: stamp.revision, date: stamp.date, runtime: runtime.label }
  const manifest = { name, productName, version, description, license, main: MAIN, desktopName: `${name}.desktop`, source }
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return { app, folders: packageFolders(inputs), version }
}

const makeResources = async (work, folders, electron) => {
  const resources = join(work, 'resources')
  mkdirSync(join(resources, 'samples'), { recursive: true })
  writeFileSync(join(resources, 'NOTICES.txt'), await collectNotices(root, folders))
  writeFileSync(join(resources, 'sbom.cdx.json'), await makeBill(root, folders, electron, work))
  for (const { file, from } of SAMPLES) cpSync(join(root, from), join(resources, 'samples', file))
  return resources
}

/** electron-builder makes the directory; without `targets` nothing else, and nothing is downloaded. */
const buildWithBuilder = async (config, targets) => {
  const { build, Platform } = (await importTool('electron-builder')).default
  const platform = Platform.current()
  await build({ projectDir: root, targets: platform.createTarget(targets.length > 0 ? targets : ['dir']), config, publish: 'never' })
}

const checkProgram = async (program) => {
  const { listPackage } = await importTool('@electron/asar')
  const asar = join(program, 'resources', 'app.asar')
  // Folders are listed too: they have no dot in their name.
  const inside = listPackage(asar, { isPack: false }).map((path) => path.replace(/^\//, '')).filter((path) => path.includes('.'))
  refuseFaults([...contentFaults(filesOf(program).map(({ path }) => path)), ...appFaults(inside)])
  return sized(asar, LIMITS.app)
}

/** What electron-builder made of its own targets; its notes on how are not kept. */
const keepTargets = (output) => {
  for (const name of readdirSync(output)) {
    if (!name.startsWith('builder-') && statSync(join(output, name)).isFile()) cpSync(join(output, name), join(DIST, name))
  }
}

const sized = (file, limit) => {
  const { size } = statSync(file)
  if (size > limit) throw new SetupFault(`${file} has ${(size / MEGABYTE).toFixed(1)} MB; the limit is ${limit / MEGABYTE} MB.`, 'find what has grown')
  return `${(size / MEGABYTE).toFixed(1)} MB`
}

const copyright = (runtime) => [
  'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/', 'Upstream-Name: worldswitch', '',
  'Files: *', 'Copyright: the Worldswitch contributors', 'License: MIT',
  ...readFileSync(join(root, 'LICENSE'), 'utf8').trim().split('\n').map((line) => ` ${line.trim() || '.'}`), '',
  'Comment:', ` The program contains Electron ${runtime.version} and npm packages. Their licences are in`,
  ' /usr/lib/worldswitch/LICENSE.electron.txt, LICENSES.chromium.html and resources/NOTICES.txt;',
  ' resources/sbom.cdx.json lists them for machines (CycloneDX).', '',
].join('\n')

const makeTar = async (folder, name, file, seconds) => {
  const tar = spawn('tar', ['--sort=name', `--mtime=@${seconds}`, '--owner=0', '--group=0', '--numeric-owner', '-cf', '-', '-C', folder, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => tar.on('close', resolve))
  await pipeline(tar.stdout, createGzip({ level: 6 }), createWriteStream(file))
  if ((await ended) !== 0) throw new SetupFault('tar failed.', 'is the disk full?')
}

const wrap = async (work, { program, app, runtime, version, kind, stamp }) => {
  const names = fileNames({ name: kind.name, version, arch: process.arch })
  const { commands, man } = await manual(app, stamp.date)
  const texts = { man, copyright: copyright(runtime), readme: readFileSync(join(root, 'README.md'), 'utf8'), changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8') }
  const plan = { name: kind.name, program, commands, texts, date: stamp.date }
  const folder = join(work, 'tar', names.folder)
  plantTree(folder, plan)
  setModes(folder, { setUserId: false })
  setTimes(folder, stamp.seconds)
  await makeTar(join(work, 'tar'), names.folder, join(DIST, names.tar), stamp.seconds)
  const tree = join(work, 'deb')
  plantTree(join(tree, 'usr'), plan)
  setModes(tree, { setUserId: true })
  const warning = kind.devtest ? `For development and tests only: Electron ${runtime.version}, ${runtime.label}.` : null
  await makeDeb({ tree, files: filesOf(tree), file: join(DIST, names.deb), seconds: stamp.seconds, name: kind.name, version, arch: process.arch, warning })
  return [names.deb, names.tar].map((name) => `${name}, ${sized(join(DIST, name), LIMITS.package)}`)
}

export const makePackage = async ({ release, drivable, directoryOnly, targets }) => {
  const runtime = await resolveRuntime()
  const kind = kindOfPackage({ runtime, release, drivable })
  const stamp = sourceStamp()
  if (release && stamp.revision.endsWith('+')) throw new SetupFault('A release is made of a commit, and files differ from it.', 'commit first')
  await step('tools', ensureTools)
  rmSync(DIST, { recursive: true, force: true })
  mkdirSync(DIST, { recursive: true })
  const work = partialFolder(join(root, '.cache'))
  try {
    const { app, folders, version } = await makeApp(work, stamp, runtime)
    const resources = await makeResources(work, folders, runtime)
    const output = join(work, 'built')
    const config = builderConfig({ app, output, dist: runtime.dist, electron: runtime.version, drivable, resources, icons: ICONS })
    await step('electron-builder', () => buildWithBuilder(config, targets))
    const unpacked = readdirSync(output).find((name) => name.endsWith('unpacked'))
    keepTargets(output)
    if (process.platform !== 'linux' || !unpacked) return []
    const program = join(output, unpacked)
    const appSize = await checkProgram(program)
    const made = directoryOnly ? [] : await wrap(work, { program, app, runtime, version, kind, stamp })
    if (directoryOnly) cpSync(program, join(DIST, unpacked), { recursive: true })
    return [`${kind.name} ${version}, source ${stamp.revision}, Electron ${runtime.version} (${runtime.label})`, `app.asar, ${appSize}`, ...made]
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const made = await makePackage(parseArguments(process.argv.slice(2)))
    for (const line of made) say(line)
    if (existsSync(DIST)) say(`In ${DIST}`)
  } catch (error) {
    process.exitCode = reportFault(error)
  }
}
