import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { root, writeAtomically } from './files.mjs'
import { underLock } from './lock.mjs'
import { ensurePackages } from './packages.mjs'
import { reportFault, say, seconds, setQuiet, step } from './plain.mjs'

export const RUNTIME_FILE = join(root, '.cache', 'runtime.json')

const hasDisplay = (env) => Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

const parse = (args) => {
  const at = args.indexOf('--for')
  return { purpose: at >= 0 ? args[at + 1] : 'start', quiet: args.includes('--quiet') }
}

/** The program and the threads of its sweeps. */
const commandLine = ['cli', 'crew']

/** What each purpose needs; without a display a start needs neither Electron nor its libraries. */
export const wanted = (purpose, env) => {
  if (purpose === 'cli') return { runtime: false, targets: commandLine }
  if (purpose === 'packages') return { runtime: false, targets: [] }
  if (purpose === 'start' && !hasDisplay(env)) return { runtime: false, targets: commandLine }
  return { runtime: true, targets: undefined }
}

const setUp = async (purpose) => {
  const { runtime, targets } = wanted(purpose, process.env)
  await step('npm packages', () => ensurePackages())
  if (runtime) {
    await step('Electron runtime', async () => {
      const { resolveRuntime } = await import('../electron-runtime.mjs')
      const found = await resolveRuntime()
      writeAtomically(RUNTIME_FILE, `${JSON.stringify(found)}\n`)
      return { note: `${found.version}, ${found.label}` }
    })
  }
  await step('build', async () => {
    const { buildStale } = await import('../build.mjs')
    return buildStale(targets)
  })
}

export const main = async (script, args) => {
  const { purpose, quiet } = parse(args)
  setQuiet(quiet)
  try {
    mkdirSync(join(root, '.cache'), { recursive: true })
    const done = underLock('setup', script, args)
    if (done !== null) return done
    const began = performance.now()
    say('Setting up')
    await setUp(purpose)
    say(`Ready (${seconds(performance.now() - began)})`)
    return 0
  } catch (error) {
    return reportFault(error)
  }
}
