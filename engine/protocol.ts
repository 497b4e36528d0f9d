import type { Scenario } from './machine/scenario'
import type { PlainError } from './plain-error'
import type { ImportedRun, SessionDocument, SimulatedRun } from './session/document'

/**
 * Messages between the window and the engine's process, over one MessagePort. Every job has an id that the
 * window chooses and ends with exactly one of done, failed or cancelled. Jobs run one after another, but
 * that encoding a session overtakes a run; cancel takes effect within a few milliseconds.
 */
export type EngineRequest =
  | { type: 'run'; job: number; scenario: Scenario }
  | { type: 'import'; job: number; fileName: string; bytes: Uint8Array }
  | { type: 'encode-session'; job: number; session: SessionDocument }
  | { type: 'decode-session'; job: number; fileName: string; bytes: Uint8Array }
  | { type: 'cancel'; job: number }

export interface Progress {
  done: number
  total: number
  unit: 'bytes'
  simulatedSeconds?: number
}

export type EngineEvent =
  | { type: 'ready'; engineVersion: string }
  | { type: 'progress'; job: number; progress: Progress }
  | { type: 'done'; job: number; value: JobValue }
  | { type: 'failed'; job: number; error: PlainError }
  | { type: 'cancelled'; job: number }

export type JobValue =
  | { kind: 'run'; run: SimulatedRun }
  | { kind: 'import'; run: ImportedRun }
  | { kind: 'session-bytes'; bytes: Uint8Array }
  | { kind: 'session'; session: SessionDocument; warnings: PlainError[] }

/** Between the main process and the engine's process (over its parent port): connection and heartbeat. */
export type SupervisorRequest = { type: 'connect' } | { type: 'ping'; nonce: number }
export type SupervisorEvent =
  | { type: 'pong'; nonce: number }
  /** A step that cannot be divided begins: the next pong may take longer than a heartbeat. */
  | { type: 'busy' }
  | { type: 'fatal'; error: PlainError }
