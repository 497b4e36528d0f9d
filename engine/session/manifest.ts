import { engineVersion } from '../version'
import type { SessionDocument, SessionRun } from './document'
import { runId, sessionFormat, sessionVersion } from './schema'

/** A profile as a file keeps it: what its entry holds, by digest and size. */
export interface ProfilePart {
  sha256: string
  bytes: number
}

export function profilePath(id: string): string {
  if (!runId.safeParse(id).success) throw new RangeError(`${JSON.stringify(id)} is no id of a run`)
  return `profiles/${id}.pb.gz`
}

/** A run as the manifest has it. */
export function describedRun(run: SessionRun, part: ProfilePart): Record<string, unknown> {
  const { kind, id, name } = run
  const colour = run.colour === undefined ? {} : { colour: run.colour }
  const profile = { path: profilePath(id), sha256: part.sha256, bytes: part.bytes }
  return run.kind === 'simulated'
    ? { ...run.unknown, kind, id, name, ...colour, report: run.report, digest: run.digest, profile }
    : { ...run.unknown, kind, id, name, ...colour, source: run.source, ...(run.rules ? { rules: run.rules } : {}), profile }
}

/** The manifest's fields besides the runs. */
export function manifestHead(session: SessionDocument): Record<string, unknown> {
  return {
    ...session.unknown, format: sessionFormat, version: sessionVersion, engineVersion,
    notes: session.notes, ...(session.pins?.length ? { pins: session.pins } : {}),
    ...(session.ruleSets?.length ? { ruleSets: session.ruleSets } : {}),
    ...(session.sweeps && Object.keys(session.sweeps).length > 0 ? { sweeps: session.sweeps } : {}), view: session.view,
  }
}

/** A manifest of runs that are text already: for those who write the same runs again and again. */
export function manifestOfTexts(session: SessionDocument, runs: readonly string[]): string {
  return `${JSON.stringify(manifestHead(session)).slice(0, -1)},"runs":[${runs.join(',')}]}`
}
