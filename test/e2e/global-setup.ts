import type { FullConfig } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { planPackaged } from '../../build/launch/packaged.mjs'
import { planLaunch, readRuntime } from '../../build/launch/plan.mjs'
import { root } from '../../build/setup/files.mjs'
import { startXvfb } from './xvfb'

/** Everything up to a launchable window: the display, the set-up, who the window runs as. Undone after the last test. */
const globalSetup = async (config: FullConfig): Promise<() => void> => {
  // a display a worker: windows that share one share its clipboard and its focus too
  const displays = await Promise.all(Array.from({ length: config.workers }, () => startXvfb()))
  const stop = () => { for (const display of displays) display.stop() }
  process.env['WORLDSWITCH_E2E_DISPLAYS'] = displays.map(({ name }) => name).join(' ')
  process.env['DISPLAY'] = displays[0]!.name
  delete process.env['WAYLAND_DISPLAY']
  // npm test has done this before; a run of the window tests alone gets it here.
  const setup = spawnSync(process.execPath, [join(root, 'build', 'setup.mjs'), '--for', 'test'], { encoding: 'utf8' })
  if (setup.status !== 0) {
    stop()
    throw new Error(`The set-up failed:\n${setup.stdout}${setup.stderr}`)
  }
  const installed = process.env['WORLDSWITCH_APP']
  const runtime = readRuntime()
  const plan = installed ? planPackaged(installed, runtime.label) : await planLaunch(runtime)
  // Launching through this variable, without executablePath, lets Playwright hold "ready": with a path it races.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = plan.dist
  process.env['WORLDSWITCH_E2E_PLAN'] = JSON.stringify(plan)
  console.log(`window: ${installed ? `${installed}, ` : ''}${plan.user ? `user ${plan.user.name}` : 'this user'}, sandbox ${plan.sandbox}${plan.reason ? ` (${plan.reason})` : ''}`)
  return stop
}

export default globalSetup
