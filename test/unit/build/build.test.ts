import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildTarget } from '../../../build/build.mjs'
import { nodeFault } from '../../../build/setup.mjs'
import { isAlive, sweepPartials } from '../../../build/setup/files.mjs'
import { wanted } from '../../../build/setup/steps.mjs'
import { contentHash, isFresh } from '../../../build/stamps.mjs'
import { put, temporaryFolder, temporaryProject, until } from './temporary'

interface Place {
  project: string
  work: string
}

const target = (run: (place: Place) => Promise<void>) => ({ name: 't', entry: 'src/a.ts', outputs: ['out/t.txt'], sources: ['src', 'one.json'], run })

const copying = target(({ project }) => {
  put(project, 'out/t.txt', readFileSync(join(project, 'src/a.ts'), 'utf8'))
  return Promise.resolve()
})

describe('building only what is out of date', () => {
  it('goes by content: a new time alone builds nothing, a new byte or file does', async () => {
    const project = temporaryFolder()
    const source = put(project, 'src/a.ts', 'one')
    put(project, 'one.json', '{}')
    expect(isFresh(project, copying)).toBe(false)
    await buildTarget(copying, project)
    expect(isFresh(project, copying)).toBe(true)
    utimesSync(source, new Date(0), new Date(0))
    expect(isFresh(project, copying)).toBe(true)
    put(project, 'src/b.ts', '')
    expect(isFresh(project, copying)).toBe(false)
    await buildTarget(copying, project)
    put(project, 'one.json', '{"a":1}')
    expect(isFresh(project, copying)).toBe(false)
  })

  it('tells two files apart from one with both their contents', () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    put(one, 'src/a', 'xy')
    put(two, 'src/a', 'x')
    put(two, 'src/b', 'y')
    expect(contentHash(one, ['src'])).not.toBe(contentHash(two, ['src']))
  })

  it('is not fresh without its output, and a failed build leaves neither mark nor half', async () => {
    const project = temporaryFolder()
    put(project, 'src/a.ts', 'one')
    await buildTarget(copying, project)
    const failing = target(({ work }) => {
      put(work, 'half', 'half')
      return Promise.reject(new Error('broken source'))
    })
    await expect(buildTarget(failing, project)).rejects.toThrow('broken source')
    expect(isFresh(project, copying)).toBe(false)
    expect(readdirSync(join(project, 'out')).filter((name) => name.startsWith('partial-'))).toEqual([])
  })

  it('recovers from a build that was killed in the middle', async () => {
    const project = temporaryProject()
    put(project, 'src/a.ts', 'one')
    await buildTarget(copying, project)
    put(project, 'hang.mjs', `
      import { buildTarget } from './build/build.mjs'
      import { writeFileSync } from 'node:fs'
      const run = ({ work }) => { writeFileSync(work + '/half', 'half'); return new Promise(() => setInterval(() => {}, 1000)) }
      await buildTarget({ name: 't', entry: '', outputs: ['out/t.txt'], sources: ['src', 'one.json'], run }, ${JSON.stringify(project)})
    `)
    const child = spawn(process.execPath, [join(project, 'hang.mjs')], { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('close', resolve))
    const partials = () => readdirSync(join(project, 'out')).filter((name) => name.startsWith('partial-'))
    await until(() => partials().some((name) => existsSync(join(project, 'out', name, 'half'))))
    child.kill('SIGKILL')
    await ended
    expect(isFresh(project, copying)).toBe(false)
    expect(partials()).toHaveLength(1)
    expect(sweepPartials(join(project, 'out'))).toBe(1)
    await buildTarget(copying, project)
    expect(isFresh(project, copying)).toBe(true)
  })
})

describe('the set-up', () => {
  it('leaves alone what a living set-up is making', () => {
    const folder = temporaryFolder()
    put(folder, `partial-${String(process.pid)}-1/x`, '')
    put(folder, 'partial-4194304-1/x', '')
    put(folder, 'partial-notes/x', '')
    put(folder, `partial-${String(process.pid)}-2/x`, '')
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3600 * 1000)
    utimesSync(join(folder, `partial-${String(process.pid)}-2`), twoDaysAgo, twoDaysAgo)
    expect(isAlive(process.pid)).toBe(true)
    expect(sweepPartials(folder)).toBe(2)
    expect(readdirSync(folder).sort()).toEqual([`partial-${String(process.pid)}-1`, 'partial-notes'].sort())
  })

  it('takes a killed process that nobody has waited for as dead', async () => {
    // The shell starts a child, becomes sleep, and so never waits for it.
    const shell = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const pid = await new Promise<number>((resolve) => shell.stdout.once('data', (chunk: Buffer) => { resolve(Number(chunk.toString())) }))
    await until(() => !isAlive(pid))
    expect(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')).toContain(') Z ')
    shell.kill('SIGKILL')
  })

  it('names the Node it needs', () => {
    expect(nodeFault('20.19.0')).toBeNull()
    expect(nodeFault('22.1.0')).toBeNull()
    expect(nodeFault('20.18.3')).toMatch(/needs Node 20\.19 or newer; this is Node 20\.18\.3/)
    expect(nodeFault('18.20.0')).toMatch(/install a newer Node/)
  })

  it('fetches no Electron where there is no display to show it on', () => {
    expect(wanted('start', {})).toEqual({ runtime: false, targets: ['cli', 'crew'] })
    expect(wanted('start', { DISPLAY: ':0' })).toEqual({ runtime: true, targets: undefined })
    expect(wanted('start', { WAYLAND_DISPLAY: 'wayland-0' }).runtime).toBe(true)
    expect(wanted('test', {}).runtime).toBe(true)
    expect(wanted('cli', { DISPLAY: ':0' })).toEqual({ runtime: false, targets: ['cli', 'crew'] })
  })
})
