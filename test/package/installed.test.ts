import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCurrentFuseWire, FuseState, FuseV1Options } from '@electron/fuses'
import { ensureDebianPackages } from '../../build/setup/libraries.mjs'
import { root } from '../../build/setup/files.mjs'
import { startXvfb, type VirtualDisplay } from '../e2e/xvfb'

const program = '/usr/bin/worldswitch'
const library = '/usr/lib/worldswitch'
const dist = join(root, 'dist')
const NOBODY = 65534

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, ...more }
  for (const name of Object.keys(env)) if (/^(npm_(?!config_)|WORLDSWITCH_|ELECTRON_|VITEST|NODE_ENV|INIT_CWD)/.test(name)) delete env[name]
  return { ...env, ...more }
}

const must = (command: string, args: string[], options: { env?: NodeJS.ProcessEnv } = {}): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env: options.env ?? environment(), maxBuffer: 1 << 26 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}:\n${stdout}${stderr}`)
  return stdout + stderr
}

const makePackage = () => must(process.execPath, ['build/package/package.mjs', '--drivable'])
const fileOf = (ending: string) => join(dist, readdirSync(dist).find((name) => name.endsWith(ending)) ?? `no ${ending}`)
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const apt = (...args: string[]) => must('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-y', '-q', ...args], { env: environment({ DEBIAN_FRONTEND: 'noninteractive' }) })

/** As an ordinary user with a home of its own, without a display unless one is given. */
const asUser = (home: string, command: string[], env: Record<string, string> = {}) => {
  const own = { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8', XDG_DATA_DIRS: '/usr/local/share:/usr/share', ...env }
  return spawnSync('setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...command], { cwd: home, encoding: 'utf8', env: own })
}

describe('the package, installed', () => {
  let home: string
  let display: VirtualDisplay
  let installed = ''

  beforeAll(async () => {
    if (process.getuid?.() !== 0) throw new Error('Packages are installed by root only: run this as root, in a machine made for it.')
    await ensureDebianPackages(
      ['desktop-file-utils', 'appstream', 'shared-mime-info', 'xdg-utils', 'libglib2.0-bin', 'groff-base', 'xvfb', 'xauth'], 'The package is tried with these.')
    console.log(makePackage())
    apt('install', '--no-install-recommends', fileOf('.deb'))
    installed = /worldswitch[\w-]*/.exec(must('dpkg-query', ['-S', program]))![0]
    home = mkdtempSync(join(tmpdir(), 'worldswitch-home-'))
    chownSync(home, NOBODY, NOBODY)
    chmodSync(home, 0o700)
    display = await startXvfb()
  })

  afterAll(() => {
    display.stop()
    if (existsSync(program)) apt('purge', installed)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })

  it('is the same byte for byte when it is made again', () => {
    const before = ['.deb', '.tar.gz'].map((ending) => hash(fileOf(ending)))
    makePackage()
    expect(['.deb', '.tar.gz'].map((ending) => hash(fileOf(ending)))).toEqual(before)
  }, 400_000)

  it('is within its size, and its files belong to root', () => {
    for (const ending of ['.deb', '.tar.gz']) expect(statSync(fileOf(ending)).size).toBeLessThan(120e6)
    expect(statSync(join(library, 'resources', 'app.asar')).size).toBeLessThan(3e6)
    expect(statSync(join(library, 'chrome-sandbox')).mode & 0o7777).toBe(0o4755)
    for (const file of must('dpkg', ['-L', installed]).trim().split('\n')) {
      const { uid, gid, mode } = statSync(file)
      expect([uid, gid, mode & 0o022], file).toEqual([0, 0, 0])
    }
  })

  it('cannot be made into something else by who starts it', async () => {
    const wire = await getCurrentFuseWire(join(library, 'worldswitch'))
    const state = (fuse: FuseV1Options) => (wire as unknown as Record<number, number>)[fuse]
    expect(state(FuseV1Options.RunAsNode)).toBe(FuseState.DISABLE)
    expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(FuseState.DISABLE)
    expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(FuseState.ENABLE)
    expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(FuseState.DISABLE)
    const asNode = asUser(home, [join(library, 'worldswitch'), '-p', '"ran as Node"'], { ELECTRON_RUN_AS_NODE: '1' })
    expect(asNode.stdout).not.toContain('ran as Node')
  })

  it('is described as desktops and software centres want it', () => {
    expect(must('desktop-file-validate', ['/usr/share/applications/worldswitch.desktop'])).toBe('')
    const verdict = must('appstreamcli', ['validate', '--no-net', '--pedantic', '/usr/share/metainfo/org.worldswitch.Worldswitch.metainfo.xml'])
    expect(verdict).not.toMatch(/^[EW]:/m)
    const { stdout, stderr, status } = spawnSync('sh', ['-c', 'zcat /usr/share/man/man1/worldswitch.1.gz | groff -man -Tutf8 -ww -P-cbou'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    for (const word of ['SYNOPSIS', 'compare', '--seeds', 'Simulate one scenario']) expect(stdout).toContain(word)
  })

  it('has its command line in the PATH, without a display and for anybody', () => {
    const run = asUser(home, ['worldswitch', 'run', '--vm', '2.0', '--bytes', '1MB', '--json'])
    expect([run.status, run.stderr]).toEqual([0, ''])
    const checkout = must(process.execPath, ['out/cli.mjs', 'run', '--vm', '2.0', '--bytes', '1MB', '--json'])
    expect(run.stdout).toBe(checkout)
    const wrong = asUser(home, ['worldswitch', 'run', '--vm', '9'])
    expect([wrong.status, wrong.stdout]).toEqual([2, ''])
    expect(wrong.stderr).toMatch(/^worldswitch: .*Allowed choices are native, 2\.0, optimized\.\n$/)
    const saved = asUser(home, ['worldswitch', 'demo', '--bytes', '1MB', '--save', join(home, 'demo.wsprof')])
    expect(saved.status).toBe(0)
    const imported = spawnSync('sh', ['-c', `${program} import ${library}/resources/samples/qemu-pcnet.folded.gz | head -1`], { encoding: 'utf8' })
    expect(imported.stderr).toBe('')
  })

  it('knows its files: type, default application, icons', () => {
    const file = join(home, 'demo.wsprof')
    expect(must('gio', ['info', '-a', 'standard::content-type,standard::icon', file])).toMatch(/x-worldswitch-profile/)
    // without a desktop it asks file(1), which knows nothing of types that packages bring
    expect(asUser(home, ['xdg-mime', 'query', 'filetype', file], { XDG_CURRENT_DESKTOP: 'GNOME' }).stdout.trim()).toBe('application/x-worldswitch-profile')
    expect(asUser(home, ['xdg-mime', 'query', 'default', 'application/x-worldswitch-profile']).stdout.trim()).toBe('worldswitch.desktop')
    for (const size of [16, 48, 256, 512]) {
      for (const name of ['apps/worldswitch', 'mimetypes/application-x-worldswitch-profile']) {
        const png = readFileSync(`/usr/share/icons/hicolor/${String(size)}x${String(size)}/${name}.png`)
        expect([png.readUInt32BE(16), png.readUInt32BE(20)], name).toEqual([size, size])
      }
    }
  })

  it('opens a file by a double click', async () => {
    const file = join(home, 'demo.wsprof')
    const recent = join(home, '.config', 'Worldswitch', 'recent.json')
    const env = { DISPLAY: display.name, DBUS_SESSION_BUS_ADDRESS: 'disabled:', PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' }
    const opened = spawn('setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', 'gio', 'open', file], { cwd: home, env, stdio: 'ignore', detached: true })
    try {
      await expect.poll(() => (existsSync(recent) ? readFileSync(recent, 'utf8') : ''), { timeout: 60_000 }).toContain('demo.wsprof')
    } finally {
      process.kill(-(opened.pid ?? 0), 'SIGTERM')
    }
  })

  it('runs from the .tar.gz too, wherever it lies', () => {
    const folder = join(home, 'unpacked')
    mkdirSync(folder)
    must('tar', ['-xzf', fileOf('.tar.gz'), '-C', folder, '--strip-components=1'])
    must('chmod', ['-R', 'a+rX', folder])
    chownSync(folder, NOBODY, NOBODY)
    const { stdout, status } = asUser(home, [join(folder, 'bin', 'worldswitch'), '--version'])
    expect([status, stdout]).toEqual([0, must(process.execPath, ['out/cli.mjs', '--version'])])
  })

  it('passes the whole window suite, as an ordinary user with the sandbox on', () => {
    const { status, stdout } = spawnSync(join(root, 'node_modules', '.bin', 'playwright'), ['test', '-c', 'test/e2e/playwright.config.ts'], {
      cwd: root, encoding: 'utf8', maxBuffer: 1 << 26, env: environment({ WORLDSWITCH_APP: program }), stdio: ['ignore', 'pipe', 'inherit'],
    })
    console.log(stdout)
    expect(stdout).toMatch(/\/usr\/bin\/worldswitch, user nobody, sandbox on/)
    expect(status).toBe(0)
  }, 1_800_000)

  it('goes without a trace and leaves what is the user\'s', () => {
    const files = must('dpkg', ['-L', installed]).trim().split('\n').filter((path) => statSync(path).isFile())
    apt('purge', installed)
    expect(files.filter((path) => existsSync(path))).toEqual([])
    expect(existsSync(library)).toBe(false)
    expect(existsSync(join(home, 'demo.wsprof'))).toBe(true)
    expect(existsSync(join(home, '.config', 'Worldswitch', 'state.json'))).toBe(true)
    expect(must('gio', ['mime', 'application/x-worldswitch-profile'])).not.toContain('worldswitch.desktop')
  })
})
