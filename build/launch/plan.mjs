import { readJson, root } from '../setup/files.mjs'
import { isRoot } from '../setup/run.mjs'
import { RUNTIME_FILE } from '../setup/steps.mjs'
import { prepareUnprivileged } from './unprivileged.mjs'

export const readRuntime = () => readJson(RUNTIME_FILE)

/**
 * How Electron is to be launched here: `dist` (a folder with a program named electron), `app`, extra arguments and
 * environment, and whether Chromium's sandbox is on. WORLDSWITCH_SANDBOX=off in the environment asks for it off.
 */
export const planLaunch = async (runtime, env = process.env) => {
  const common = { WORLDSWITCH_RUNTIME: runtime.label }
  const plain = { dist: runtime.dist, app: root, args: [], env: common, user: null, sandbox: 'on', reason: null }
  const without = (reason) => ({
    ...plain,
    args: ['--no-sandbox'],
    env: { ...common, WORLDSWITCH_SANDBOX: 'off' },
    sandbox: 'off',
    reason,
  })
  if (env.WORLDSWITCH_SANDBOX === 'off') return without('WORLDSWITCH_SANDBOX=off')
  if (!isRoot()) return plain
  const prepared = await prepareUnprivileged(runtime, env)
  if (prepared.reason) return without(prepared.reason)
  return { ...plain, dist: prepared.dist, app: prepared.app, env: { ...common, ...prepared.env }, user: prepared.user }
}

/** The same launch with the sandbox off, for a system whose kernel turned out to refuse it. */
export const planWithoutSandbox = (runtime) => planLaunch(runtime, { ...process.env, WORLDSWITCH_SANDBOX: 'off' })
