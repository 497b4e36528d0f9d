// esbuild for the processes that run in Node, Vite for the window. Only what is out of date is built.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SAMPLES } from './samples.mjs'
import { root, sweepPartials, partialFolder } from './setup/files.mjs'
import { reportFault, say, seconds } from './setup/plain.mjs'
import { clearStamp, contentHash, isFresh, writeStamp } from './stamps.mjs'

// Electron 33.2.1, the oldest runtime supported, is Node 20.18 and Chromium 130.
const NODE = 'node20'
export const CHROME = 'chrome130'
const COMMON = ['package-lock.json', 'tsconfig.json', 'build/build.mjs']

/** What esbuild is told for every script; package/bundles.mjs builds for users with the same. */
export const scriptOptions = (project) => ({
  absWorkingDir: project,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: NODE,
  external: ['electron'],
  logLevel: 'warning',
})

const bundle = async ({ project, work, entry, out, options }) => {
  const { build } = await import('esbuild')
  await build({
    ...scriptOptions(project),
    entryPoints: [entry],
    outfile: join(work, out.split('/').pop()),
    sourcemap: 'linked',
    ...options,
  })
  mkdirSync(join(project, dirname(out)), { recursive: true })
  // The map first: who sees the new code also finds its map.
  const names = readdirSync(work).sort((a, b) => Number(b.endsWith('.map')) - Number(a.endsWith('.map')))
  for (const name of names) renameSync(join(work, name), join(project, dirname(out), name))
}

/** Threads of the page: entries of the same bundle, because they share most of what they load. */
export const THREADS = (project) => ({ 'trees-worker': join(project, 'renderer', 'state', 'trees-worker.ts') })

export const pageOptions = (react, project, { outDir, sourcemap }) => ({
  configFile: false,
  root: join(project, 'renderer'),
  base: './',
  plugins: [react.default()],
  logLevel: 'warn',
  build: {
    outDir,
    emptyOutDir: true,
    target: CHROME,
    // Both would put scripts or data: addresses into the page that the content security policy forbids.
    modulePreload: false,
    assetsInlineLimit: 0,
    sourcemap,
    rolldownOptions: {
      input: { index: join(project, 'renderer', 'index.html'), ...THREADS(project) },
      // the page knows its threads by name (renderer/state/thread-url.ts)
      output: { entryFileNames: ({ name }) => (name in THREADS(project) ? 'assets/[name].js' : 'assets/[name]-[hash].js') },
    },
    // ECharts alone is past Vite's default; the page is read from disk, not over a network.
    chunkSizeWarningLimit: 2000,
  },
})

const buildRenderer = async ({ project, work }) => {
  const [{ build }, react] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build(pageOptions(react, project, { outDir: join(work, 'renderer'), sourcemap: true }))
  const place = join(project, 'out', 'renderer')
  if (existsSync(place)) renameSync(place, join(work, 'old'))
  renameSync(join(work, 'renderer'), place)
}

const script = (name, entry, out, sources, options = {}) => ({
  name,
  entry,
  outputs: [out],
  sources: [...COMMON, ...sources],
  script: { entry, out, options },
  run: (place) => bundle({ ...place, entry, out, options }),
})

/** Options of a script in the form of a module: it has no require of its own, and commander and others ask for one. */
export const MODULE = {
  format: 'esm',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
}

/** Options of the script that runs in the page's process, before the page. */
export const PRELOAD = { platform: 'browser', target: CHROME }

const copySamples = ({ project, work }) => {
  for (const { file, from } of SAMPLES) copyFileSync(join(project, from), join(work, file))
  mkdirSync(join(project, 'out', 'samples'), { recursive: true })
  for (const { file } of SAMPLES) renameSync(join(work, file), join(project, 'out', 'samples', file))
}

export const TARGETS = [
  script('main', 'electron/main.ts', 'out/electron/main.cjs', ['electron', 'engine', 'package.json']),
  script('preload', 'electron/preload.ts', 'out/electron/preload.cjs', ['electron', 'engine'], PRELOAD),
  script('engine', 'engine/host.ts', 'out/electron/engine.mjs', ['engine', 'package.json'], MODULE),
  script('crew', 'engine/crew-member.ts', 'out/electron/engine-crew.mjs', ['engine', 'package.json'], MODULE),
  script('cli', 'engine/cli/main.ts', 'out/cli.mjs', ['engine', 'package.json'], MODULE),
  {
    name: 'renderer',
    entry: 'renderer/index.html',
    outputs: ['out/renderer/index.html'],
    sources: [...COMMON, 'renderer', 'engine'],
    run: buildRenderer,
  },
  {
    name: 'samples',
    entry: 'build/samples.mjs',
    outputs: SAMPLES.map(({ file }) => `out/samples/${file}`),
    sources: ['build/samples.mjs', 'test/fixtures'],
    run: copySamples,
  },
]

export const staleTargets = (names, project = root) =>
  TARGETS.filter((target) => (!names || names.includes(target.name)) && !isFresh(project, target))

export const buildTarget = async (target, project = root) => {
  const out = join(project, 'out')
  const content = contentHash(project, target.sources)
  clearStamp(project, target)
  const work = partialFolder(out)
  try {
    await target.run({ project, work })
    writeStamp(project, target, content)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export const buildStale = async (names, project = root) => {
  sweepPartials(join(project, 'out'))
  const stale = staleTargets(names, project)
  for (const target of stale) {
    const began = performance.now()
    await buildTarget(target, project)
    say(`  build ${target.name}: done (${seconds(performance.now() - began)})`)
  }
  return { note: stale.length === 0 ? 'up to date' : `built ${stale.map((target) => target.name).join(', ')}` }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2)
  try {
    const { note } = await buildStale(names.length > 0 ? names : undefined)
    say(`build: ${note}`)
  } catch (error) {
    process.exitCode = reportFault(error)
  }
}
