import { isMachineFile, largestMachineFile, mayBeMachineFile } from '../../engine/machine/machine-file'
import { PlainErrorException, plainErrorOf, type PlainError } from '../../engine/plain-error'
import type { SessionDocument } from '../../engine/session/document'
import { isRulesFile, rulesExtension } from '../../engine/profile/classify/rules-file'
import { kindOfFile } from '../../engine/session/kind'
import { visibleName } from '../../engine/visible-name'
import { maxFileBytes, type OpenedFile } from '../../engine/window-api'
import { openMachineFile } from './actions-machine'
import { openRulesOfSelected } from './actions-rules'
import { compareAdded, importProfile } from './actions-runs'
import { cancelSweep } from './actions-sweeps'
import { resetFlame, touch } from './actions-view'
import { JobCancelled } from './engine-client'
import { cancelAdditions, runJob, tryJob } from './engine'
import { notify } from './notices'
import { sealed } from './sealed'
import { change, emptyDocument, now } from './store'

/** Puts another session in place of the open one, with whose work under way nobody could do anything any more. */
function show(session: SessionDocument, warnings: PlainError[]): void {
  cancelAdditions()
  cancelSweep()
  const runs = session.runs.map((run) => ({ ...run, profile: sealed(run.profile) }))
  change((state) => {
    state.document = { ...session, runs, view: { ...session.view } }
    state.dirty = false
    state.revision++
    state.session++
    state.range = null
    state.history = { past: [], future: [] }
    resetFlame(state)
    state.flame.search = ''
    const { selectedRun } = session.view
    const exists = session.runs.some((run) => run.id === selectedRun)
    if (!exists) state.document.view.selectedRun = session.runs[0]?.id ?? null
    const shown = state.document.view.selectedRun
    state.selection = shown === null ? { kind: 'none' } : { kind: 'run', run: shown }
  })
  for (const warning of warnings) notify(warning, 'warning')
}

export function newDocument(): void {
  show(emptyDocument(), [])
}

/** Whether it is shown now, and whether with everything that the file holds. */
async function decode(fileName: string, bytes: Uint8Array): Promise<'whole' | 'parts' | 'nothing'> {
  const value = await tryJob('decode', `Opening ${visibleName(fileName)}`, { type: 'decode-session', fileName, bytes }, 'session')
  if (!value) return 'nothing'
  show(value.session, value.warnings)
  return value.warnings.length === 0 ? 'whole' : 'parts'
}

let opening: Promise<void> = Promise.resolve()

/** One after another: a session that comes with a profile must not replace it. */
function inTurn(work: () => Promise<void>): Promise<void> {
  // a failure of one must not keep the next from being opened
  opening = opening.then(work).catch((thrown: unknown) => notify(plainErrorOf(thrown)))
  return opening
}

/** A file that the main process read, after a menu item or an argument. */
export function openFile(file: OpenedFile): Promise<void> {
  return inTurn(() => open(file))
}

async function open(file: OpenedFile): Promise<void> {
  if (file.kind === 'machine') {
    await window.worldswitch.opened(file.documentId, openMachineFile(file.fileName, file.bytes))
    return
  }
  if (file.kind === 'rules') {
    await window.worldswitch.opened(file.documentId, openRulesOfSelected(file.fileName, file.bytes))
    return
  }
  const shown = file.kind === 'session'
    ? await decode(file.fileName, file.bytes)
    : (await importProfile(file.fileName, { sealedPath: file.sealedPath })) === null ? 'nothing' : 'whole'
  await window.worldswitch.opened(file.documentId, shown !== 'nothing')
  // Save must ask where: written over, a damaged file would lose for good what could not be read of it today
  if (shown === 'parts') await window.worldswitch.adopted(file.fileName)
  if (file.kind === 'session' && file.recovered && shown !== 'nothing') touch()
}

/** Without an engine the window does it itself: it may stand still for that long, but nothing is lost. */
async function encodedHere(document: SessionDocument): Promise<Uint8Array> {
  const { encodeSession } = await import('../../engine/session/archive')
  return encodeSession(document)
}

/** The session as bytes, handed to the main process, which writes them. */
export async function save(saveId: number): Promise<void> {
  const { document, revision, session } = now()
  try {
    const bytes = now().engine.state === 'failed' ? await encodedHere(document)
      : (await runJob('encode', 'Saving', { type: 'encode-session', session: document }, 'session-bytes')).bytes
    const result = await window.worldswitch.save(saveId, bytes)
    if (!result.saved) notify(result.error)
    // another session is shown by now: what was saved says nothing about it
    else if (now().session !== session) return
    else if (now().revision === revision) change((state) => { state.dirty = false })
    else await window.worldswitch.setDirty(true)
  } catch (thrown) {
    const error = thrown instanceof JobCancelled ? { what: 'Saving was cancelled.', kept: 'The file on disk is as it was.' }
      : plainErrorOf(thrown)
    notify(error)
    await window.worldswitch.saveFailed(saveId, error)
  }
}

/**
 * Files dropped on the window: a session replaces, profiles are added, two profiles are compared, a machine file goes
 * into the scenario editor; rules come last, for a profile that was dropped with them.
 */
export function openDropped(files: readonly File[]): Promise<void> {
  return inTurn(() => dropAll(files))
}

async function dropAll(files: readonly File[]): Promise<void> {
  const imported: string[] = []
  const isRules = ({ name }: File) => name.toLowerCase().endsWith(rulesExtension)
  for (const file of [...files].sort((a, b) => Number(isRules(a)) - Number(isRules(b)))) {
    const id = await dropOne(file)
    if (id !== null) imported.push(id)
  }
  const [a, b] = imported
  if (imported.length === 2) compareAdded(a!, b!)
}

/** Answers the id of the run that came of it, if one did. */
async function dropOne(file: File): Promise<string | null> {
  const picked = await window.worldswitch.dropped(file)
  if (picked === 'no path') return dropContent(file)
  if (picked?.kind === 'profile') return importProfile(picked.fileName, { sealedPath: picked.sealedPath })
  if (picked?.kind === 'session') await dropSession(picked.fileName, picked.bytes)
  if (picked?.kind === 'machine') openMachineFile(picked.fileName, picked.bytes)
  if (picked?.kind === 'rules') openRulesOfSelected(picked.fileName, picked.bytes)
  return null
}

/** What another program handed over without its being a file of the disk: its content is all there is. */
async function dropContent(file: File): Promise<string | null> {
  const head = await read(file, mayBeMachineFile(file.name) ? largestMachineFile + 1 : 4)
  if (!head) return null
  if (isMachineFile(file.name, head)) openMachineFile(file.name, head)
  else if (isRulesFile(file.name, head)) openRulesOfSelected(file.name, head)
  else if (kindOfFile(file.name, head) !== 'session') return importProfile(file.name, { pieces: file.size }, { nextPiece: piecesOf(file) })
  else {
    const bytes = await read(file, maxFileBytes + 1)
    if (bytes && bytes.length > maxFileBytes) notify(tooLarge(file))
    else if (bytes) await dropSession(file.name, bytes)
  }
  return null
}

function tooLarge(file: File): PlainError {
  return {
    what: `The session has ${Math.ceil(file.size / 1048576)} MB; the limit is ${maxFileBytes / 1048576} MB.`, where: file.name,
    kept: 'Nothing of the session changed.', todo: 'Delete runs from it in the Worldswitch that saved it.',
  }
}

async function dropSession(fileName: string, bytes: Uint8Array): Promise<void> {
  if (!await window.worldswitch.mayReplace()) return
  if (await decode(fileName, bytes) !== 'nothing') await window.worldswitch.adopted(fileName)
}

/** Null: it cannot be read, and that has been shown. */
async function read(file: File, most: number): Promise<Uint8Array | null> {
  try {
    return await bytesOf(file, 0, most)
  } catch (thrown) {
    notify(plainErrorOf(thrown))
    return null
  }
}

const pieceBytes = 1 << 20

function piecesOf(file: File): () => Promise<Uint8Array> {
  let at = 0
  return () => bytesOf(file, at, at += pieceBytes)
}

async function bytesOf(file: File, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer())
  } catch (thrown) {
    throw new PlainErrorException({
      what: `The file could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, where: file.name,
      kept: 'Nothing of the session changed.', todo: 'Check that it is a file, not a folder, and that you may read it.',
    })
  }
}
