import { isMachineFile } from '../../engine/machine/machine-file'
import { plainErrorOf, type PlainError } from '../../engine/plain-error'
import type { SessionDocument } from '../../engine/session/document'
import { kindOfFile } from '../../engine/session/kind'
import { maxFileBytes, type OpenedFile } from '../../engine/window-api'
import { openMachineFile } from './actions-machine'
import { compareAdded, importProfile } from './actions-runs'
import { cancelSweep } from './actions-sweeps'
import { resetFlame } from './actions-view'
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
  const value = await tryJob('decode', `Opening ${fileName}`, { type: 'decode-session', fileName, bytes }, 'session')
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
  if (isMachineFile(file.fileName, file.bytes)) {
    await window.worldswitch.opened(file.documentId, openMachineFile(file.fileName, file.bytes))
    return
  }
  const shown = file.kind === 'session'
    ? await decode(file.fileName, file.bytes)
    : (await importProfile(file.fileName, file.bytes)) === null ? 'nothing' : 'whole'
  await window.worldswitch.opened(file.documentId, shown !== 'nothing')
  // Save must ask where: written over, a damaged file would lose for good what could not be read of it today
  if (shown === 'parts') await window.worldswitch.adopted(file.fileName)
}

/** The session as bytes, handed to the main process, which writes them. */
export async function save(saveId: number): Promise<void> {
  const { document, revision, session } = now()
  try {
    const { bytes } = await runJob('encode', 'Saving', { type: 'encode-session', session: document }, 'session-bytes')
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
 * into the scenario editor.
 */
export function openDropped(files: readonly File[]): Promise<void> {
  return inTurn(() => dropAll(files))
}

async function dropAll(files: readonly File[]): Promise<void> {
  const imported: string[] = []
  for (const file of files) {
    const bytes = await read(file)
    if (!bytes) continue
    if (kindOfFile(file.name, bytes) === 'session') await dropSession(file.name, bytes)
    else if (isMachineFile(file.name, bytes)) openMachineFile(file.name, bytes)
    else {
      const id = await importProfile(file.name, bytes)
      if (id !== null) imported.push(id)
    }
  }
  const [a, b] = imported
  if (imported.length === 2) compareAdded(a!, b!)
}

async function dropSession(fileName: string, bytes: Uint8Array): Promise<void> {
  if (!await window.worldswitch.mayReplace()) return
  if (await decode(fileName, bytes) !== 'nothing') await window.worldswitch.adopted(fileName)
}

async function read(file: File): Promise<Uint8Array | null> {
  if (file.size > maxFileBytes) {
    notify({
      what: `The file has ${Math.ceil(file.size / 1048576)} MB; the limit is ${maxFileBytes / 1048576} MB.`, where: file.name,
      kept: 'Nothing of the session changed.', todo: 'Cut the recording into shorter ones.',
    })
    return null
  }
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (thrown) {
    notify({
      what: `The file could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`, where: file.name,
      kept: 'Nothing of the session changed.', todo: 'Check that it is a file, not a folder, and that you may read it.',
    })
    return null
  }
}
