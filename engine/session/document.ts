import type { Profile } from '../profile/columns'
import type { RunReport } from '../run-report'
import type { LoadReport } from '../formats/load-report'

/**
 * An open session, as the window and the engine share it. The file is another matter: see `schema.ts`
 * and docs/session-format.md. Everything but the profiles is plain JSON.
 */
export interface SessionDocument {
  notes: string
  runs: SessionRun[]
  view: SessionView
  /** Fields of the file that this version does not know: carried along and written again as they are. */
  unknown?: Record<string, unknown>
}

export type SessionRun = SimulatedRun | ImportedRun

export interface SimulatedRun {
  kind: 'simulated'
  id: string
  name: string
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
  source: { fileName: string; format: string; report: LoadReport }
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
}

export const emptyView: SessionView = { tab: 'compare', selectedRun: null, compare: null, scope: 'total', weight: 0 }
