// `npm run dev`: the window, and bundlers that watch. A change of the page loads it again, a change of the main process,
// the preload or the engine starts the app again. Unminified, and built again in full by the next npm start.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { TARGETS, pageOptions, scriptOptions } from './build.mjs'
import { planLaunch, readRuntime } from './launch/plan.mjs'
import { root } from './setup/files.mjs'
import { SetupFault, reportFault, say } from './setup/plain.mjs'
import { isRoot } from './setup/run.mjs'
import { clearStamp } from './stamps.mjs'

const noted = (what, began) => say(`  ${what} (${Math.round(performance.now() - began)} ms)`)

/** Calls `built` after each build but the first. */
const watchPage = async (built) => {
  const [{ build }, react] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  const options = pageOptions(react, root, { outDir: join(root, 'out', 'renderer'), sourcemap: true })
  // Names without a hash: the page that is open never finds its files gone.
  const output = { entryFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' }
  const watcher = await build({ ...options, build: { ...options.build, minify: false, emptyOutDir: false, watch: {}, rolldownOptions: { output } } })
  await new Promise((first, refuse) => {
    let began = 0
    let builds = 0
    watcher.on('event', ({ code, error }) => {
      if (code === 'BUNDLE_START') began = performance.now()
      if (code === 'ERROR') say(`  ${error.message}`)
      if (code === 'ERROR' && builds === 0) refuse(error)
      if (code !== 'BUNDLE_END') return
      noted('page', began)
      if (builds++ === 0) first()
      else built()
    })
  })
}

const watchScript = async ({ name, script: { entry, out, options } }, built) => {
  const { context } = await import('esbuild')
  let began = 0
  let builds = 0
  await new Promise((first, refuse) => {
    const watching = {
      name: 'dev',
      setup: (build) => {
        build.onStart(() => { began = performance.now() })
        build.onEnd(({ errors }) => {
          if (errors.length > 0) return
          noted(name, began)
          if (builds++ === 0) first()
          else built()
        })
      },
    }
    const all = { ...scriptOptions(root), entryPoints: [entry], outfile: join(root, out), sourcemap: 'linked', ...options, plugins: [watching] }
    context(all).then((watcher) => watcher.watch()).catch(refuse)
  })
}

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
  say('Watching. Ctrl+C ends it.')
  open(plan, files)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = reportFault(error)
}
