import type { Patch } from 'immer'
import { create } from 'zustand'
import { immer } from 'zustand/middleware/immer'
import type { WindowCommand } from '../../engine/commands'
import type { PlainError } from '../../engine/plain-error'
import type { Profile } from '../../engine/profile/columns'
import type { Progress } from '../../engine/protocol'
import type { TableRow } from '../../engine/run-report'
import { emptyView, type SessionDocument } from '../../engine/session/document'
import type { AppInfo, EngineState } from '../../engine/window-api'
import { initialCompare, type CompareState } from './compare-state'
import { draftOf, type ScenarioDraft } from './scenario-draft'
import { defaultScenario } from '../../engine/machine/scenario'
import { initialFlame, type FlameState, type Zoom } from './flame-state'
import type { FramePath } from './frame-path'
import { initialPackets, type PacketsState } from './packet-state'
import { initialTimeline, type SliceSelection, type TimelineState } from './timeline-state'
import { initialShell, type Shell } from './shell-state'
import { initialSweeps, type SweepsState } from './sweeps-state'
import { initialMethod, type MethodState } from './method-state'
import { initialTable, type TableState } from './table-state'
import { initialWhatIf, type WhatIfState } from './what-if-state'

export type { Zoom }

export interface Job {
  id: number
  kind: 'run' | 'import' | 'encode' | 'decode' | 'experiment'
  title: string
  progress: Progress | null
  cancelling: boolean
}

export type Selection =
  | { kind: 'none' }
  | { kind: 'run'; run: string }
  | { kind: 'row'; run: string; row: string }
  /** `path`: a box of the plain tree; `as`: what was selected where boxes hang together in another way. */
  | { kind: 'frame'; run: string; path: FramePath; as?: FrameAs }
  | { kind: 'slice'; run: string; slice: SliceSelection }

/**
 * A box of another drawing than the plain tree, by the path in that drawing: with transforms ('down'), from leaves
 * ('up'), or of a sandwich, whose paths begin at the function in its middle; 'function': one whatever its callers.
 */
export interface FrameAs {
  order: 'down' | 'up' | 'callers' | 'callees' | 'function'
  path: FramePath
}

export interface Notice {
  id: number
  severity: 'error' | 'warning'
  error: PlainError
  /** What may help, as a button. */
  command: WindowCommand | null
}

/**
 * A part of a run's time that views show alone (`showsRange` says which). `unit`: a simulated run's range is in cycles, a recorded
 * profile's in seconds. While the engine works the range out, `part` is null and views still show the whole.
 */
export interface TimeRange {
  run: string
  unit: 'cycles' | 'seconds'
  from: number
  to: number
  part: RangePart | null
}

export interface RangePart {
  profile: Profile
  samples: number
  /** Table 2 of the range; null of a recorded profile. */
  table: TableRow[] | null
}

/** One step of undo: what was done, in words ("rename to optimized"), and the way there and back. */
export interface Edit {
  words: string
  patches: readonly Patch[]
  inverse: readonly Patch[]
  /** Edits with the same key that follow each other are one step: a sentence typed, a slider dragged. */
  merge: string | null
}

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
  range: TimeRange | null
  /** What can be undone, oldest first, and what can be done again, newest undone last. */
  history: { past: Edit[]; future: Edit[] }
  flame: FlameState
  compare: CompareState
  timeline: TimelineState
  packets: PacketsState
  sweeps: SweepsState
  table: TableState
  whatIf: WhatIfState
  method: MethodState
  jobs: Job[]
  engine: { state: EngineState; reason: string | null; version: string | null }
  /** How many answers of the thread that makes trees have come: what reads trees without a hook is worked out again. */
  answers: number
  notices: Notice[]
  info: AppInfo | null
  dark: boolean
  dialog: 'none' | 'keyboard' | 'about' | 'diagnostics' | 'palette' | 'note' | 'recording' | 'help' | 'export'
  shell: Shell
}

export function emptyDocument(): SessionDocument {
  return { notes: '', runs: [], view: { ...emptyView } }
}

export function initialWorkbench(): Workbench {
  return {
    document: emptyDocument(), fileName: null, dirty: false, revision: 0, session: 0,
    scenario: draftOf(defaultScenario), selection: { kind: 'none' }, range: null,
    history: { past: [], future: [] },
    flame: initialFlame(),
    compare: structuredClone(initialCompare),
    timeline: initialTimeline(), packets: initialPackets(),
    sweeps: initialSweeps(), whatIf: initialWhatIf(),
    jobs: [], engine: { state: 'starting', reason: null, version: null }, answers: 0, notices: [], info: null, dark: false,
    dialog: 'none', shell: initialShell, table: initialTable, method: initialMethod,
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
