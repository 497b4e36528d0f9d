import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { filesFromArguments } from '../../../electron/arguments'
import type { MenuActions } from '../../../electron/menu'
import { menuTemplate } from '../../../electron/menu'
import { RecentFiles } from '../../../electron/recent'
import { boundsToUse, defaultSize, Settings } from '../../../electron/settings'

vi.mock('electron', () => ({ app: {}, Menu: {} }))
vi.mock('electron-log/node', () => ({ default: { info: () => undefined, error: () => undefined } }))

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('files on the command line', () => {
  const own = [folder]
  const files = (...argv: string[]) => filesFromArguments(argv, '/home/u', own)

  it('are found packaged, unpackaged and under Playwright', () => {
    const wanted = ['/home/u/a.wsprof', '/tmp/perf.txt']
    expect(files('/usr/bin/worldswitch', 'a.wsprof', '/tmp/perf.txt')).toEqual(wanted)
    expect(files('/x/electron', folder, 'a.wsprof', '/tmp/perf.txt')).toEqual(wanted)
    expect(files('/x/electron', '-r', '/pw/loader.js', '--inspect=0', folder, '--user-data-dir=/t', 'a.wsprof',
      '--no-sandbox', '/tmp/perf.txt')).toEqual(wanted)
  })

  it('may begin with a dash after --', () => {
    expect(files('/x/electron', folder, '--', '-odd.txt', '--')).toEqual(['/home/u/-odd.txt', '/home/u/--'])
  })

  it("leave out the app's own folder also by another name for it, but only once", () => {
    const link = join(tmpdir(), `worldswitch-link-${process.pid}`)
    symlinkSync(folder, link)
    try {
      expect(files('/x/electron', link, 'a.txt')).toEqual(['/home/u/a.txt'])
      expect(files('/x/electron', folder, folder)).toEqual([folder])
    } finally {
      rmSync(link)
    }
  })

  it('are none when none are named', () => {
    expect(files('/usr/bin/worldswitch')).toEqual([])
    expect(files('/x/electron', folder, '', '--disable-gpu')).toEqual([])
  })
})

describe('settings', () => {
  it('know the first start from any later one, and keep what is changed', () => {
    const path = join(folder, 'state.json')
    const first = new Settings(path)
    expect(first.firstStart).toBe(true)
    first.change({ theme: 'dark' })
    const second = new Settings(path)
    expect(second.firstStart).toBe(false)
    expect(second.get().theme).toBe('dark')
  })

  it('do without a damaged file', () => {
    const path = join(folder, 'broken.json')
    writeFileSync(path, '{"theme":')
    const settings = new Settings(path)
    expect(settings.firstStart).toBe(false)
    expect(settings.get()).toEqual({ theme: 'system', bounds: null, maximized: false })
  })

  it('put the window where it was only if that can be seen', () => {
    const screen = { x: 0, y: 0, width: 1920, height: 1080 }
    const before = { x: 300, y: 200, width: 1300, height: 700 }
    expect(boundsToUse(null, [screen])).toEqual(defaultSize)
    expect(boundsToUse(before, [screen])).toEqual(before)
    expect(boundsToUse({ ...before, x: 2500 }, [screen])).toEqual({ width: 1300, height: 700 })
    expect(boundsToUse({ ...before, x: 2500 }, [screen, { ...screen, x: 1920 }])).toMatchObject({ x: 2500 })
    expect(boundsToUse({ ...before, width: 10, height: 10 }, [screen])).toMatchObject({ width: 1024, height: 640 })
  })
})

describe('recent files', () => {
  it('keep the last ten, newest first, each once, over a restart', () => {
    const path = join(folder, 'recent.json')
    let changes = 0
    const recent = new RecentFiles(path, () => changes++)
    for (let i = 0; i < 12; i++) recent.add(`/f${i}`)
    recent.add('/f5')
    recent.drop('/f11')
    recent.drop('/not there')
    expect(changes).toBe(14)
    const again = new RecentFiles(path, () => undefined)
    expect(again.list()).toEqual(['/f5', '/f10', '/f9', '/f8', '/f7', '/f6', '/f4', '/f3', '/f2'])
    again.clear()
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([])
  })
})

describe('the menu', () => {
  const done: string[] = []
  const actions: MenuActions = {
    perform: (id) => done.push(id), toWindow: (id) => done.push(id), openRecent: (path) => done.push(path),
    clearRecent: () => done.push('clear'), setTheme: (theme) => done.push(theme),
  }
  const template = menuTemplate({ recent: ['/d/R&D.wsprof'], theme: 'dark', devTools: false }, actions)
  const all = (items: typeof template): typeof template =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])
  const items = all(template)

  it('does by each item what its id says', () => {
    const named = items.filter((item) => item.id && item.click)
    for (const item of named) item.click?.(undefined as never, undefined, undefined as never)
    expect(done).toEqual([
      'file.new', 'file.open', '/d/R&D.wsprof', 'clear', 'file.save', 'file.save-as', 'file.close',
      'view.flame', 'view.table', 'view.timeline', 'view.packet', 'view.compare', 'view.sweeps', 'view.what-if', 'view.method',
      'view.notes', 'light', 'dark', 'system', 'run.start', 'run.cancel',
      'help.keyboard', 'help.about',
    ])
  })

  it('has no id and no shortcut twice', () => {
    for (const values of [items.map((item) => item.id), items.map((item) => item.accelerator)]) {
      const present = values.filter((value) => value !== undefined)
      expect(new Set(present).size).toBe(present.length)
    }
  })

  it('marks the theme in use, shows & as it is, and leaves Esc to the window', () => {
    const item = (id: string) => items.find((other) => other.id === id)
    expect(item('view.theme.dark')?.checked).toBe(true)
    expect(item('view.theme.light')?.checked).toBe(false)
    expect(item('file.recent.0')?.label).toBe('R&&D.wsprof')
    expect(item('run.cancel')?.registerAccelerator).toBe(false)
  })
})
