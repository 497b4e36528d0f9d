/** The one key map: the handlers and the help overlay are both made from it. */
export interface KeyBinding {
  /** As shown; 'Ctrl' stands for Command on a Mac. */
  keys: readonly string[]
  does: string
  where: 'everywhere' | 'flame'
  /** Handled by the menu (main process), by the window, or by the flame that has the focus. */
  by: 'menu' | 'window' | 'flame'
}

export const keymap = {
  run: { keys: ['Ctrl+Enter'], does: 'Run the scenario', where: 'everywhere', by: 'menu' },
  cancel: { keys: ['Escape'], does: 'Cancel what runs (zooms out while a flame has the focus)', where: 'everywhere', by: 'window' },
  new: { keys: ['Ctrl+N'], does: 'Start an empty session', where: 'everywhere', by: 'menu' },
  open: { keys: ['Ctrl+O'], does: 'Open a session or add a profile', where: 'everywhere', by: 'menu' },
  save: { keys: ['Ctrl+S'], does: 'Save the session', where: 'everywhere', by: 'menu' },
  saveAs: { keys: ['Ctrl+Shift+S'], does: 'Save the session under another name', where: 'everywhere', by: 'menu' },
  close: { keys: ['Ctrl+W', 'Ctrl+Q'], does: 'Close the window', where: 'everywhere', by: 'menu' },
  flame: { keys: ['Ctrl+1'], does: 'Show the flame', where: 'everywhere', by: 'menu' },
  table: { keys: ['Ctrl+2'], does: 'Show Table 2', where: 'everywhere', by: 'menu' },
  compare: { keys: ['Ctrl+3'], does: 'Show the comparison', where: 'everywhere', by: 'menu' },
  search: { keys: ['/', 'Ctrl+F'], does: 'Search functions', where: 'everywhere', by: 'window' },
  help: { keys: ['?', 'F1'], does: 'Show these keys', where: 'everywhere', by: 'window' },
  move: { keys: ['←', '↑', '→', '↓'], does: 'Move between boxes', where: 'flame', by: 'flame' },
  zoomTo: { keys: ['Enter'], does: 'Zoom to the selected box', where: 'flame', by: 'flame' },
  out: { keys: ['Escape', 'Backspace'], does: 'Zoom out one step', where: 'flame', by: 'flame' },
  reset: { keys: ['0'], does: 'Show the whole', where: 'flame', by: 'flame' },
  zoom: { keys: ['W', 'S', '+', '-'], does: 'Zoom in, zoom out (one flame)', where: 'flame', by: 'flame' },
  pan: { keys: ['A', 'D'], does: 'Move left, move right (one flame)', where: 'flame', by: 'flame' },
  rows: { keys: ['PageUp', 'PageDown', 'Shift+wheel'], does: 'Scroll rows', where: 'flame', by: 'flame' },
  wheel: { keys: ['wheel'], does: 'Zoom about the pointer', where: 'flame', by: 'flame' },
} as const satisfies Record<string, KeyBinding>

export type KeyAction = keyof typeof keymap
/** Actions whose keys the window itself listens to. */
export type WindowAction = { [K in KeyAction]: (typeof keymap)[K]['by'] extends 'window' ? K : never }[KeyAction]

interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }

/** The action that a key press means, as far as the window handles it itself. */
export function windowAction(event: Pressed): WindowAction | null {
  if (event.altKey) return null
  const control = event.ctrlKey || event.metaKey
  const pressed = control ? `Ctrl+${event.key.toUpperCase()}` : event.key
  for (const [action, binding] of Object.entries(keymap) as [KeyAction, KeyBinding][]) {
    if (binding.by === 'window' && binding.keys.includes(pressed)) return action as WindowAction
  }
  return null
}
