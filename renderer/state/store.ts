import { create } from 'zustand'
import { immer } from 'zustand/middleware/immer'
import type { PlainError } from '../../engine/plain-error'
import type { Progress } from '../../engine/protocol'
import { emptyView, type SessionDocument } from '../../engine/session/document'
import type { AppInfo, EngineState } from '../../engine/window-api'
import { draftOf, type ScenarioDraft } from './scenario-draft'
import { defaultScenario } from '../../engine/machine/scenario'
import type { FramePath } from './frame-path'

export interface Job {
  id: number
  kind: 'run' | 'import' | 'encode' | 'decode'
  title: string
  progress: Progress | null
  cancelling: boolean
}

export type Selection =
  | { kind: 'none' }
  | { kind: 'run'; run: string }
  | { kind: 'row'; run: string; row: string }
  | { kind: 'frame'; run: string; path: FramePath }

export interface Notice {
  id: number
  severity: 'error' | 'warning'
  error: PlainError
}

/** Parts of the whole's width, 0..1. */
export interface Zoom {
  from: number
  to: number
}

export type CompareMode = 'share' | 'packet'

export interface Workbench {
  /** What a session saves: plain data. */
  document: SessionDocument
  fileName: string | null
  dirty: boolean
  /** Rises with every change worth saving: tells whether bytes taken earlier are still the newest. */
  revision: number
  /** Counts the sessions shown: a result asked for by an earlier one is not added to a later one. */
  session: number
  scenario: ScenarioDraft
  selection: Selection
  flame: { zoom: Zoom; search: string; thread: number | null; firstRow: number }
  compare: { mode: CompareMode; zoom: FramePath; hover: FramePath | null }
  jobs: Job[]
  engine: { state: EngineState; reason: string | null; version: string | null }
  notices: Notice[]
  info: AppInfo | null
  dark: boolean
  dialog: 'none' | 'keyboard' | 'about'
}

export function emptyDocument(): SessionDocument {
  return { notes: '', runs: [], view: { ...emptyView } }
}

export function initialWorkbench(): Workbench {
  return {
    document: emptyDocument(), fileName: null, dirty: false, revision: 0, session: 0,
    scenario: draftOf(defaultScenario), selection: { kind: 'none' },
    flame: { zoom: { from: 0, to: 1 }, search: '', thread: null, firstRow: 0 },
    compare: { mode: 'share', zoom: [], hover: null },
    jobs: [], engine: { state: 'starting', reason: null, version: null }, notices: [], info: null, dark: false,
    dialog: 'none',
  }
}

/** The one store. What changes it are the functions of actions-*.ts; components only read. */
export const useWorkbench = create<Workbench>()(immer(() => initialWorkbench()))

export function change(recipe: (state: Workbench) => void): void {
  useWorkbench.setState(recipe)
}

export function now(): Workbench {
  return useWorkbench.getState()
}
