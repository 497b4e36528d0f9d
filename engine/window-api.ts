import type { MainCommand, WindowCommand } from './commands'
import type { ExportId } from './exports/kinds'
import type { PlainError } from './plain-error'

/**
 * What the window may ask of the main process, and what it is told: `window.worldswitch`, put there by the
 * preload. Types only, but for two constants. The window never names a path: the main process keeps paths and
 * hands out file names, bytes, and paths sealed for the engine.
 *
 * Order of things: the window installs its listeners (`onEvent`, and 'message' for the engine's port), then
 * calls `ready()` once. Nothing is sent before that: afterwards come the engine's state, its port, and the
 * files that were named at start.
 */
export interface WindowApi {
  /** Call once, when the listeners are installed. */
  ready(): Promise<AppInfo>
  info(): Promise<AppInfo>
  /** For a report of a fault. */
  diagnostics(): Promise<Diagnostics>
  /** Returns a function that ends the subscription. */
  onEvent(listener: (event: WindowEvent) => void): () => void

  /** Title mark and the question on close follow this flag. */
  setDirty(dirty: boolean): Promise<void>
  /**
   * The answer to 'document:bytes-wanted'. When it resolves to saved, the document counts as clean; if it was
   * changed after the bytes were taken, call `setDirty(true)` again.
   */
  save(saveId: number, bytes: Uint8Array): Promise<SaveResult>
  /** The other answer to 'document:bytes-wanted': there are no bytes, because encoding failed. */
  saveFailed(saveId: number, error: PlainError): Promise<void>
  /**
   * The answer to 'document:opened', once decoded: true when the window shows it, false when it could not be read
   * (the window has shown why). Only then does the main process count the file as the open one.
   */
  opened(documentId: number, shown: boolean): Promise<void>
  /** What a dropped file is; 'no path' when it is none of the disk's; null when it could not be opened, which has been shown, or is not wanted. */
  dropped(file: File): Promise<PickedFile | 'no path' | null>
  /** Before a dropped session replaces the open one: asks about unsaved changes. False means leave things alone. */
  mayReplace(): Promise<boolean>
  /** A dropped session is now shown. It has a name but no path, so that Save asks where. */
  adopted(fileName: string): Promise<void>

  /** A profile's entry of the session file, for the recovery copy. */
  keepProfile(sha256: string, bytes: Uint8Array): Promise<KeptResult>
  /**
   * The session as it is now, unsaved: its manifest, and the digests of the profiles in it. Profiles that are missing
   * have to be given with `keepProfile` first.
   */
  keepCopy(manifest: string, profiles: string[]): Promise<KeptResult>

  /** Asks the user where, suggesting `name` (the extension follows from the kind), and writes the whole file or nothing. */
  saveExport(name: string, kind: ExportKind, bytes: Uint8Array): Promise<ExportResult>

  /** For buttons that do what a menu item of that id does. */
  perform(command: MainCommand): Promise<void>
  setTheme(theme: ThemeChoice): Promise<void>
  /** What Undo and Redo would do, in words for the menu; null when there is nothing. */
  setHistory(undo: string | null, redo: string | null): Promise<void>
  /** After the engine's state 'failed': try again. */
  restartEngine(): Promise<void>
}

export type ThemeChoice = 'light' | 'dark' | 'system'

/** What a view or the session becomes, and the formats of profiles. */
export type ExportKind = 'png' | 'svg' | 'html' | 'markdown' | 'rules' | ExportId

/** `error` is null when the user changed their mind. */
export type ExportResult =
  | { saved: true; fileName: string }
  | { saved: false; error: PlainError | null }

export interface AppInfo {
  version: string
  /** The commit that a package was made of, and its day; null in a checkout. */
  source: { revision: string; date: string } | null
  electron: string
  chrome: string
  platform: string
  /** 'official', or the words of the mark that a fallback runtime must carry. */
  runtime: string
  sandbox: 'on' | 'off'
  /** Show the tour once: no earlier start has left anything in this user's data folder. */
  tour: boolean
  /** Files were named on the command line and come as 'document:opened' after `ready()`; or an empty session is wanted. */
  filesAtStart: boolean
  /** What the two runs of a start without files send, where that is not the paper's transfer; null: it is. */
  firstRunBytes: number | null
  theme: ThemeChoice
  /** What is shown now follows the system or the choice; CSS `prefers-color-scheme` says the same. */
  dark: boolean
}

/** Nothing of a session or a profile is in it. */
export interface Diagnostics {
  facts: { label: string; value: string }[]
  /** First lines of the newest errors of the main process since its start. */
  errors: string[]
}

export type EngineState = 'starting' | 'ready' | 'down' | 'failed'

export interface EngineStateEvent {
  type: 'engine:state'
  state: EngineState
  /** Why it is down or failed, for people: 'the engine crashed (exit code 5)'. */
  reason?: string
}

/**
 * A file the user picked. A session replaces what is open (unsaved changes are settled), a machine file goes into the
 * scenario editor, a rule file to the selected recording, a profile is added to the session: its path goes to the engine, sealed, and the engine reads it.
 */
export type PickedFile = { fileName: string } & (
  /** `recovered`: a copy of unsaved work: what is shown is not saved yet. */
  | { kind: 'session'; bytes: Uint8Array; recovered?: true }
  | { kind: 'machine'; bytes: Uint8Array }
  | { kind: 'rules'; bytes: Uint8Array }
  | { kind: 'profile'; sealedPath: string }
)

export type OpenedFile = PickedFile & { type: 'document:opened'; documentId: number }

export type WindowEvent =
  | EngineStateEvent
  | OpenedFile
  /** Show an empty, untitled session (unsaved changes are settled). */
  | { type: 'document:new' }
  /** Encode the session and answer with `save` or `saveFailed`. */
  | { type: 'document:bytes-wanted'; saveId: number }
  /** The open document's name, null while untitled. */
  | { type: 'document:named'; fileName: string | null }
  | { type: 'command'; id: WindowCommand }
  | { type: 'theme'; theme: ThemeChoice; dark: boolean }
  /** Something failed outside the window: show it. */
  | { type: 'problem'; error: PlainError }

/** `error`: the copy could not be written; the one before stays. */
export interface KeptResult {
  missing: string[]
  error: PlainError | null
}

export type SaveResult =
  | { saved: true; fileName: string }
  | { saved: false; error: PlainError }

/**
 * `data` of the 'message' event on window that carries the engine's end of a fresh MessagePort in `ports[0]`
 * (requests and events: protocol.ts). Comes again after each restart of the engine; the port before it is dead.
 */
export const enginePortMessage = 'worldswitch:engine-port'

/** Bytes that go through the processes as a whole (sessions, exports) are refused above this. */
export const maxFileBytes = 512 * 1024 * 1024

declare global {
  interface Window { worldswitch: WindowApi }
}
