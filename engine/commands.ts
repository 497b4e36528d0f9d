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

/** A command of a menu whose keys work anywhere; `place` is the menu and the section in it. */
function inMenu<By extends Command['by']>(by: By) {
  return (title: string, keys: readonly string[], place: readonly [MenuName, number], does?: string) => {
    const menu = { in: place[0], section: place[1] }
    const command: Command & { by: By } = { title, keys, where: everywhere, by, menu }
    return does === undefined ? command : { ...command, does }
  }
}

const byMain = inMenu('main')
const byWindow = inMenu('window')
const byMenu = inMenu('menu')

const fileCommands = {
  'file.new': byMain('New', ['Ctrl+N'], ['file', 1], 'Start an empty session'),
  'file.open': byMain('Open…', ['Ctrl+O'], ['file', 1], 'Open a session or add a profile'),
  'file.sample.pair': byMain('Sample: QEMU, pcnet Against e1000', [], ['file', 1.5],
    'Add two real profiles: QEMU while its guest sends through one card and the other'),
  'file.sample.perf': byMain('Sample: QEMU, perf script', [], ['file', 1.5], 'Add a real profile with time stamps'),
  'file.sample.trace': byMain('Sample: QEMU Trace of a pcnet Card', [], ['file', 1.5],
    'Add a real log of a card\'s registers and frames'),
  'file.save': byMain('Save', ['Ctrl+S'], ['file', 2], 'Save the session'),
  'file.save-as': byMain('Save As…', ['Ctrl+Shift+S'], ['file', 2], 'Save the session under another name'),
  'file.export-png': byWindow('Export View as PNG…', [], ['file', 3], 'Save the view on screen as a picture of pixels'),
  'file.export-svg': byWindow('Export View as SVG…', [], ['file', 3],
    'Save the view on screen as a picture of lines and text'),
  'file.export-csv': byWindow('Export Table as CSV…', [], ['file', 3],
    'Save the figures of the view on screen for a spreadsheet'),
  'file.export-html': byWindow('Export Report as HTML…', [], ['file', 3],
    'Save the whole session as one page that prints'),
  'file.export-markdown': byWindow('Export Report as Markdown…', [], ['file', 3],
    'Save the whole session as text with tables'),
  'file.export-profile': byWindow('Export Profile As…', [], ['file', 3],
    'Save the selected run for another program: pprof, speedscope, Firefox Profiler, Perfetto, folded stacks, CSV, a session'),
  'file.close': byMain('Close', ['Ctrl+W'], ['file', 4], 'Close the window'),
  'file.quit': byMenu('Quit', ['Ctrl+Q'], ['file', 4], 'Quit Worldswitch'),
} as const satisfies Record<string, Command>

const editCommands = {
  'edit.undo': byWindow('Undo', ['Ctrl+Z'], ['edit', 1],
    'Undo: in a text field its typing, elsewhere the last change of the session'),
  'edit.redo': byWindow('Redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], ['edit', 1]),
  'edit.cut': byMenu('Cut', ['Ctrl+X'], ['edit', 2]),
  'edit.copy': byMenu('Copy', ['Ctrl+C'], ['edit', 2]),
  'edit.paste': byMenu('Paste', ['Ctrl+V'], ['edit', 2]),
  'edit.select-all': byMenu('Select All', ['Ctrl+A'], ['edit', 2]),
  'edit.search': byWindow('Search Functions', ['Ctrl+F', '/'], ['edit', 3]),
  'edit.note': byWindow('Note…', ['Ctrl+Shift+M'], ['edit', 3], 'Note on what is selected'),
} as const satisfies Record<string, Command>

type WindowsOwn = Command & { by: 'window' }

function viewCommands(): Record<`view.${ViewId}`, WindowsOwn> {
  return Object.fromEntries(viewIds.map((id, index): [string, WindowsOwn] => [`view.${id}`, {
    title: viewTitles[id], does: `Show ${viewTitles[id]}`, keys: [`Ctrl+${index + 1}`], where: everywhere, by: 'window',
    menu: { in: 'view', section: 1 },
  }])) as Record<`view.${ViewId}`, WindowsOwn>
}

const windowCommands = {
  'view.palette': byWindow('Command Palette…', ['Ctrl+Shift+P', 'Ctrl+K'], ['view', 2]),
  'view.inspector': byWindow('Show or Hide the Inspector', ['Ctrl+I'], ['view', 2], 'Fold the inspector away, or bring it back'),
  'view.whole-run': byWindow('Show the Whole Run', [], ['view', 2], 'Give up the chosen range of time'),
  'view.theme.light': byMain('Theme: Light', [], ['view', 3]),
  'view.theme.dark': byMain('Theme: Dark', [], ['view', 3]),
  'view.theme.system': byMain('Theme: As the System', [], ['view', 3]),
  'view.zoom-in': byMain('Zoom In', ['Ctrl+=', 'Ctrl++'], ['view', 4], 'Make everything larger'),
  'view.zoom-out': byMain('Zoom Out', ['Ctrl+-'], ['view', 4], 'Make everything smaller'),
  'view.zoom-reset': byMain('Actual Size', ['Ctrl+0'], ['view', 4], 'Everything in its own size'),
  'view.full-screen': byMain('Full Screen', ['F11'], ['view', 5]),
} as const satisfies Record<string, Command>

const runCommands = {
  'run.start': byWindow('Run Scenario', ['Ctrl+Enter'], ['run', 1]),
  'run.cancel': byWindow('Cancel', ['Escape'], ['run', 1], 'Cancel what runs (zooms out while a flame has the focus)'),
  'run.presets': byWindow('Run 2.0 and Optimized', [], ['run', 1]),
  'run.rename': byWindow('Rename Run', ['F2'], ['run', 2]),
  'run.to-editor': byWindow('Put Scenario into the Editor', ['Ctrl+D'], ['run', 2]),
  'run.other-seed': byWindow('Run Again with Another Seed', ['Ctrl+Shift+Enter'], ['run', 2]),
  'run.other-seeds': byWindow('Run Again with 10 Other Seeds', [], ['run', 2]),
  'run.verify': byWindow('Verify Run', [], ['run', 2], 'Simulate it again from its scenario and seed, and compare everything'),
  'run.up': { ...byWindow('Move Run Up', ['Alt+↑'], ['run', 3]), where: 'runs' },
  'run.down': { ...byWindow('Move Run Down', ['Alt+↓'], ['run', 3]), where: 'runs' },
  'run.delete': { ...byWindow('Delete Run', ['Delete'], ['run', 3]), where: 'runs' },
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
  'timeline.mark': {
    title: 'Mark a range: its start, its end at the edge of what is on screen', keys: ['[', ']', 'Shift+drag'], where: 'timeline', by: 'view',
  },
  'timeline.apply': { title: 'Show only the marked range in Flame, Table 2, Packet and Compare', keys: ['Enter'], where: 'timeline', by: 'view' },
  'timeline.unmark': { title: 'Unmark it', keys: ['Escape'], where: 'timeline', by: 'view' },
  'timeline.mode': { title: 'Whether a drag moves or marks', keys: ['R'], where: 'timeline', by: 'view' },
} as const satisfies Record<string, Command>

const helpCommands = {
  'help.view': byWindow('What Am I Looking At?', ['Shift+F1'], ['help', 1], 'Explain the view on screen'),
  'help.tour': byWindow('Tour', [], ['help', 1], 'Show the window in five steps'),
  'help.keyboard': byWindow('Keyboard', ['F1', '?'], ['help', 1], 'Show these keys'),
  'help.recording': byWindow('How to Record a Profile', [], ['help', 1], 'Commands that record what can be opened'),
  'help.diagnostics': byWindow('Diagnostics', [], ['help', 1], 'Versions, sandbox, paths, memory, limits and last errors, to copy'),
  'help.about': byWindow('About Worldswitch', [], ['help', 1]),
} as const satisfies Record<string, Command>

const map = {
  ...fileCommands, ...editCommands, ...viewCommands(), ...windowCommands, ...runCommands, ...flameCommands,
  ...timelineCommands, ...helpCommands,
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
