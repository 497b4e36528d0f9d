import { basename, extname } from 'node:path'
import type { PlainError } from '../engine/plain-error'
import { plainErrorOf } from '../engine/plain-error'
import { sessionExtension } from '../engine/session/kind'
import { visibleName } from '../engine/visible-name'
import type { PickedFile, SaveResult, WindowEvent } from '../engine/window-api'
import type { CopyOf, RecoveredSession } from './recovery'

export type Answer = 'save' | 'discard' | 'cancel'
/** What to do about a file that somebody else changed. */
export type ChangedAnswer = 'overwrite' | 'save-as' | 'reload' | 'cancel'

/** What the flow of opening and saving needs of the desktop; dialogs and disk are in document-shell.ts. */
export interface DocumentShell {
  send(event: WindowEvent): void
  askAboutChanges(name: string): Promise<Answer>
  /** Before a save: the file is another than the one that was opened or saved last. */
  askAboutChangedFile(name: string): Promise<ChangedAnswer>
  /** The same, noticed when the user comes back to the window; `dirty`: reloading would lose changes. */
  askToReload(name: string, dirty: boolean): Promise<boolean>
  chooseFilesToOpen(): Promise<string[]>
  /** null: the user changed their mind. */
  chooseFileToSave(suggestion: string): Promise<string | null>
  /** Shows why, and whether the user wants to save elsewhere. */
  offerSaveElsewhere(error: PlainError): Promise<boolean>
  /** Looks at what the file is, as far as that needs to be known here; null: the user did not want it after all. */
  pick(path: string): Promise<PickedFile | null>
  write(path: string, bytes: Uint8Array): Promise<void>
  /** See file-stamp.ts. */
  stamp(path: string): Promise<string | null>
  /** The session is saved, or its changes were given up: no copy of it has to be kept. */
  settled(): void
  /** The copy that was to be opened could not be shown: it stays where it is. */
  copyNotShown(): void
  showTitle(title: string, dirty: boolean, path: string | null): void
  remember(path: string): void
  forget(path: string): void
}

const untitled = 'Untitled'
/** A large session is encoded in seconds; a window that says nothing for two minutes has lost the question. */
const bytesWantedMilliseconds = 120_000

const lostWindow: PlainError = {
  what: 'The window did not hand over the session, so nothing was saved.',
  kept: 'The file on the disk is as it was before.',
  todo: 'Try again.',
}

function gone(path: string): PlainError {
  return {
    what: `${basename(path)} is no longer where it was: it was moved, renamed or deleted.`, where: path,
    kept: 'The session is still open with everything in it.', todo: 'Save it again, there or elsewhere.',
  }
}

function changedMeanwhile(path: string): PlainError {
  return {
    what: `${basename(path)} was changed by another program while it was being saved, so it was left alone.`, where: path,
    kept: 'The session is still open with everything in it.', todo: 'Save it under another name, or save again to decide.',
  }
}

interface PendingSave {
  path: string
  /** What the file has to be like still when it is written; undefined: the user chose to write over whatever is there. */
  expected: string | null | undefined
  /** Which document was open when the user said save. */
  generation: number
  settle(result: SaveResult | 'failed'): void
}

interface Opening {
  path: string | null
  name: string | null
  stamp: string | null
  recovered: boolean
}

/** The open document as the main process knows it: name, path, unsaved mark; never its content. */
export class Documents {
  private path: string | null = null
  private name: string | null = null
  /** What the file was like when it was opened or saved; null while there is none. */
  private stamp: string | null = null
  /** What it was like when the user was last told that it had changed. */
  private told: string | null = null
  private dirty = false
  /** Opened from a recovery copy, and not saved since. */
  private recovered = false
  private generation = 0
  private nextId = 1
  private saves = new Map<number, PendingSave>()
  private opening = new Map<number, Opening>()
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly shell: DocumentShell) {}

  /** True when an empty session is open; false when the user would rather keep what is there. */
  newDocument(): Promise<boolean> {
    return this.inOrder(async () => {
      if (!await this.settleChanges()) return false
      this.become(null, null)
      this.shell.settled()
      this.shell.send({ type: 'document:new' })
      return true
    })
  }

  openByDialog(): Promise<void> {
    return this.inOrder(async () => this.openAll(await this.shell.chooseFilesToOpen()))
  }

  open(paths: readonly string[]): Promise<void> {
    return this.inOrder(() => this.openAll(paths))
  }

  /** True when saved. */
  save(): Promise<boolean> {
    return this.inOrder(() => this.saveNow(this.path))
  }

  saveAs(): Promise<boolean> {
    return this.inOrder(() => this.saveNow(null))
  }

  /** Before the open session goes away, by a close, a drop or another file. */
  mayReplace(): Promise<boolean> {
    return this.inOrder(() => this.settleChanges())
  }

  setDirty(dirty: boolean): void {
    this.dirty = dirty
    if (!dirty) this.shell.settled()
    this.showTitle()
  }

  opened(documentId: number, shown: boolean): void {
    const opening = this.opening.get(documentId)
    this.opening.delete(documentId)
    if (opening === undefined) return
    const { path, name, stamp, recovered } = opening
    if (!shown) {
      if (recovered) this.shell.copyNotShown()
      return
    }
    this.become(path, name, stamp)
    this.recovered = recovered
    if (recovered) this.setDirty(true)
    else this.shell.settled()
    if (path !== null) this.shell.remember(path)
  }

  /** Dropped on the window: it decides what becomes of it. Null: it could not be opened, which has been said, or is not wanted. */
  async dropped(path: string): Promise<PickedFile | null> {
    try {
      const picked = await this.shell.pick(path)
      if (picked && picked.kind !== 'session') this.shell.remember(path)
      return picked
    } catch (thrown) {
      this.unopened(path, thrown)
      return null
    }
  }

  adopted(fileName: string): void {
    const { recovered } = this
    this.become(null, basename(fileName))
    this.recovered = recovered
    if (recovered) this.setDirty(true)
    else this.shell.settled()
  }

  /** What a copy of unsaved work has to know; null: nothing is unsaved. */
  unsaved(): CopyOf | null {
    const { name, path, stamp } = this
    return this.dirty ? { name, path, stamp } : null
  }

  /** Shows a copy of unsaved work, under the name and file that it was of. */
  openRecovered({ path, name, stamp, bytes }: RecoveredSession): Promise<void> {
    return this.inOrder(async () => {
      const documentId = this.nextId++
      this.opening.set(documentId, { path, name, stamp, recovered: true })
      this.shell.send({ type: 'document:opened', documentId, kind: 'session', fileName: name ?? untitled, bytes, recovered: true })
    })
  }

  /** The user comes back to the window: has somebody else changed the file meanwhile? */
  lookAtFile(): Promise<void> {
    return this.inOrder(async () => {
      const { path, name } = this
      if (path === null || this.stamp === null) return
      const there = await this.shell.stamp(path)
      if (there === this.stamp || there === this.told) return
      this.told = there
      if (there === null) {
        // closing asks about it from now on
        this.setDirty(true)
        this.shell.send({ type: 'problem', error: gone(path) })
      } else if (await this.shell.askToReload(name ?? untitled, this.dirty)) await this.openOne(path, true)
    })
  }

  async receive(saveId: number, bytes: Uint8Array): Promise<SaveResult> {
    const pending = this.saves.get(saveId)
    if (!pending) return { saved: false, error: lostWindow }
    const result = await this.write(pending, bytes)
    pending.settle(result)
    return result
  }

  /** The window could not encode the session, and has said why. */
  saveFailed(saveId: number): void {
    this.saves.get(saveId)?.settle('failed')
  }

  /** The window crashed: nobody will answer. The file that was open is opened again once there is a window. */
  windowLost(): { unsaved: boolean; reopen: string[] } {
    for (const pending of this.saves.values()) pending.settle({ saved: false, error: lostWindow })
    this.opening.clear()
    const lost = { unsaved: this.dirty, reopen: this.path === null ? [] : [this.path] }
    this.become(null, null)
    return lost
  }

  showTitle(): void {
    const name = this.name ?? untitled
    this.shell.showTitle(`${this.dirty ? '• ' : ''}${visibleName(name)} — Worldswitch`, this.dirty, this.path)
  }

  /** One dialog at a time: a second Ctrl+S or a file from a second start waits for the first to be done. */
  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work)
    this.queue = result.catch(() => undefined)
    return result
  }

  private become(path: string | null, name: string | null, stamp: string | null = null): void {
    this.path = path
    this.name = name
    this.stamp = this.told = stamp
    this.dirty = false
    this.recovered = false
    this.generation++
    this.announce()
  }

  private announce(): void {
    this.shell.send({ type: 'document:named', fileName: this.name })
    this.showTitle()
  }

  private async settleChanges(): Promise<boolean> {
    if (!this.dirty) return true
    const answer = await this.shell.askAboutChanges(this.name ?? untitled)
    if (answer === 'save') return this.saveNow(this.path)
    return answer === 'discard'
  }

  private async openAll(paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.openOne(path)
  }

  private async openOne(path: string, settled = false): Promise<void> {
    try {
      // before it is read: what changes while it is read counts as changed
      const stamp = await this.shell.stamp(path)
      const picked = await this.shell.pick(path)
      if (!picked || (picked.kind === 'session' && !settled && !await this.settleChanges())) return
      const documentId = this.nextId++
      if (picked.kind === 'session') this.opening.set(documentId, { path, name: basename(path), stamp, recovered: false })
      else this.shell.remember(path)
      this.shell.send({ type: 'document:opened', documentId, ...picked })
    } catch (thrown) {
      this.unopened(path, thrown)
    }
  }

  private unopened(path: string, thrown: unknown): void {
    this.shell.forget(path)
    this.shell.send({ type: 'problem', error: plainErrorOf(thrown) })
  }

  private async saveNow(where: string | null): Promise<boolean> {
    let path = where
    for (;;) {
      let expected: string | null | undefined
      if (path !== null && path === this.path) {
        const found = await this.fileToWrite(path)
        if (found === 'done') return false
        if (found === 'elsewhere') path = null
        else expected = found.expected
      }
      path ??= await this.shell.chooseFileToSave(this.path ?? this.suggestion())
      if (path === null) return false
      const result = await this.askForBytes(path, expected)
      // 'failed': the window has already shown why it could not encode; another path would not help.
      if (result === 'failed') return false
      if (result.saved) return true
      if (!await this.shell.offerSaveElsewhere(result.error)) return false
      path = null
    }
  }

  /** Whether the open document's file may be written over, after a question where somebody else changed it. */
  private async fileToWrite(path: string): Promise<{ expected: string | null | undefined } | 'elsewhere' | 'done'> {
    const there = await this.shell.stamp(path)
    // one that is gone is written again: there is nothing to lose
    if (this.stamp === null || there === null || there === this.stamp) return { expected: there }
    const answer = await this.shell.askAboutChangedFile(this.name ?? untitled)
    if (answer === 'overwrite') return { expected: there }
    if (answer === 'reload') await this.openOne(path, true)
    return answer === 'save-as' ? 'elsewhere' : 'done'
  }

  private suggestion(): string {
    const name = this.name ?? untitled
    return extname(name) === sessionExtension ? name : `${name}${sessionExtension}`
  }

  private askForBytes(path: string, expected: string | null | undefined): Promise<SaveResult | 'failed'> {
    const saveId = this.nextId++
    return new Promise((resolve) => {
      const settle = (result: SaveResult | 'failed') => {
        clearTimeout(timer)
        this.saves.delete(saveId)
        resolve(result)
      }
      const timer = setTimeout(() => settle({ saved: false, error: lostWindow }), bytesWantedMilliseconds)
      this.saves.set(saveId, { path, expected, generation: this.generation, settle })
      this.shell.send({ type: 'document:bytes-wanted', saveId })
    })
  }

  private async write(pending: PendingSave, bytes: Uint8Array): Promise<SaveResult> {
    const { path } = pending
    if (pending.generation !== this.generation) {
      // Another session came between question and answer: its bytes must not land in the first one's file.
      return { saved: false, error: { ...lostWindow, what: 'Another session was opened while this one was being saved.' } }
    }
    if (pending.expected !== undefined && await this.shell.stamp(path) !== pending.expected) {
      return { saved: false, error: changedMeanwhile(path) }
    }
    try {
      await this.shell.write(path, bytes)
    } catch (thrown) {
      return { saved: false, error: plainErrorOf(thrown) }
    }
    const stamp = await this.shell.stamp(path)
    this.shell.remember(path)
    // Another session came while the disk was at work: this file is whole, and the open one is not this file.
    if (pending.generation === this.generation) {
      this.become(path, basename(path), stamp)
      this.shell.settled()
    }
    return { saved: true, fileName: basename(path) }
  }
}
