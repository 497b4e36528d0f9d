// `npm run --silent cli -- ARGS`: the command line, built first when it is out of date.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './setup/files.mjs'
import { packagesState } from './setup/packages.mjs'
import { staleTargets } from './build.mjs'

const outOfDate = () => !packagesState(root).fresh || staleTargets(['cli', 'crew']).length > 0

if (outOfDate()) {
  // Its progress goes to stderr: stdout belongs to the command.
  const setup = [join(root, 'build', 'setup.mjs'), '--for', 'cli']
  const { status } = spawnSync(process.execPath, setup, { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
}

// npm runs scripts in the project's folder, but people name files relative to where they are. INIT_CWD is inherited by
// whatever npm runs, so it counts only when npm started this very script.
if (process.env.npm_lifecycle_event === 'cli' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)

const bundle = join(root, 'out', 'cli.mjs')
process.argv[1] = bundle
await import(pathToFileURL(bundle).href)
