import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensurePackages, packagesState } from '../../../build/setup/packages.mjs'
import { put, temporaryFolder, temporaryProject, until } from './temporary'

const lock = (version: string) =>
  JSON.stringify({ packages: { '': { name: 'p' }, 'node_modules/a': { version, integrity: `sha512-${version}` } } })
const hidden = (version: string) =>
  JSON.stringify({ packages: { 'node_modules/a': { version, integrity: `sha512-${version}` } } })

describe('whether node_modules fits package-lock.json', () => {
  it('is missing, unfinished, made by hand, or of another lock file', () => {
    const folder = temporaryFolder()
    put(folder, 'package-lock.json', lock('1.0.0'))
    expect(packagesState(folder)).toMatchObject({ fresh: false, why: 'node_modules is missing' })
    put(folder, 'node_modules/a/package.json', '{}')
    expect(packagesState(folder)).toMatchObject({ fresh: false, why: 'node_modules is unfinished' })
    put(folder, 'node_modules/.package-lock.json', hidden('1.0.0'))
    expect(packagesState(folder)).toMatchObject({ fresh: true, unmarked: true })
    put(folder, 'package-lock.json', lock('1.0.1'))
    expect(packagesState(folder)).toMatchObject({ fresh: false, why: 'package-lock.json has changed (node_modules/a)' })
  })

  it('notices a package too many, and allows one that this system does not need', () => {
    const folder = temporaryFolder()
    put(folder, 'package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/mac-only': { version: '1.0.0', optional: true } } }))
    put(folder, 'node_modules/.package-lock.json', '{"packages":{}}')
    expect(packagesState(folder).fresh).toBe(true)
    put(folder, 'node_modules/.package-lock.json', hidden('1.0.0'))
    expect(packagesState(folder)).toMatchObject({ fresh: false, why: 'package-lock.json has changed (node_modules/a)' })
  })
})

describe('node_modules that is a link', () => {
  it('is used when it fits, and never emptied when it does not', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()]
    put(other, 'node_modules/.package-lock.json', hidden('1.0.0'))
    put(other, 'node_modules/a/package.json', '{}')
    mkdirSync(folder, { recursive: true })
    symlinkSync(join(other, 'node_modules'), join(folder, 'node_modules'))
    put(folder, 'package-lock.json', lock('1.0.1'))
    const refused = await ensurePackages(folder).catch((error: unknown) => error)
    expect(refused).toMatchObject({ message: expect.stringContaining('node_modules is a link') as string })
    expect(existsSync(join(other, 'node_modules/a/package.json'))).toBe(true)
    put(folder, 'package-lock.json', lock('1.0.0'))
    expect(await ensurePackages(folder)).toEqual({ note: 'installed by hand, matches package-lock.json' })
  })
})

/** Stands for npm: takes its time, leaves node_modules half-made until the end, and tells when two run at once. */
const FAKE_NPM = `#!/bin/sh
echo start >> "$TRACE"
mkdir busy || echo overlap >> "$TRACE"
rm -rf node_modules && mkdir -p node_modules/a && touch node_modules/a/half
while [ ! -e go ]; do sleep 0.05; done
printf '%s' '${hidden('1.0.0')}' > node_modules/.package-lock.json
rmdir busy
echo end >> "$TRACE"
`

describe('an interrupted npm ci', () => {
  const setUp = () => {
    const project = temporaryProject()
    put(project, 'package-lock.json', lock('1.0.0'))
    put(project, 'bin/npm', FAKE_NPM, 0o755)
    const trace = put(project, 'trace', '')
    const start = (): ChildProcess =>
      spawn(process.execPath, [join(project, 'build', 'setup.mjs'), '--for', 'packages'], {
        stdio: 'ignore',
        env: { ...process.env, PATH: `${join(project, 'bin')}:${process.env['PATH'] ?? ''}`, TRACE: trace },
      })
    const seen = () => readFileSync(trace, 'utf8').trim().split('\n').filter(Boolean)
    const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('close', resolve))
    return { project, start, seen, ended }
  }

  it('is noticed and done again, after the npm that was left behind has ended', async () => {
    const { project, start, seen, ended } = setUp()
    const first = start()
    const firstEnded = ended(first)
    await until(() => seen().length === 1 && existsSync(join(project, 'node_modules', 'a', 'half')))
    // The set-up dies with its locks; the npm that it started lives on and still writes node_modules.
    first.kill('SIGKILL')
    await firstEnded
    expect(packagesState(project)).toMatchObject({ fresh: false, why: 'node_modules is unfinished' })
    const second = start()
    const secondEnded = ended(second)
    put(project, 'go', '')
    expect(await secondEnded).toBe(0)
    // Either npm alone finished in time for the second set-up to accept it, or it ran again; never two at once.
    expect(seen()).not.toContain('overlap')
    expect(packagesState(project)).toMatchObject({ fresh: true, why: 'up to date' })
  })

  it('does not run twice for two set-ups at once: the second waits and finds it done', async () => {
    const { project, start, seen, ended } = setUp()
    const both = [start(), start()].map(ended)
    await until(() => seen().length === 1)
    put(project, 'go', '')
    expect(await Promise.all(both)).toEqual([0, 0])
    expect(seen()).toEqual(['start', 'end'])
  })

  it('that fails leaves no mark of success', async () => {
    const { project, start, ended } = setUp()
    put(project, 'bin/npm', '#!/bin/sh\nmkdir -p node_modules/a\nexit 1\n', 0o755)
    expect(await ended(start())).toBe(1)
    expect(packagesState(project)).toMatchObject({ fresh: false, why: 'node_modules is unfinished' })
    rmSync(join(project, 'node_modules'), { recursive: true })
  })
})
