// esbuild for the processes that run in Node, Vite for the window. Only what is out of date is built.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, sweepPartials, partialFolder } from './setup/files.mjs'
import { reportFault, say, seconds } from './setup/plain.mjs'
import { clearStamp, contentHash, isFresh, writeStamp } from './stamps.mjs'

// Electron 33.2.1, the oldest runtime supported, is Node 20.18 and Chromium 130.
const NODE = 'node20'
const CHROME = 'chrome130'
const COMMON = ['package-lock.json', 'tsconfig.json', 'build/build.mjs']

const bundle = async ({ project, work, entry, out, options }) => {
  const { build } = await import('esbuild')
  await build({
    absWorkingDir: project,
    entryPoints: [entry],
    outfile: join(work, out.split('/').pop()),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: NODE,
    external: ['electron'],
    sourcemap: 'linked',
    logLevel: 'warning',
    ...options,
  })
  mkdirSync(join(project, dirname(out)), { recursive: true })
  // The map first: who sees the new code also finds its map.
  const names = readdirSync(work).sort((a, b) => Number(b.endsWith('.map')) - Number(a.endsWith('.map')))
  for (const name of names) renameSync(join(work, name), join(project, dirname(out), name))
}

const buildRenderer = async ({ project, work }) => {
  const [{ build }, react] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    configFile: false,
    root: join(project, 'renderer'),
    base: './',
    plugins: [react.default()],
    logLevel: 'warn',
    build: {
      outDir: join(work, 'renderer'),
      emptyOutDir: true,
      target: CHROME,
      // Both would put scripts or data: addresses into the page that the content security policy forbids.
      modulePreload: false,
      assetsInlineLimit: 0,
      sourcemap: true,
      // ECharts alone is past Vite's default; the page is read from disk, not over a network.
      chunkSizeWarningLimit: 2000,
    },
  })
  const place = join(project, 'out', 'renderer')
  if (existsSync(place)) renameSync(place, join(work, 'old'))
  renameSync(join(work, 'renderer'), place)
}

const script = (name, entry, out, sources, options = {}) => ({
  name,
  entry,
  outputs: [out],
  sources: [...COMMON, ...sources],
  run: (place) => bundle({ ...place, entry, out, options }),
})

// A bundle in module form has no require of its own, and commander and others ask for one.
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

export const TARGETS = [
  script('main', 'electron/main.ts', 'out/electron/main.cjs', ['electron', 'engine', 'package.json']),
  script('preload', 'electron/preload.ts', 'out/electron/preload.cjs', ['electron', 'engine'], {
    platform: 'browser',
    target: CHROME,
  }),
  script('engine', 'engine/host.ts', 'out/electron/engine.cjs', ['engine', 'package.json']),
  script('crew', 'engine/crew-member.ts', 'out/electron/engine-crew.cjs', ['engine', 'package.json']),
  script('cli', 'engine/cli/main.ts', 'out/cli.mjs', ['engine', 'package.json'], {
    format: 'esm',
    banner: { js: REQUIRE },
  }),
  {
    name: 'renderer',
    entry: 'renderer/index.html',
    outputs: ['out/renderer/index.html'],
    sources: [...COMMON, 'renderer', 'engine'],
    run: buildRenderer,
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
