import { basename } from 'node:path'
import type { BrowserWindow } from 'electron'
import { plainErrorOf } from '../engine/plain-error'
import { sessionExtension } from '../engine/session/kind'
import type { KeptResult } from '../engine/window-api'
import { savedSession } from './document-shell'
import { writeBytes } from './files'
import { reportError } from './log'
import type { FoundCopy, RecoveredSession, RecoveryCopies } from './recovery'
import { ask, choosePath } from './save-dialog'

/** Copies that windows of earlier starts have left, one question each, until one is to be opened. */
export async function offerCopies(window: BrowserWindow, copies: RecoveryCopies, found: readonly FoundCopy[]): Promise<RecoveredSession | null> {
  for (const copy of found) {
    const answer = await ask(window, {
      type: 'question',
      message: `Worldswitch ended without saving the changes to ${nameOf(copy)}. They were kept.`,
      detail: `The copy is of ${momentOf(copy.savedAt)}. Opening it changes no file: it is saved when you save it. Discarding it cannot be undone.`,
      buttons: ['Open', 'Discard', 'Ask Me Next Time'], defaultId: 0, cancelId: 2,
    })
    if (answer === 1) await copies.discard(copy.id)
    if (answer !== 0) continue
    const read = await copies.read(copy.id)
    if (!read) continue
    await copies.adopt(copy.id)
    return read
  }
  return null
}

export function nameOf({ name, path }: Pick<FoundCopy, 'name' | 'path'>): string {
  return name ?? (path === null ? 'an untitled session' : basename(path))
}

/** As people here write dates and times. */
export function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** The newest copy as a file of its own, where nothing else works any more. False: there is none, or the user changed their mind. */
export async function saveCopyElsewhere(window: BrowserWindow, copies: RecoveryCopies, folder: string): Promise<boolean> {
  const copy = await copies.own()
  if (!copy) return false
  for (;;) {
    const path = await choosePath(window, savedSession, folder, `Copy of ${(copy.name ?? 'Untitled').replace(sessionExtension, '')}`)
    if (path === null) return false
    try {
      await writeBytes(path, copy.bytes)
      return true
    } catch (thrown) {
      const { what, todo } = plainErrorOf(thrown)
      await ask(window, { type: 'error', message: what, detail: todo ?? '', buttons: ['Choose Another Place'] })
    }
  }
}

/** A copy that could not be written is no reason to stop working: the window says so, and the next try may do. */
export async function keptOrWhy(work: Promise<{ missing: string[] } | void>): Promise<KeptResult> {
  try {
    const result = await work
    return { missing: result?.missing ?? [], error: null }
  } catch (thrown) {
    reportError('recovery copy', thrown)
    const { what } = plainErrorOf(thrown)
    return {
      missing: [],
      error: {
        what: `No copy of unsaved changes can be kept in case of a crash. ${what}`, kept: 'The session is open with everything in it.',
        todo: 'Save it, or make room in your data folder; it is tried again with the next change.',
      },
    }
  }
}
