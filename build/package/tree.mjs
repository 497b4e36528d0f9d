// The tree of an installation below /usr: what the .deb installs, and what the .tar.gz holds.
import { chmodSync, copyFileSync, cpSync, lstatSync, lutimesSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { SetupFault } from '../setup/plain.mjs'
import { desktopEntry, launcher, metainfo, mimeXml } from './desktop.mjs'
import { SIZES, pngPath, svgPath } from './icons.mjs'
import { APP_ID, MIME_TYPE, NAME } from './identity.mjs'

const put = (path, content, mode = 0o644) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  chmodSync(path, mode)
}

const putIcons = (share) => {
  const theme = join(share, 'icons', 'hicolor')
  const names = [['worldswitch', 'apps', NAME], ['session', 'mimetypes', MIME_TYPE.replace('/', '-')]]
  for (const [icon, context, name] of names) {
    for (const size of SIZES) {
      const folder = join(theme, `${size}x${size}`, context)
      mkdirSync(folder, { recursive: true })
      copyFileSync(pngPath(icon, size), join(folder, `${name}.png`))
    }
    mkdirSync(join(theme, 'scalable', context), { recursive: true })
    copyFileSync(svgPath(icon), join(theme, 'scalable', context, `${name}.svg`))
  }
}

/** `texts`: readme, copyright, changelog, man, notices, bill; `program`: the directory that electron-builder made. */
export const plantTree = (usr, { name, program, commands, texts, date }) => {
  const share = join(usr, 'share')
  const library = join(usr, 'lib', NAME)
  cpSync(program, library, { recursive: true })
  put(join(usr, 'bin', NAME), launcher(commands), 0o755)
  put(join(share, 'applications', `${NAME}.desktop`), desktopEntry())
  put(join(share, 'mime', 'packages', `${NAME}.xml`), mimeXml())
  put(join(share, 'metainfo', `${APP_ID}.metainfo.xml`), metainfo(texts.changelog, date))
  put(join(share, 'man', 'man1', `${NAME}.1.gz`), gzipSync(texts.man, { level: 9 }))
  const doc = join(share, 'doc', name)
  put(join(doc, 'README.md'), texts.readme)
  put(join(doc, 'copyright'), texts.copyright)
  put(join(doc, 'changelog.gz'), gzipSync(texts.changelog, { level: 9 }))
  putIcons(share)
}

/** Regular files below a folder with their sizes, sorted by path; no package of ours holds a link. */
export const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name)
      return { path: path.slice(folder.length + 1), size: lstatSync(path).size, mode: lstatSync(path).mode & 0o7777 }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))

/** Modes for everybody, whatever the maker's umask was; the sandbox helper is root's and set-user-id (`owned` trees). */
export const setModes = (folder, { setUserId }) => {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    const executable = entry.isDirectory() || (lstatSync(path).mode & 0o100) !== 0
    chmodSync(path, entry.name === 'chrome-sandbox' && setUserId ? 0o4755 : executable ? 0o755 : 0o644)
  }
}

export const setTimes = (folder, seconds) => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lutimesSync(join(entry.parentPath ?? entry.path, entry.name), seconds, seconds)
  }
  lutimesSync(folder, seconds, seconds)
}

// What an Electron directory on Linux is made of; anything else has come in by mistake.
const PROGRAM_FILES = [
  'worldswitch', 'chrome-sandbox', 'chrome_crashpad_handler', 'LICENSE.electron.txt', 'LICENSES.chromium.html',
  'chrome_100_percent.pak', 'chrome_200_percent.pak', 'icudtl.dat', 'resources.pak', 'snapshot_blob.bin', 'v8_context_snapshot.bin',
  'libEGL.so', 'libGLESv2.so', 'libffmpeg.so', 'libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json', 'locales/en-US.pak',
  'resources/app.asar', 'resources/NOTICES.txt', 'resources/sbom.cdx.json',
]
const PROGRAM_PATTERNS = [/^resources\/samples\/[\w.-]+$/]

/** Files of a program directory that have no business there, and files that must be there and are not. */
export const contentFaults = (paths) => [
  ...paths.filter((path) => !PROGRAM_FILES.includes(path) && !PROGRAM_PATTERNS.some((pattern) => pattern.test(path)))
    .map((path) => `${path} does not belong into a package`),
  ...PROGRAM_FILES.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
]

/** Inside the asar: the bundles and nothing else; above all no source maps. */
export const appFaults = (paths) =>
  paths.filter((path) => !/^(package\.json|out\/electron\/preload\.cjs|out\/electron\/(main|engine(-crew)?)\.mjs|out\/(cli|chunk-\w+)\.mjs|out\/renderer\/index\.html|out\/renderer\/assets\/[\w-]+\.(js|css))$/.test(path))
    .map((path) => `${path} does not belong into the app`)

export const refuseFaults = (faults) => {
  if (faults.length > 0) throw new SetupFault(`The package would not be clean:\n  ${faults.join('\n  ')}`, 'see build/package/tree.mjs and builder-config.mjs')
}
