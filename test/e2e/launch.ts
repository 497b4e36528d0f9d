import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'

export interface LaunchPlan {
  /** An installed package's program (build/launch/packaged.mjs); without one, Electron of `dist` starts `app`. */
  program?: string
  dist: string
  app: string
  args: string[]
  env: Record<string, string>
  user: { name: string; uid: number; gid: number } | null
  sandbox: 'on' | 'off'
}

export const launchPlan = (): LaunchPlan => {
  const text = process.env['WORLDSWITCH_E2E_PLAN']
  if (!text) throw new Error('No launch plan: run the window tests with test/e2e/playwright.config.ts')
  return JSON.parse(text) as LaunchPlan
}

/** Folders of one test, owned by the user that the window runs as. Nothing of the caller's home is touched. */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), 'worldswitch-e2e-'))
  readonly home = this.folder('home')
  readonly userData = this.folder('user-data')
  readonly documents = this.folder('documents')

  constructor(private readonly plan: LaunchPlan) {
    this.own(this.root)
    for (const path of [this.home, this.userData, this.documents]) this.own(path)
    const config = this.folder('home/.config')
    writeFileSync(join(config, 'user-dirs.dirs'), `XDG_DOCUMENTS_DIR="${this.documents}"\n`)
    for (const name of ['home/.cache', 'home/.local', 'session']) this.own(this.folder(name))
    this.own(config)
  }

  private folder(name: string): string {
    const path = join(this.root, name)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }

  own(path: string): void {
    if (this.plan.user) chownSync(path, this.plan.user.uid, this.plan.user.gid)
  }

  write(path: string, content: string | Uint8Array): string {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    this.own(path)
    return path
  }

  environment(): Record<string, string> {
    return {
      HOME: this.home,
      XDG_CONFIG_HOME: join(this.home, '.config'),
      XDG_CACHE_HOME: join(this.home, '.cache'),
      XDG_DATA_HOME: join(this.home, '.local'),
      XDG_RUNTIME_DIR: join(this.root, 'session'),
    }
  }

  documentNames(): string[] {
    return readdirSync(this.documents).sort()
  }

  emptyDocuments(): void {
    for (const name of readdirSync(this.documents)) rmSync(join(this.documents, name), { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 })
  }
}

export interface LaunchOptions {
  files: readonly string[]
  env: Record<string, string>
}

/** What starts the app, and the arguments before the caller's own. */
export const startCommand = (plan: LaunchPlan, sandbox: Sandbox): { program: string; args: string[] } => {
  // The GPU process finds nothing under Xvfb and only delays the first frame.
  const args = [...plan.args, '--disable-gpu', `--user-data-dir=${sandbox.userData}`]
  if (plan.program !== undefined) return { program: plan.program, args }
  return { program: join(plan.dist, 'electron'), args: [plan.app, ...args] }
}

/** With a path of its own Playwright cannot hold the app's "ready" back, and one start in some ten is missed. */
const packagedTries = 3

export const launchElectron = async (plan: LaunchPlan, sandbox: Sandbox, options: LaunchOptions): Promise<ElectronApplication> => {
  if (plan.program === undefined) return launchOnce(plan, sandbox, options, 30_000)
  for (let left = packagedTries; ; left--) {
    try {
      return await launchOnce(plan, sandbox, options, 15_000)
    } catch (error) {
      if (left === 1) throw error
      console.log('The start was missed; again.')
    }
  }
}

/** What the app sees of the caller's environment: nothing but its display. */
export const startEnvironment = (plan: LaunchPlan, sandbox: Sandbox): Record<string, string> => {
  const { PATH = '', XAUTHORITY } = process.env
  return {
    PATH,
    DISPLAY: displayOfWorker(),
    ...(XAUTHORITY ? { XAUTHORITY } : {}),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    WORLDSWITCH_TOUR: 'off',
    ...plan.env,
    ...sandbox.environment(),
  }
}

const launchOnce = (plan: LaunchPlan, sandbox: Sandbox, options: LaunchOptions, timeout: number): Promise<ElectronApplication> =>
  _electron.launch({
    ...(plan.program === undefined ? {} : { executablePath: plan.program }),
    args: [...startCommand(plan, sandbox).args, ...options.files],
    cwd: sandbox.documents,
    // Without this Playwright adds --no-sandbox by itself.
    chromiumSandbox: plan.sandbox === 'on',
    timeout,
    env: { ...startEnvironment(plan, sandbox), ...options.env },
  })

/** Each worker of Playwright has a display of its own (global-setup.ts). */
function displayOfWorker(): string {
  const displays = process.env['WORLDSWITCH_E2E_DISPLAYS']?.split(' ') ?? []
  return displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)] ?? process.env['DISPLAY'] ?? ''
}
