// Opens the window, or does the same job in the terminal where there is no display.
import { spawn, spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isAlive, readJson, root } from './setup/files.mjs'
import { SetupFault, reportFault, say } from './setup/plain.mjs'
import { planLaunch, planWithoutSandbox, readRuntime } from './launch/plan.mjs'
import { handOver, openWindow as windowOpenAlready, removeCopies, takeBack } from './launch/documents.mjs'
import { userMay } from './launch/unprivileged.mjs'

const SANDBOX_REFUSED = /sandbox.*(FATAL|not configured correctly|No usable sandbox|Operation not permitted)|FATAL.*sandbox/i
// What Chromium says of a system without a session bus or without a GPU; it goes on without either.
const NOISE = /ERROR:(dbus\/)?(bus|object_proxy)\.cc|dconf-WARNING|Failed to connect to the bus|ERROR:(viz_main_impl|command_buffer_proxy_impl)\.cc/

/** Why no window can open here, or null. A Wayland session is believed; an X display is asked. */
const noDisplay = ({ DISPLAY, WAYLAND_DISPLAY }) => {
  if (WAYLAND_DISPLAY) return null
  if (!DISPLAY) return 'neither DISPLAY nor WAYLAND_DISPLAY is set'
  const probe = join(root, 'build', 'launch', 'display-probe.cjs')
  const XAUTHORITY = process.env.XAUTHORITY || join(homedir(), '.Xauthority')
  const env = { ...process.env, XAUTHORITY }
  const { status, stdout } = spawnSync(process.execPath, [probe], { encoding: 'utf8', env })
  return status === 0 ? null : `DISPLAY is ${DISPLAY}, but: ${stdout.trim()}`
}

const inTerminal = (reason, files) => {
  say(`There is no display (${reason}): running the same job in the terminal.`)
  if (files.length > 0) say(`Not opened without a window: ${files.join(', ')}. For a profile: npm run --silent cli -- import FILE`)
  say('For the window, start in a desktop session or with a virtual display: xvfb-run npm start')
  const { status } = spawnSync(process.execPath, [join(root, 'out', 'cli.mjs'), 'demo'], { stdio: 'inherit' })
  return status ?? 1
}

const explain = (plan) => {
  if (plan.sandbox === 'off') {
    say(`Sandbox off: ${plan.reason}.`)
  } else if (plan.user?.own) {
    say(`Started as root: the window runs as ${plan.user.name}, so that Chromium's sandbox stays on.`)
  } else if (plan.user) {
    say(`Started as root: the window runs as user ${plan.user.name}, so that Chromium's sandbox stays on.`)
    say(`It saves into ${plan.user.documents}; root can read everything there.`)
  }
}

const explainCopies = (copies) => {
  for (const { original, copy, writeBack } of copies) {
    say(`That user cannot ${writeBack ? 'write' : 'read'} ${original}: opening the copy ${copy}.`)
    if (writeBack) say('  Each save of it is written back to the original at once.')
  }
}

let lastFault = ''
const giveBack = (copies) => {
  try {
    for (const original of takeBack(copies)) say(`Saved: ${original}`)
    lastFault = ''
  } catch (error) {
    // It is tried every second: once is enough to say so.
    if (error.message !== lastFault) process.stderr.write(`A save could not be written back: ${error.message}. The saved copy is kept.\n`)
    lastFault = error.message
  }
}

/** The window that has the files is another start's: saves come back as long as it is open. */
const waitForOther = async (pid, copies) => {
  if (copies.length === 0) return
  say('The window that is open already has the files. Keep this running until it is closed: it takes the saves back.')
  while (isAlive(pid) && !asked) await new Promise((resolve) => setTimeout(resolve, 500))
}

/** Whether somebody wants this start to end. */
let asked = false

const runWindow = (plan, files) =>
  new Promise((resolve) => {
    const child = spawn(join(plan.dist, 'electron'), [plan.app, ...plan.args, ...files], {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: { ...process.env, ...plan.env },
      cwd: plan.user && !plan.user.own ? plan.user.documents : process.cwd(),
    })
    let refused = false
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text) => {
      refused ||= SANDBOX_REFUSED.test(text)
      const kept = text.split('\n').filter((line) => !NOISE.test(line)).join('\n')
      if (kept.trim()) process.stderr.write(kept)
    })
    // The first asks, and the app may ask back about unsaved work; the second insists.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        child.kill(asked ? 'SIGKILL' : signal)
        asked = true
      })
    }
    child.on('error', (error) => resolve({ code: 1, refused: false, error }))
    child.on('close', (code, signal) => resolve({ code: code ?? 1, refused: refused && (code !== 0 || signal !== null) }))
  })

/** Where the app of this plan keeps its data: Electron's own rule, the product's name in the configuration folder. */
const dataFolder = ({ env }) =>
  join(env.XDG_CONFIG_HOME ?? join(env.HOME, '.config'), readJson(join(root, 'package.json')).productName)

const openWindow = async (args) => {
  const runtime = readRuntime()
  if (!runtime) throw new SetupFault('No Electron runtime is set up.', 'run npm start, which sets it up first')
  let plan = await planLaunch(runtime)
  explain(plan)
  const needsCopies = plan.user !== null && plan.user.documents !== null
  const { handed, copies } = needsCopies ? handOver(args, plan.user, userMay) : { handed: args, copies: [] }
  explainCopies(copies)
  const other = plan.user === null ? null : windowOpenAlready(dataFolder(plan))
  if (other !== null) say('A window is open already: the files go there.')
  const watch = setInterval(() => giveBack(copies), 1000)
  let result = await runWindow(plan, handed)
  if (other !== null && result.code === 0) await waitForOther(other, copies)
  if (result.refused && plan.sandbox === 'on') {
    plan = { ...(await planWithoutSandbox(runtime)), reason: 'this system refuses Chromium\'s sandbox' }
    explain(plan)
    result = await runWindow(plan, args)
  }
  clearInterval(watch)
  giveBack(copies)
  removeCopies(copies)
  if (result.error) throw new SetupFault(`Electron could not be started: ${result.error.message}`, 'run npm start again')
  return result.code
}

try {
  // npm runs scripts in the project's folder, but people name files relative to where they are.
  if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
  const files = process.argv.slice(2)
  const reason = noDisplay(process.env)
  process.exitCode = reason === null ? await openWindow(files) : inTerminal(reason, files)
} catch (error) {
  process.exitCode = reportFault(error)
}
