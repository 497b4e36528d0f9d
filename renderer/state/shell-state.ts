import type { PinPlace } from '../../engine/session/document'

/** What the frame of the window shows besides the views; nothing of it is saved. */
export interface Shell {
  /** What was just done or undone, in words, with the way back. Goes away by itself when something else is done. */
  said: { way: 'done' | 'undone' | 'redone'; words: string } | null
  /** The run whose name is being changed in the list. */
  renaming: string | null
  /** What a note that is being written may be pinned to, the likeliest first. */
  notePlaces: PinPlace[]
  /** The note to look at first in the view of notes. */
  pin: string | null
  /** How often the inspector was told to fold away or to come back; its panel knows which of both it is. */
  inspectorToggled: number
  /** Which step of the tour is shown; null: none. */
  tourStep: number | null
}

export const initialShell: Shell = { said: null, renaming: null, notePlaces: [], pin: null, inspectorToggled: 0, tourStep: null }
