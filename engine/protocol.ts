import type { ExperimentId, ExperimentKinds, ExperimentStep } from './experiment-kinds'
import type { Scenario } from './machine/scenario'
import type { PlainError } from './plain-error'
import type { Profile } from './profile/columns'
import type { ImportedRun, SessionDocument, SimulatedRun } from './session/document'

/**
 * Messages between the window and the engine's process, over one MessagePort. Every job has an id that the
 * window chooses and ends with exactly one of done, failed or cancelled. Jobs of a rank run one after another; encoding
 * a session, or a profile for its recovery copy, overtakes everything, interactive experiments overtake runs, and runs the background's; cancel takes
 * effect within a few milliseconds.
 */
export type EngineRequest =
  | { type: 'run'; job: number; scenario: Scenario }
  | { type: 'import'; job: number; fileName: string; source: ImportSource }
  /** The answer to 'piece-wanted'. */
  | { type: 'piece'; job: number; bytes: Uint8Array }
  | { type: 'encode-session'; job: number; session: SessionDocument }
  | { type: 'encode-profile'; job: number; profile: Profile }
  | { type: 'decode-session'; job: number; fileName: string; bytes: Uint8Array }
  | { type: 'experiment'; job: number; id: ExperimentId; request: unknown }
  | { type: 'cancel'; job: number }

/**
 * What is read: a file that the main process sealed after the user had picked it, or pieces from the window, which are
 * asked for one by one, with the bytes that they will have together.
 */
export type ImportSource = { sealedPath: string } | { pieces: number }

export interface Progress {
  done: number
  total: number
  unit: ExperimentStep['unit']
  simulatedSeconds?: number
}

export type EngineEvent =
  | { type: 'ready'; engineVersion: string }
  | { type: 'progress'; job: number; progress: Progress }
  | { type: 'partial'; job: number; partial: unknown }
  | { type: 'piece-wanted'; job: number }
  | { type: 'done'; job: number; value: JobValue }
  | { type: 'failed'; job: number; error: PlainError }
  | { type: 'cancelled'; job: number }

export type JobValue =
  | { kind: 'run'; run: SimulatedRun }
  | { kind: 'import'; run: ImportedRun }
  | { kind: 'experiment'; id: ExperimentId; result: ExperimentKinds[ExperimentId]['result'] }
  | { kind: 'session-bytes'; bytes: Uint8Array }
  | { kind: 'profile-bytes'; bytes: Uint8Array; sha256: string }
  | { kind: 'session'; session: SessionDocument; warnings: PlainError[] }

/** Between the main process and the engine's process (over its parent port): connection and heartbeat. */
export type SupervisorRequest =
  /** `sealKey`: of the paths that the window will name (sealed-path.ts). */
  | { type: 'connect'; sealKey: Uint8Array }
  | { type: 'ping'; nonce: number }
export type SupervisorEvent =
  | { type: 'pong'; nonce: number }
  /** A step that cannot be divided begins, over about so many bytes: the next pong may take longer than a heartbeat. */
  | { type: 'busy'; bytes: number }
  | { type: 'fatal'; error: PlainError }
