import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { Menu } from 'electron'
import {
  commands, menuSections, type CommandId, type MainCommand, type MenuCommand, type MenuName, type WindowCommand,
} from '../engine/commands'
import { visibleName } from '../engine/visible-name'
import type { ThemeChoice } from '../engine/window-api'

/** What menu items do; ids of items are the commands' ids, so that tests and buttons can name them. */
export interface MenuActions {
  perform(command: MainCommand): void
  toWindow(command: WindowCommand): void
  openRecent(path: string): void
  clearRecent(): void
}

export interface MenuState {
  recent: readonly string[]
  theme: ThemeChoice
  devTools: boolean
  /** What Undo and Redo would do, in words; null when there is nothing, and then they are for text fields only. */
  undo: string | null
  redo: string | null
}

type Item = MenuItemConstructorOptions
const separator: Item = { type: 'separator' }

const titles: readonly (readonly [MenuName, string])[] = [
  ['file', '&File'], ['edit', '&Edit'], ['view', '&View'], ['run', '&Run'], ['help', '&Help'],
]

/** Made of the one map of commands; only what a map cannot say (recent files, themes, the developers' tools) is here. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  return titles.map(([name, label]) => {
    const sections = menuSections(name).map((ids) => ids.map((id) => item(id, state, actions)))
    if (name === 'file') {
      sections[0]!.push({ id: 'file.recent', label: 'Open Recent', submenu: recentItems(state, actions) })
      const exports = sections.findIndex((section) => section[0]!.id === 'file.export-png')
      sections[exports] = [{ id: 'file.export', label: 'Export', submenu: sections[exports]! }]
      const samples = sections.findIndex((section) => section[0]!.id === 'file.sample.pair')
      sections[0]!.push({ id: 'file.sample', label: 'Open Sample', submenu: sections.splice(samples, 1)[0]! })
    }
    if (name === 'view') {
      // the themes' own section becomes a submenu
      const at = sections.findIndex((section) => section[0]!.id === 'view.theme.light')
      sections[at] = [{ id: 'view.theme', label: 'Theme', submenu: sections[at]! }]
      if (state.devTools) sections.push([{ role: 'toggleDevTools' }])
    }
    return { label, submenu: sections.flatMap((section, index) => (index === 0 ? section : [separator, ...section])) }
  })
}

const roles: Record<MenuCommand, NonNullable<Item['role']>> = {
  'file.quit': 'quit', 'edit.cut': 'cut', 'edit.copy': 'copy', 'edit.paste': 'paste', 'edit.select-all': 'selectAll',
}

function item(id: CommandId, state: MenuState, actions: MenuActions): Item {
  const command = commands[id]
  const key = command.keys[0]
  const own: Item = { id, label: labelOf(id, state), ...(key ? shortcut(key, command.where === 'everywhere') : {}) }
  if (command.by === 'menu') return { ...own, role: roles[id as MenuCommand] }
  if (command.by === 'window') return { ...own, click: () => actions.toWindow(id as WindowCommand) }
  const theme = id.startsWith(themePrefix) ? id.slice(themePrefix.length) : null
  return {
    ...own, click: () => actions.perform(id as MainCommand),
    ...(theme === null ? {} : { type: 'radio', checked: theme === state.theme }),
  }
}

const themePrefix = 'view.theme.'

function labelOf(id: CommandId, { undo, redo }: MenuState): string {
  if (id === 'edit.undo' && undo !== null) return literal(`Undo: ${undo}`)
  if (id === 'edit.redo' && redo !== null) return literal(`Redo: ${redo}`)
  const { title } = commands[id]
  // what the palette has to say and a submenu has said already
  return title.replace(/^(Theme|Sample): /, '')
}

const acceleratorNames: Record<string, string> = {
  Ctrl: 'CmdOrCtrl', Escape: 'Esc', '↑': 'Up', '↓': 'Down', '←': 'Left', '→': 'Right',
}

/**
 * The key as Electron writes it. One that also means something to what has the focus, and one without a modifier, is
 * shown and not registered: the window decides what it means.
 */
function shortcut(key: string, everywhere: boolean): Item {
  const accelerator = key.split('+').map((part) => acceleratorNames[part] ?? part).join('+')
  const registered = everywhere && (key.includes('+') || /^F\d+$/.test(key))
  return { accelerator, ...(registered ? {} : { registerAccelerator: false }) }
}

/** A single & would be taken for the letter to underline. */
const literal = (text: string) => visibleName(text).replaceAll('&', '&&')

function recentItems({ recent }: MenuState, actions: MenuActions): Item[] {
  if (recent.length === 0) return [{ id: 'file.recent.none', label: 'Nothing yet', enabled: false }]
  return [
    ...recent.map((path, index): Item => ({
      id: `file.recent.${index}`, label: literal(basename(path)), sublabel: visibleName(path), toolTip: visibleName(path),
      click: () => actions.openRecent(path),
    })),
    separator,
    { id: 'file.recent.clear', label: 'Clear', click: () => actions.clearRecent() },
  ]
}

export function showMenu(state: MenuState, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions)))
}
