import { canonicalJson, digestOfBytes } from '../canonical'
import { readPprof } from '../formats/pprof/read'
import { writePprof } from '../formats/pprof/write'
import type { LoadReport } from '../formats/load-report'
import { PlainErrorException } from '../plain-error'
import type { PlainError } from '../plain-error'
import type { RuleSet } from '../profile/classify/rule'
import { withVisibleNames, type Profile } from '../profile/columns'
import type { RunReport } from '../run-report'
import { visibleName } from '../visible-name'
import type { Pin, SessionDocument, SessionRun, SessionView } from './document'
import { describedRun, manifestHead, profilePath } from './manifest'
import { manifestPath, manifestSchema } from './schema'
import type { Manifest, ManifestRun } from './schema'
import { upgradeManifest } from './upgrade'
import { openZip, packZip, printable } from './zip'
import type { OpenedZip, ZipPart } from './zip'

/** Larger manifests than this are no notes and figures of a person's session. */
const largestManifest = 64 << 20
/** Ours have some ten levels; what writes and compares manifests goes down by recursion. */
const deepestManifest = 100

/** A session as the bytes of a `.wsprof` file. Equal sessions give equal bytes. */
export function encodeSession(session: SessionDocument): Uint8Array {
  const parts: ZipPart[] = []
  const runs = session.runs.map((run) => {
    const path = profilePath(run.id)
    if (parts.some((part) => part.path === path)) throw new RangeError(`two runs have the id ${run.id}`)
    const { bytes, sha256 } = encodeProfile(run.profile)
    parts.push({ path, bytes, stored: true })
    return describedRun(run, { sha256, bytes: bytes.length })
  })
  // sorted keys, but with line ends: people and diff tools look into it
  const text = JSON.stringify(JSON.parse(canonicalJson({ ...manifestHead(session), runs })), null, 1)
  return packZip([{ path: manifestPath, bytes: new TextEncoder().encode(text), stored: false }, ...parts])
}

/** A profile as its entry in the file. */
export function encodeProfile(profile: Profile): { bytes: Uint8Array; sha256: string } {
  const bytes = writePprof(profile)
  return { bytes, sha256: digestOfBytes(bytes) }
}

export interface DecodedSession {
  session: SessionDocument
  /** What could not be kept, one error a part. */
  warnings: PlainError[]
}

/** Throws a PlainErrorException when nothing can be read; a damaged part costs its run only, and is reported. */
export function decodeSession(fileName: string, bytes: Uint8Array): DecodedSession {
  const zip = openArchive(fileName, bytes)
  const manifest = readManifest(fileName, zip)
  const warnings: PlainError[] = []
  const runs: SessionRun[] = []
  const ids = new Set<string>()
  for (const run of manifest.runs) {
    try {
      // such a session could be shown, but never saved again
      if (ids.has(run.id)) throw lostRun(fileName, run, `another run has its id ${run.id}`)
      ids.add(run.id)
      runs.push(sessionRun(run, readProfile(fileName, zip, run)))
    } catch (thrown) {
      if (!(thrown instanceof PlainErrorException)) throw thrown
      warnings.push(thrown.plain)
    }
  }
  const expected = new Set([manifestPath, ...manifest.runs.map((run) => run.profile.path)])
  for (const path of zip.paths.filter((path) => !expected.has(path)).slice(0, 10)) {
    warnings.push({
      what: `The archive holds "${printable(path)}", which belongs to nothing in the session.`, where: fileName,
      kept: 'It is left out.',
    })
  }
  const { format: _, version: _v, engineVersion: _e, notes, pins, sweeps, ruleSets, runs: _r, view, ...unknown } = manifest
  const session: SessionDocument = {
    notes, ...(pins ? { pins: pins as Pin[] } : {}),
    ...(sweeps ? { sweeps: sweeps as SessionDocument['sweeps'] & {} } : {}),
    ...(ruleSets ? { ruleSets: (ruleSets as RuleSet[]).map((set) => ({ ...set, name: visibleName(set.name) })) } : {}), runs, view: view as SessionView, ...keptUnknown(unknown),
  }
  return { session, warnings }
}

function openArchive(fileName: string, bytes: Uint8Array): OpenedZip {
  const refuse = (what: string, todo?: string) =>
    new PlainErrorException({ what, where: fileName, ...(todo ? { todo } : {}) })
  if (bytes.length === 0) throw refuse('The file is empty.', 'Open an earlier copy.')
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw refuse('This is no Worldswitch session: a session is a zip archive.', 'To open a profile, import it.')
  }
  const zip = openZip(fileName, bytes)
  if (!zip.paths.includes(manifestPath)) {
    throw refuse(`The archive has no ${manifestPath}, so it is no Worldswitch session.`)
  }
  return zip
}

function readManifest(fileName: string, zip: OpenedZip): Manifest {
  const refuse = (what: string) => new PlainErrorException({ what, where: fileName })
  const bytes = zip.part(manifestPath)
  if (bytes === null || bytes.length > largestManifest) {
    throw refuse(`The ${manifestPath} of the session is damaged or cannot be unpacked.`)
  }
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw refuse(`The ${manifestPath} of the session is damaged: it is no JSON.`)
  }
  if (isDeeper(json, deepestManifest)) throw refuse(`The ${manifestPath} of the session is nested more than ${deepestManifest} levels deep, which no session is.`)
  const parsed = manifestSchema.safeParse(upgradeManifest(fileName, json))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue?.path.length ? printable(issue.path.join('.')) : 'the whole'
    const why = issue?.message ?? 'unreadable'
    throw refuse(`The ${manifestPath} of the session is not as it should be at ${place}: ${why}.`)
  }
  return parsed.data
}

/** Level by level: nothing here may go down by recursion. */
function isDeeper(json: unknown, levels: number): boolean {
  let level: unknown[] = [json]
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) as unknown[] : []))
    if (level.length === 0) return false
  }
  return true
}

function lostRun(fileName: string, run: ManifestRun, why: string): PlainErrorException {
  return new PlainErrorException({
    what: `The run "${printable(run.name)}" could not be kept: ${why}.`, where: fileName,
    kept: 'The other runs are kept.',
  })
}

function readProfile(fileName: string, zip: OpenedZip, run: ManifestRun): Profile {
  const path = run.profile.path
  const lost = (why: string) => lostRun(fileName, run, why)
  if (path !== profilePath(run.id)) throw lost(`its profile should be ${profilePath(run.id)}, not "${printable(path)}"`)
  if (!zip.paths.includes(path)) throw lost(`${path} is missing in the archive`)
  const bytes = zip.part(path)
  if (bytes === null || digestOfBytes(bytes) !== run.profile.sha256) throw lost(`${path} is damaged`)
  try {
    return withVisibleNames(readPprof(path, bytes).profile)
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw lost(thrown.plain.what)
    throw thrown
  }
}

/** The schema is loose where a newer engine may know more (machines, what-ifs): such a run is shown, not run again. */
function sessionRun(run: ManifestRun, profile: Profile): SessionRun {
  if (run.kind === 'simulated') {
    const { kind, id, name, colour, report, digest, profile: _, ...unknown } = run
    return {
      kind, id, name: visibleName(name), ...(colour === undefined ? {} : { colour }), report: report as unknown as RunReport, digest, profile,
      ...keptUnknown(unknown),
    }
  }
  const { kind, id, name, colour, source, rules, profile: _, ...unknown } = run
  const { fileName, format, report, ...more } = source
  return {
    kind, id, name: visibleName(name), ...(colour === undefined ? {} : { colour }), source: { ...more, fileName: visibleName(fileName), format: visibleName(format), report: report as LoadReport }, profile,
    ...(rules ? { rules } : {}), ...keptUnknown(unknown),
  }
}

function keptUnknown(unknown: Record<string, unknown>): { unknown?: Record<string, unknown> } {
  return Object.keys(unknown).length > 0 ? { unknown } : {}
}
