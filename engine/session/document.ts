import type { RuleChoice } from '../profile/classify/propose'
import type { RuleSet } from '../profile/classify/rule'
import type { Profile } from '../profile/columns'
import type { Transform } from '../profile/transforms'
import type { RunReport } from '../run-report'
import type { LoadReport } from '../formats/load-report'
import type { Sweep, SweepKind } from '../experiments/sweep-types'

/**
 * An open session, as the window and the engine share it. The file is another matter: see `schema.ts`
 * and docs/session-format.md. Everything but the profiles is plain JSON.
 */
export interface SessionDocument {
  notes: string
  /** Notes that belong to one thing of the session, oldest first; left out where there are none. */
  pins?: Pin[]
  /** The last sweep of each kind; one that was cancelled has fewer cells than its request asks for. */
  sweeps?: { [Kind in SweepKind]?: Sweep }
  /** The session's own rule sets, by which imported runs may be classified; left out where there are none. */
  ruleSets?: RuleSet[]
  runs: SessionRun[]
  view: SessionView
  /** Fields of the file that this version does not know: carried along and written again as they are. */
  unknown?: Record<string, unknown>
}

/** A note on one thing. */
export interface Pin {
  /** Unique among the pins of the session. */
  id: string
  text: string
  at: PinPlace
}

/**
 * What a note is pinned to; `run` is always the id of a run. A frame is named by its path from the outermost, each
 * step `module\nname`. A range of a simulated run is in cycles, one of a recorded profile in seconds.
 */
export type PinPlace =
  | { kind: 'run'; run: string }
  | { kind: 'row'; run: string; row: string }
  | { kind: 'frame'; run: string; path: string[] }
  | { kind: 'range'; run: string; unit: 'cycles' | 'seconds'; from: number; to: number }

export type SessionRun = SimulatedRun | ImportedRun

/** Colours that tell runs apart in lists and charts; the window says how each looks in light and dark. */
export const runColourIds = ['teal', 'ochre', 'violet', 'rose', 'olive', 'slate'] as const
export type RunColour = (typeof runColourIds)[number]

export interface SimulatedRun {
  kind: 'simulated'
  id: string
  name: string
  /** One of `runColourIds`; a newer version may know others. Left out: none was chosen. */
  colour?: string
  report: RunReport
  /** Digest of the canonical result: equal for equal scenarios on any machine. */
  digest: string
  /** Columns: samples (sampled, count) and cycles (true). */
  profile: Profile
  /** As `SessionDocument.unknown`, of this run. */
  unknown?: Record<string, unknown>
}

export interface ImportedRun {
  kind: 'imported'
  id: string
  name: string
  /** One of `runColourIds`; a newer version may know others. Left out: none was chosen. */
  colour?: string
  source: { fileName: string; format: string; report: LoadReport }
  /** The rule set that the profile's worlds are by, and why; left out in sessions of before there were any. */
  rules?: RuleChoice
  profile: Profile
  /** As `SessionDocument.unknown`, of this run. */
  unknown?: Record<string, unknown>
}

/** Views in the order of their tabs. */
export const viewIds = [
  'flame', 'table', 'timeline', 'packet', 'compare', 'sweeps', 'what-if', 'method', 'notes',
] as const
export type ViewId = (typeof viewIds)[number]

export const viewTitles: Record<ViewId, string> = {
  flame: 'Flame', table: 'Table 2', timeline: 'Timeline', packet: 'Packet', compare: 'Compare', sweeps: 'Sweeps',
  'what-if': 'What-if', method: 'Method', notes: 'Notes',
}

/** What is on screen, as far as it is worth keeping. Ids that no longer exist are ignored. */
export interface SessionView {
  tab: ViewId
  selectedRun: string | null
  compare: { a: string; b: string } | null
  /** Denominator of the flame's width. */
  scope: 'total' | 'vmm'
  /** Which weight column the flame shows. */
  weight: number
  /** Columns of Table 2 that are switched on, as the window names them; left out: the usual ones. Unknown ones are ignored. */
  tableColumns?: string[]
  /** What is done to every profile before the flame draws it, in this order; left out: nothing. */
  transforms?: Transform[]
}

export const emptyView: SessionView = { tab: 'compare', selectedRun: null, compare: null, scope: 'total', weight: 0 }
