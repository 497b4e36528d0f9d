import { beforeEach, describe, expect, it, vi } from 'vitest'
import { commandIds, commandOfKey, commands, keyWords, mainCommandIds, windowCommandIds, type Pressed } from '../../../engine/commands'
import { paletteGroups } from '../../../renderer/keys/palette-entries'
import { canPerform, perform, titleNow } from '../../../renderer/state/commands'
import { addRun, renameRun } from '../../../renderer/state/actions-runs'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'
import { importedRun, simulatedRun } from './fixture'

const performed: string[] = []

beforeEach(() => {
  performed.length = 0
  vi.stubGlobal('window', {
    worldswitch: { setDirty: async () => undefined, perform: async (id: string) => { performed.push(id) } },
  })
  useWorkbench.setState(initialWorkbench(), true)
})

const press = (key: string, more: Partial<Pressed> = {}): Pressed =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

describe('the map of commands', () => {
  it('has no key twice in one place', () => {
    const places = new Set(commandIds.map((id) => commands[id].where))
    expect(places.size).toBeGreaterThan(2)
    for (const where of places) {
      const keys = commandIds.filter((id) => commands[id].where === where).flatMap((id) => commands[id].keys)
      expect(new Set(keys).size, where).toBe(keys.length)
    }
  })

  it('reads keys as people name them', () => {
    expect(keyWords(press('z', { ctrlKey: true }))).toBe('Ctrl+Z')
    expect(keyWords(press('Z', { metaKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Z')
    expect(keyWords(press('?', { shiftKey: true }))).toBe('?')
    expect(keyWords(press('+', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl++')
    expect(keyWords(press('ArrowUp', { altKey: true }))).toBe('Alt+↑')
    expect(keyWords(press('F10', { shiftKey: true }))).toBe('Shift+F10')
  })

  it('leads from every key of the window or the main process to its command', () => {
    for (const id of [...windowCommandIds, ...mainCommandIds]) {
      for (const key of commands[id].keys) {
        const parts = key === 'Ctrl++' ? ['Ctrl', '+'] : key.split('+')
        const shown = parts.at(-1)!
        const name = { '↑': 'ArrowUp', '↓': 'ArrowDown' }[shown] ?? shown
        const event = press(name, { ctrlKey: parts.includes('Ctrl'), altKey: parts.includes('Alt'), shiftKey: parts.includes('Shift') })
        expect(commandOfKey(event, commands[id].where), key).toBe(id)
      }
    }
  })

  it('knows no command for keys of a view, other modifiers or other places', () => {
    expect(commandOfKey(press('Enter'))).toBeNull()
    expect(commandOfKey(press('?', { altKey: true }))).toBeNull()
    expect(commandOfKey(press('Delete'))).toBeNull()
    expect(commandOfKey(press('Delete'), 'runs')).toBe('run.delete')
  })
})

describe('commands', () => {
  it('that make no sense now do nothing, and say so', () => {
    for (const id of ['edit.undo', 'edit.redo', 'edit.search', 'run.rename', 'run.delete', 'run.cancel', 'view.whole-run'] as const) {
      expect(canPerform(now(), id), id).toBe(false)
      expect(perform(id), id).toBe(false)
    }
    addRun(importedRun('i'))
    expect(canPerform(now(), 'run.delete')).toBe(true)
    expect(canPerform(now(), 'run.other-seed')).toBe(false)
  })

  it('of the main process are asked of it', () => {
    expect(perform('file.save')).toBe(true)
    expect(performed).toEqual(['file.save'])
  })

  it('undo and redo the session, and say what they did and would do', () => {
    const id = addRun(simulatedRun('a'))
    renameRun(id, 'before')
    expect(titleNow(now(), 'edit.undo')).toBe('Undo: rename to before')
    perform('edit.undo')
    expect(now().shell.said).toEqual({ way: 'undone', words: 'rename to before' })
    expect(titleNow(now(), 'edit.redo')).toBe('Redo: rename to before')
    perform('edit.redo')
    expect(now().document.runs[0]!.name).toBe('before')
    perform('run.delete')
    expect(now().document.runs).toEqual([])
    perform('edit.undo')
    expect(now().document.runs[0]!.name).toBe('before')
  })

  it('show their views', () => {
    perform('view.notes')
    expect(now().document.view.tab).toBe('notes')
  })
})

describe('the palette', () => {
  const ids = () => paletteGroups(now()).flatMap((group) => group.entries.map((entry) => entry.id))
  const run = (id: string) => paletteGroups(now()).flatMap((group) => group.entries).find((entry) => entry.id === id)!.run()

  it('has every command of window and main process that makes sense, and no other', () => {
    addRun(simulatedRun('a'))
    const possible = [...windowCommandIds, ...mainCommandIds].filter((id) => id !== 'view.palette' && canPerform(now(), id))
    expect(ids().filter((id) => id in commands).sort()).toEqual([...possible].sort())
    expect(ids()).not.toContain('run.cancel')
    expect(ids()).toContain('run.rename')
    expect(new Set(ids()).size).toBe(ids().length)
  })

  it('selects and compares runs by name', () => {
    const a = addRun(simulatedRun('a'))
    const b = addRun(simulatedRun('b'))
    run(`select:${a}`)
    expect(now().document.view.selectedRun).toBe(a)
    run(`compare:${b}`)
    expect(now().document.view).toMatchObject({ tab: 'compare', compare: { a, b } })
  })

  it('switches what the scenario has, and only where that means something', () => {
    const before = now().scenario.optimizations.includes('send-combining')
    run('scenario:send-combining')
    expect(now().scenario.optimizations.includes('send-combining')).toBe(!before)
    run('scenario:native')
    expect(ids()).not.toContain('scenario:send-combining')
  })
})
