// `npm run dev`: the window, and bundlers that watch. A change of the page loads it again, a change of the main process,
// the preload or the engine starts the app again. Unminified, and built again in full by the next npm start.
import { spawn } from 'node:child_process'
import { readFileSync, watch as watchFolder, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHROME, TARGETS, THREADS, scriptOptions } from './build.mjs'
import { planLaunch, readRuntime } from './launch/plan.mjs'
import { root } from './setup/files.mjs'
import { SetupFault, reportFault, say } from './setup/plain.mjs'
import { isRoot } from './setup/run.mjs'
import { clearStamp } from './stamps.mjs'

const noted = (what, began) => say(`  ${what} (${Math.round(performance.now() - began)} ms)`)

/** Rooms whose files go into bundles. */
const ROOMS = ['engine', 'electron', 'renderer']
/** Editors write a file in several steps. */
const quietMilliseconds = 30

/** Each is told the path of every file that changes, from the project's folder. */
const listeners = []

/** esbuild's own watching looks every two seconds at files that have not changed for a while. */
const watchRooms = () => {
  for (const room of ROOMS) {
    watchFolder(join(root, room), { recursive: true }, (_event, name) => {
      for (const changed of listeners) changed(join(room, name ?? ''))
    })
  }
}

/** Builds now, and anew after each change of a file that went in; `built` is called after each time but the first. */
const watch = async (name, options, built) => {
  const { context } = await import('esbuild')
  const bundle = await context({ ...options, metafile: true })
  let inputs = null
  const build = async () => {
    const began = performance.now()
    try {
      const { metafile } = await bundle.rebuild()
      inputs = new Set(Object.keys(metafile.inputs))
      noted(name, began)
      return true
    } catch {
      // esbuild has said what and where; any change may mend it
      inputs = null
      return false
    }
  }
  if (!await build()) throw new SetupFault(`The bundle ${name} cannot be built.`, 'mend what is named above')
  let pending = null
  let work = Promise.resolve()
  listeners.push((path) => {
    if (inputs !== null && !inputs.has(path)) return
    clearTimeout(pending)
    pending = setTimeout(() => {
      work = work.then(build).then((done) => { if (done) built() })
    }, quietMilliseconds)
  })
}

/**
 * The page by esbuild, which builds again in a part of the time that Vite takes; Vite's is what users get, and what
 * `npm start` and the tests build. Names without a hash: the page that is open never finds its files gone.
 */
const watchPage = async (built) => {
  const place = join(root, 'out', 'renderer')
  const common = {
    absWorkingDir: root, bundle: true, target: CHROME, sourcemap: 'linked', logLevel: 'warning', outdir: join(place, 'assets'), jsx: 'automatic',
  }
  const entryPoints = { index: 'renderer/main.tsx', ...THREADS(root) }
  await watch('page', { ...common, entryPoints, format: 'esm', splitting: true }, built)
  const html = readFileSync(join(root, 'renderer', 'index.html'), 'utf8')
  const script = '<script type="module" src="./main.tsx"></script>'
  if (!html.includes(script)) throw new SetupFault(`renderer/index.html has no ${script}`, 'build/dev.mjs puts the built one in its place')
  const links = '<link rel="stylesheet" href="./assets/index.css"><script type="module" src="./assets/index.js"></script>'
  writeFileSync(join(place, 'index.html'), html.replace(script, links))
}

const watchScript = ({ name, script: { entry, out, options } }, built) =>
  watch(name, { ...scriptOptions(root), entryPoints: [entry], outfile: join(root, out), sourcemap: 'linked', ...options }, built)

let app = null
let again = false

const open = (plan, files) => {
  app = spawn(join(plan.dist, 'electron'), [plan.app, ...plan.args, ...files], { stdio: 'inherit', env: { ...process.env, ...plan.env } })
  app.on('close', (code) => {
    if (!again) process.exit(code ?? 1)
    again = false
    open(plan, files)
  })
}

/** Without the question about unsaved work: what is being tried out is the program. */
const restart = () => {
  if (app === null) return
  again = true
  app.kill('SIGKILL')
}

const main = async (files) => {
  const runtime = readRuntime()
  if (!runtime) throw new SetupFault('No Electron runtime is set up.', 'run npm run dev where there is a display, which sets it up first')
  if (isRoot()) say('Started as root: the sandbox is off, because another user could not read what is being built.')
  const plan = await planLaunch(runtime, isRoot() ? { ...process.env, WORLDSWITCH_SANDBOX: 'off' } : process.env)
  for (const target of TARGETS) clearStamp(root, target)
  // A change of the engine touches several bundles: one start for all of them.
  let pending = null
  const soon = () => {
    clearTimeout(pending)
    pending = setTimeout(restart, 150)
  }
  const scripts = TARGETS.filter(({ name, script }) => script && name !== 'cli')
  await Promise.all([watchPage(() => app?.kill('SIGUSR2')), ...scripts.map((target) => watchScript(target, soon))])
  watchRooms()
  say('Watching. Ctrl+C ends it.')
  open(plan, files)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = reportFault(error)
}
