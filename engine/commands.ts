import { viewIds, viewTitles, type ViewId } from './session/document'

/**
 * The one map of everything that can be told to do something: the menu (electron/menu.ts), the handlers of keys, the
 * keyboard overlay and the command palette (renderer/keys) are all made from it. Pure data; who carries a command out is
 * `by`, and what it does is in renderer/state/commands.ts (`window`), electron/workbench.ts (`main`), the operating
 * system's menu roles (`menu`), or the view that has the focus (`view`, whose keys are listed here and nowhere else).
 */
export interface Command {
  /** As the menu and the palette say it. */
  title: string
  /** As the overlay says it, where the title does not say enough. */
  does?: string
  /** The first is the menu's. 'Ctrl' stands for Command on a Mac; modifiers in the order Ctrl, Alt, Shift. */
  keys: readonly string[]
  where: CommandPlace
  by: 'window' | 'main' | 'menu' | 'view'
  /** Sections are divided by lines, in the order of the map. */
  menu?: { in: MenuName; section: number }
}

export const menuNames = ['file', 'edit', 'view', 'run', 'help'] as const
export type MenuName = (typeof menuNames)[number]

/** Where keys work: anywhere, or while a view or the list of runs has the focus. */
export type CommandPlace = 'everywhere' | 'runs' | ViewId

export const placeTitles: Record<CommandPlace, string> = {
  everywhere: 'Everywhere', runs: 'In the list of runs', ...viewTitles, flame: 'In a flame or icicle',
}

const everywhere = 'everywhere' as const

const fileCommands = {
  'file.new': { title: 'New', does: 'Start an empty session', keys: ['Ctrl+N'], where: everywhere, by: 'main', menu: { in: 'file', section: 1 } },
  'file.open': { title: 'Open…', does: 'Open a session or add a profile', keys: ['Ctrl+O'], where: everywhere, by: 'main', menu: { in: 'file', section: 1 } },
  'file.save': { title: 'Save', does: 'Save the session', keys: ['Ctrl+S'], where: everywhere, by: 'main', menu: { in: 'file', section: 2 } },
  'file.save-as': { title: 'Save As…', does: 'Save the session under another name', keys: ['Ctrl+Shift+S'], where: everywhere, by: 'main', menu: { in: 'file', section: 2 } },
  'file.export-png': { title: 'Export View as PNG…', does: 'Save the view on screen as a picture of pixels', keys: [], where: everywhere, by: 'window', menu: { in: 'file', section: 3 } },
  'file.export-svg': { title: 'Export View as SVG…', does: 'Save the view on screen as a picture of lines and text', keys: [], where: everywhere, by: 'window', menu: { in: 'file', section: 3 } },
  'file.export-csv': { title: 'Export Table as CSV…', does: 'Save the figures of the view on screen for a spreadsheet', keys: [], where: everywhere, by: 'window', menu: { in: 'file', section: 3 } },
  'file.export-html': { title: 'Export Report as HTML…', does: 'Save the whole session as one page that prints', keys: [], where: everywhere, by: 'window', menu: { in: 'file', section: 3 } },
  'file.export-markdown': { title: 'Export Report as Markdown…', does: 'Save the whole session as text with tables', keys: [], where: everywhere, by: 'window', menu: { in: 'file', section: 3 } },
  'file.close': { title: 'Close', does: 'Close the window', keys: ['Ctrl+W'], where: everywhere, by: 'main', menu: { in: 'file', section: 4 } },
  'file.quit': { title: 'Quit', does: 'Quit Worldswitch', keys: ['Ctrl+Q'], where: everywhere, by: 'menu', menu: { in: 'file', section: 4 } },
} as const satisfies Record<string, Command>

const editCommands = {
  'edit.undo': { title: 'Undo', does: 'Undo: in a text field its typing, elsewhere the last change of the session', keys: ['Ctrl+Z'], where: everywhere, by: 'window', menu: { in: 'edit', section: 1 } },
  'edit.redo': { title: 'Redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], where: everywhere, by: 'window', menu: { in: 'edit', section: 1 } },
  'edit.cut': { title: 'Cut', keys: ['Ctrl+X'], where: everywhere, by: 'menu', menu: { in: 'edit', section: 2 } },
  'edit.copy': { title: 'Copy', keys: ['Ctrl+C'], where: everywhere, by: 'menu', menu: { in: 'edit', section: 2 } },
  'edit.paste': { title: 'Paste', keys: ['Ctrl+V'], where: everywhere, by: 'menu', menu: { in: 'edit', section: 2 } },
  'edit.select-all': { title: 'Select All', keys: ['Ctrl+A'], where: everywhere, by: 'menu', menu: { in: 'edit', section: 2 } },
  'edit.search': { title: 'Search Functions', keys: ['Ctrl+F', '/'], where: everywhere, by: 'window', menu: { in: 'edit', section: 3 } },
  'edit.note': { title: 'Note…', does: 'Note on what is selected', keys: ['Ctrl+Shift+M'], where: everywhere, by: 'window', menu: { in: 'edit', section: 3 } },
} as const satisfies Record<string, Command>

type WindowsOwn = Command & { by: 'window' }

function viewCommands(): Record<`view.${ViewId}`, WindowsOwn> {
  return Object.fromEntries(viewIds.map((id, index): [string, WindowsOwn] => [`view.${id}`, {
    title: viewTitles[id], does: `Show ${viewTitles[id]}`, keys: [`Ctrl+${index + 1}`], where: everywhere, by: 'window',
    menu: { in: 'view', section: 1 },
  }])) as Record<`view.${ViewId}`, WindowsOwn>
}

const windowCommands = {
  'view.palette': { title: 'Command Palette…', keys: ['Ctrl+Shift+P', 'Ctrl+K'], where: everywhere, by: 'window', menu: { in: 'view', section: 2 } },
  'view.whole-run': { title: 'Show the Whole Run', does: 'Give up the chosen range of time', keys: [], where: everywhere, by: 'window', menu: { in: 'view', section: 2 } },
  'view.theme.light': { title: 'Theme: Light', keys: [], where: everywhere, by: 'main', menu: { in: 'view', section: 3 } },
  'view.theme.dark': { title: 'Theme: Dark', keys: [], where: everywhere, by: 'main', menu: { in: 'view', section: 3 } },
  'view.theme.system': { title: 'Theme: As the System', keys: [], where: everywhere, by: 'main', menu: { in: 'view', section: 3 } },
  'view.zoom-in': { title: 'Zoom In', does: 'Make everything larger', keys: ['Ctrl+=', 'Ctrl++'], where: everywhere, by: 'main', menu: { in: 'view', section: 4 } },
  'view.zoom-out': { title: 'Zoom Out', does: 'Make everything smaller', keys: ['Ctrl+-'], where: everywhere, by: 'main', menu: { in: 'view', section: 4 } },
  'view.zoom-reset': { title: 'Actual Size', does: 'Everything in its own size', keys: ['Ctrl+0'], where: everywhere, by: 'main', menu: { in: 'view', section: 4 } },
  'view.full-screen': { title: 'Full Screen', keys: ['F11'], where: everywhere, by: 'main', menu: { in: 'view', section: 5 } },
} as const satisfies Record<string, Command>

const runCommands = {
  'run.start': { title: 'Run Scenario', keys: ['Ctrl+Enter'], where: everywhere, by: 'window', menu: { in: 'run', section: 1 } },
  'run.cancel': { title: 'Cancel', does: 'Cancel what runs (zooms out while a flame has the focus)', keys: ['Escape'], where: everywhere, by: 'window', menu: { in: 'run', section: 1 } },
  'run.presets': { title: 'Run 2.0 and Optimized', keys: [], where: everywhere, by: 'window', menu: { in: 'run', section: 1 } },
  'run.rename': { title: 'Rename Run', keys: ['F2'], where: everywhere, by: 'window', menu: { in: 'run', section: 2 } },
  'run.to-editor': { title: 'Put Scenario into the Editor', keys: ['Ctrl+D'], where: everywhere, by: 'window', menu: { in: 'run', section: 2 } },
  'run.other-seed': { title: 'Run Again with Another Seed', keys: ['Ctrl+Shift+Enter'], where: everywhere, by: 'window', menu: { in: 'run', section: 2 } },
  'run.other-seeds': { title: 'Run Again with 10 Other Seeds', keys: [], where: everywhere, by: 'window', menu: { in: 'run', section: 2 } },
  'run.up': { title: 'Move Run Up', keys: ['Alt+↑'], where: 'runs', by: 'window', menu: { in: 'run', section: 3 } },
  'run.down': { title: 'Move Run Down', keys: ['Alt+↓'], where: 'runs', by: 'window', menu: { in: 'run', section: 3 } },
  'run.delete': { title: 'Delete Run', keys: ['Delete'], where: 'runs', by: 'window', menu: { in: 'run', section: 3 } },
  'run.walk': { title: 'Previous run, next run', keys: ['↑', '↓'], where: 'runs', by: 'view' },
  'run.menu': { title: 'Everything else that can be done with it', keys: ['Shift+F10', 'Menu'], where: 'runs', by: 'view' },
} as const satisfies Record<string, Command>

/** Carried out by views/flame/navigation.ts and views/compare/icicle-keys.ts. */
const flameCommands = {
  'flame.move': { title: 'Move between boxes', keys: ['←', '↑', '→', '↓'], where: 'flame', by: 'view' },
  'flame.zoom-to': { title: 'Zoom to the selected box', keys: ['Enter'], where: 'flame', by: 'view' },
  'flame.out': { title: 'Zoom out one step', keys: ['Escape', 'Backspace'], where: 'flame', by: 'view' },
  'flame.reset': { title: 'Show the whole', keys: ['0'], where: 'flame', by: 'view' },
  'flame.zoom': { title: 'Zoom in, zoom out (one flame)', keys: ['W', 'S', '+', '-'], where: 'flame', by: 'view' },
  'flame.pan': { title: 'Move left, move right (one flame)', keys: ['A', 'D'], where: 'flame', by: 'view' },
  'flame.rows': { title: 'Scroll rows', keys: ['PageUp', 'PageDown', 'Shift+wheel'], where: 'flame', by: 'view' },
  'flame.wheel': { title: 'Zoom about the pointer', keys: ['wheel'], where: 'flame', by: 'view' },
  'flame.drag': { title: 'Move the picture (one flame)', keys: ['drag'], where: 'flame', by: 'view' },
  'flame.focus': { title: 'Focus the selected function', keys: ['F'], where: 'flame', by: 'view' },
  'flame.focus-path': { title: 'Focus this way to it', keys: ['P'], where: 'flame', by: 'view' },
  'flame.hide': { title: 'Hide it: drop its samples', keys: ['H'], where: 'flame', by: 'view' },
  'flame.merge': { title: 'Merge it: its time goes to its caller', keys: ['M'], where: 'flame', by: 'view' },
  'flame.collapse-recursion': { title: 'Collapse its recursion', keys: ['R'], where: 'flame', by: 'view' },
  'flame.collapse-module': { title: 'Collapse its module', keys: ['C'], where: 'flame', by: 'view' },
  'flame.only-world': { title: 'Only its world', keys: ['O'], where: 'flame', by: 'view' },
  'flame.sandwich': { title: 'Its callers and callees', keys: ['X'], where: 'flame', by: 'view' },
  'flame.turn': { title: 'Turn round: icicle, flame', keys: ['I'], where: 'flame', by: 'view' },
  'flame.matches': { title: 'Next match, previous match', keys: ['N', 'Shift+N'], where: 'flame', by: 'view' },
  'flame.menu': { title: 'What can be done with the selected box', keys: ['Shift+F10'], where: 'flame', by: 'view' },
} as const satisfies Record<string, Command>

/** Carried out by views/timeline/navigation.ts. */
const timelineCommands = {
  'timeline.pan': { title: 'Earlier, later', keys: ['A', 'D', '←', '→', 'PageUp', 'PageDown'], where: 'timeline', by: 'view' },
  'timeline.zoom': { title: 'Zoom in, zoom out', keys: ['W', 'S', '↑', '↓', '+', '-'], where: 'timeline', by: 'view' },
  'timeline.whole': { title: 'Show the whole', keys: ['0'], where: 'timeline', by: 'view' },
  'timeline.ends': { title: 'To the beginning, to the end', keys: ['Home', 'End'], where: 'timeline', by: 'view' },
  'timeline.mark': { title: 'Mark a range: its start, its end at the edge of what is on screen', keys: ['[', ']', 'Shift+drag'], where: 'timeline', by: 'view' },
  'timeline.apply': { title: 'Show only the marked range, in every view', keys: ['Enter'], where: 'timeline', by: 'view' },
  'timeline.unmark': { title: 'Unmark it', keys: ['Escape'], where: 'timeline', by: 'view' },
  'timeline.mode': { title: 'Whether a drag moves or marks', keys: ['R'], where: 'timeline', by: 'view' },
} as const satisfies Record<string, Command>

const helpCommands = {
  'help.keyboard': { title: 'Keyboard', does: 'Show these keys', keys: ['F1', '?'], where: everywhere, by: 'window', menu: { in: 'help', section: 1 } },
  'help.about': { title: 'About Worldswitch', keys: [], where: everywhere, by: 'window', menu: { in: 'help', section: 1 } },
} as const satisfies Record<string, Command>

const map = {
  ...fileCommands, ...editCommands, ...viewCommands(), ...windowCommands, ...runCommands, ...flameCommands, ...timelineCommands, ...helpCommands,
}

type Map = typeof map
export type CommandId = keyof Map
type By<Who extends Command['by']> = { [Id in CommandId]: Map[Id]['by'] extends Who ? Id : never }[CommandId]

/** Carried out by the window: sent to it as an event of type 'command' when the menu is used. */
export type WindowCommand = By<'window'>
/** Carried out by the main process, also for the window's buttons, keys and palette. */
export type MainCommand = By<'main'>
/** Roles of the operating system's menu. */
export type MenuCommand = By<'menu'>

export const commands: Record<CommandId, Command> = map
export const commandIds = Object.keys(map) as CommandId[]

function idsBy<Id extends CommandId>(by: Command['by']): Id[] {
  return commandIds.filter((id): id is Id => commands[id].by === by)
}

export const windowCommandIds = idsBy<WindowCommand>('window')
export const mainCommandIds = idsBy<MainCommand>('main')

/** Commands of a menu, section by section. */
export function menuSections(menu: MenuName): CommandId[][] {
  const sections = new Map<number, CommandId[]>()
  for (const id of commandIds) {
    const place = commands[id].menu
    if (place?.in !== menu) continue
    const section = sections.get(place.section)
    if (section) section.push(id)
    else sections.set(place.section, [id])
  }
  return [...sections].sort(([a], [b]) => a - b).map(([, ids]) => ids)
}

/** A key press as a browser tells it. */
export interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

const keyNames: Record<string, string> = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', ContextMenu: 'Menu', ' ': 'Space',
}

/** The press in the words of `Command.keys`: 'Ctrl+Shift+P', '?', 'Alt+↑'. */
export function keyWords({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const control = ctrlKey || metaKey
  const name = keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  // what Shift does to a sign or a letter alone is in the sign itself
  const shift = shiftKey && (key.length > 1 || ((control || altKey) && /[a-z]/i.test(key)))
  return `${control ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`
}

/**
 * The command that a key press means at a place, as far as the window can carry it out; null when it is none. What the
 * focus is in comes first: ask for its place before 'everywhere'.
 */
export function commandOfKey(pressed: Pressed, where: CommandPlace = everywhere): WindowCommand | MainCommand | null {
  const words = keyWords(pressed)
  const id = [...windowCommandIds, ...mainCommandIds].find((one) =>
    commands[one].where === where && commands[one].keys.includes(words))
  return id ?? null
}
