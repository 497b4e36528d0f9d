import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { Menu } from 'electron'
import { viewIds, viewTitles } from '../engine/session/document'
import type { MainCommand, ThemeChoice, WindowCommand } from '../engine/window-api'

/** What menu items do; ids of items are the commands' ids, so that tests and buttons can name them. */
export interface MenuActions {
  perform(command: MainCommand): void
  toWindow(command: WindowCommand): void
  openRecent(path: string): void
  clearRecent(): void
  setTheme(theme: ThemeChoice): void
}

export interface MenuState {
  recent: readonly string[]
  theme: ThemeChoice
  devTools: boolean
}

type Item = MenuItemConstructorOptions
const separator: Item = { type: 'separator' }

export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  return [
    { label: '&File', submenu: fileMenu(state, actions) },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: '&View', submenu: viewMenu(state, actions) },
    {
      label: '&Run',
      submenu: [
        windowItem(actions, 'run.start', 'Run Scenario', 'CmdOrCtrl+Enter'),
        // Shown, not registered: Esc also closes and zooms out, so the window decides what it means.
        { ...windowItem(actions, 'run.cancel', 'Cancel', 'Esc'), registerAccelerator: false },
      ],
    },
    {
      label: '&Help',
      submenu: [
        windowItem(actions, 'help.keyboard', 'Keyboard', 'F1'),
        windowItem(actions, 'help.about', 'About Worldswitch'),
      ],
    },
  ]
}

function mainItem(actions: MenuActions, id: MainCommand, label: string, accelerator: string): Item {
  return { id, label, accelerator, click: () => actions.perform(id) }
}

function windowItem(actions: MenuActions, id: WindowCommand, label: string, accelerator?: string): Item {
  return { id, label, click: () => actions.toWindow(id), ...(accelerator ? { accelerator } : {}) }
}

function fileMenu({ recent }: MenuState, actions: MenuActions): Item[] {
  const recentItems: Item[] = recent.map((path, index) => ({
    id: `file.recent.${index}`, label: literal(basename(path)), sublabel: path, toolTip: path,
    click: () => actions.openRecent(path),
  }))
  const submenu: Item[] = recentItems.length > 0
    ? [...recentItems, separator, { id: 'file.recent.clear', label: 'Clear', click: () => actions.clearRecent() }]
    : [{ id: 'file.recent.none', label: 'Nothing yet', enabled: false }]
  return [
    mainItem(actions, 'file.new', 'New', 'CmdOrCtrl+N'),
    mainItem(actions, 'file.open', 'Open…', 'CmdOrCtrl+O'),
    { id: 'file.recent', label: 'Open Recent', submenu },
    separator,
    mainItem(actions, 'file.save', 'Save', 'CmdOrCtrl+S'),
    mainItem(actions, 'file.save-as', 'Save As…', 'CmdOrCtrl+Shift+S'),
    separator,
    mainItem(actions, 'file.close', 'Close', 'CmdOrCtrl+W'),
    { id: 'file.quit', role: 'quit', accelerator: 'CmdOrCtrl+Q' },
  ]
}

/** A single & would be taken for the letter to underline. */
const literal = (text: string) => text.replaceAll('&', '&&')

const themes: readonly (readonly [ThemeChoice, string])[] = [
  ['light', 'Light'], ['dark', 'Dark'], ['system', 'As the System'],
]

function viewMenu({ theme, devTools }: MenuState, actions: MenuActions): Item[] {
  return [
    ...viewIds.map((id, index) => windowItem(actions, `view.${id}`, viewTitles[id], `CmdOrCtrl+${index + 1}`)),
    separator,
    {
      id: 'view.theme',
      label: 'Theme',
      submenu: themes.map(([choice, label]): Item => ({
        id: `view.theme.${choice}`, label, type: 'radio', checked: choice === theme,
        click: () => actions.setTheme(choice),
      })),
    },
    separator,
    { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' },
    separator,
    { id: 'view.full-screen', role: 'togglefullscreen' },
    ...(devTools ? [separator, { role: 'toggleDevTools' } as const] : []),
  ]
}

export function showMenu(state: MenuState, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions)))
}
