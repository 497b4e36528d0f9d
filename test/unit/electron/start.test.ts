import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { commandIds, commands } from '../../../engine/commands'
import { filesFromArguments } from '../../../electron/arguments'
import type { MenuActions } from '../../../electron/menu'
import { menuTemplate } from '../../../electron/menu'
import { RecentFiles } from '../../../electron/recent'
import { boundsToUse, defaultSize, Settings } from '../../../electron/settings'

vi.mock('electron', () => ({ app: { getPath: () => '/nowhere', getAppPath: () => '/nowhere' }, Menu: {} }))
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
    expect(settings.get()).toEqual({ theme: 'system', bounds: null, maximized: false, zoomLevel: 0 })
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
    clearRecent: () => done.push('clear'),
  }
  const state = { recent: ['/d/R&D.wsprof'], theme: 'dark', devTools: false, undo: null, redo: null } as const
  const flat = (items: ReturnType<typeof menuTemplate>): ReturnType<typeof menuTemplate> =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
  const items = flat(menuTemplate(state, actions))
  const item = (id: string) => items.find((other) => other.id === id)

  it('has every command of the map that belongs to a menu, and does by each what its id says', () => {
    const wanted = commandIds.filter((id) => commands[id].menu && commands[id].by !== 'menu')
    expect(wanted.length).toBeGreaterThan(30)
    for (const id of wanted) item(id)?.click?.(undefined as never, undefined, undefined as never)
    expect(done).toEqual(wanted)
    item('file.recent.0')?.click?.(undefined as never, undefined, undefined as never)
    item('file.recent.clear')?.click?.(undefined as never, undefined, undefined as never)
    expect(done.slice(-2)).toEqual(['/d/R&D.wsprof', 'clear'])
    for (const id of commandIds.filter((one) => commands[one].by === 'menu')) expect(item(id)?.role).toBeDefined()
  })

  it('has nothing but them, the recent files, themes and separators', () => {
    const known = (id: string) => id in commands || id === 'file.sample' || id === 'view.theme' || id === 'file.export' || id.startsWith('file.recent')
    expect(items.filter((one) => one.id !== undefined && !known(one.id)).map((one) => one.id)).toEqual([])
  })

  it('shows the first key of each command, and no shortcut twice', () => {
    expect(item('file.save-as')?.accelerator).toBe('CmdOrCtrl+Shift+S')
    expect(item('view.notes')?.accelerator).toBe('CmdOrCtrl+9')
    expect(item('run.up')?.accelerator).toBe('Alt+Up')
    for (const id of commandIds.filter((one) => commands[one].menu)) {
      expect(item(id)?.accelerator !== undefined).toBe(commands[id].keys.length > 0)
    }
    const accelerators = items.map((one) => one.accelerator).filter((value) => value !== undefined)
    expect(new Set(accelerators).size).toBe(accelerators.length)
  })

  it('leaves to the window what means something else where the focus is', () => {
    for (const id of ['run.cancel', 'run.delete', 'run.up']) expect(item(id)?.registerAccelerator).toBe(false)
    for (const id of ['run.start', 'help.keyboard', 'edit.undo']) expect(item(id)?.registerAccelerator).toBeUndefined()
  })

  it('says what would be undone and done again', () => {
    expect(item('edit.undo')?.label).toBe('Undo')
    const told = flat(menuTemplate({ ...state, undo: 'delete R&D', redo: 'rename to x' }, actions))
    expect(told.find((one) => one.id === 'edit.undo')?.label).toBe('Undo: delete R&&D')
    expect(told.find((one) => one.id === 'edit.redo')?.label).toBe('Redo: rename to x')
  })

  it('marks the theme in use, and shows & as it is', () => {
    expect(item('view.theme.dark')?.checked).toBe(true)
    expect(item('view.theme.light')?.checked).toBe(false)
    expect(item('view.theme.dark')?.label).toBe('Dark')
    expect(item('file.recent.0')?.label).toBe('R&&D.wsprof')
  })
})
