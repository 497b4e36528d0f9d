import { dirname } from 'node:path'
import type { BrowserWindow } from 'electron'
import { app, clipboard, dialog } from 'electron'
import type { PlainError } from '../engine/plain-error'
import { sessionExtension } from '../engine/session/kind'
import type { WindowEvent } from '../engine/window-api'
import type { DocumentShell } from './documents'
import type { ExportShell } from './exports'
import { stampOf } from './file-stamp'
import { pickFile, writeBytes, type Profiles } from './files'
import type { PerfShell } from './perf-data'
import type { RecentFiles } from './recent'
import { ask, choosePath } from './save-dialog'

const sessions = { name: 'Worldswitch session', extensions: [sessionExtension.slice(1)] }
const everything = { name: 'Sessions and profiles', extensions: ['*'] }

export const savedSession = { title: 'Save session', kindName: sessions.name, extension: sessionExtension }

function folderOf(recent: RecentFiles): string {
  const last = recent.list()[0]
  return last === undefined ? app.getPath('documents') : dirname(last)
}

/** Dialogs and disk for exports. Folders: that of the last export, at first that of the last document. */
export function exportShell(window: BrowserWindow, recent: RecentFiles): ExportShell {
  return {
    choosePath: (kind, folder, suggestion) => choosePath(window, kind, folder ?? folderOf(recent), suggestion),
    write: writeBytes,
  }
}

export function perfShell(window: BrowserWindow): PerfShell {
  return {
    choose: (question, signal) => ask(window, { type: 'question', ...question, ...(signal ? { signal } : {}) }),
    copy: (text) => { void clipboard.writeText(text) },
  }
}

/** Dialogs and disk for the flow in documents.ts. Folders: the last one used, at first the user's documents. */
export function documentShell(
  window: BrowserWindow, send: (event: WindowEvent) => void, recent: RecentFiles, profiles: Profiles,
  copy: { settled(): void; notShown(): void },
): DocumentShell {
  const folder = () => folderOf(recent)
  return {
    send,
    ...questions(window),
    async chooseFilesToOpen() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a session or a profile', defaultPath: folder(), filters: [everything, sessions],
        properties: ['openFile', 'multiSelections'],
      })
      return canceled ? [] : filePaths
    },
    chooseFileToSave: (suggestion) => choosePath(window, savedSession, folder(), suggestion),
    async offerSaveElsewhere(error: PlainError) {
      const answer = await ask(window, {
        type: 'error', message: error.what, detail: [error.kept, error.todo].filter(Boolean).join('\n'),
        buttons: ['Save As…', 'Cancel'], defaultId: 0, cancelId: 1,
      })
      return answer === 0
    },
    pick: (path) => pickFile(path, profiles),
    write: writeBytes,
    stamp: stampOf,
    settled: () => copy.settled(),
    copyNotShown: () => copy.notShown(),
    showTitle(title, dirty, path) {
      if (window.isDestroyed()) return
      window.setTitle(title)
      window.setDocumentEdited(dirty)
      window.setRepresentedFilename(path ?? '')
    },
    remember: (path) => recent.add(path),
    forget: (path) => recent.drop(path),
  }
}

/** What is asked before changes or files could be lost. */
function questions(window: BrowserWindow): Pick<DocumentShell, 'askAboutChanges' | 'askAboutChangedFile' | 'askToReload'> {
  return {
    async askAboutChanges(name) {
      const answer = await ask(window, {
        type: 'warning', message: `Save the changes to ${name}?`, detail: 'They are lost if you do not save them.',
        buttons: ['Save', "Don't Save", 'Cancel'], defaultId: 0, cancelId: 2,
      })
      return answer === 0 ? 'save' : answer === 1 ? 'discard' : 'cancel'
    },
    async askAboutChangedFile(name) {
      const answer = await ask(window, {
        type: 'warning', message: `${name} was changed by another program or window since it was opened or saved here.`,
        detail: 'Save As: both are kept. Overwrite: the file becomes what this window shows. '
          + 'Reload: this window shows what the file holds now, and your unsaved changes are lost.',
        buttons: ['Save As…', 'Overwrite', 'Reload', 'Cancel'], defaultId: 0, cancelId: 3,
      })
      return (['save-as', 'overwrite', 'reload', 'cancel'] as const)[answer] ?? 'cancel'
    },
    async askToReload(name, dirty) {
      const answer = await ask(window, {
        type: 'question', message: `${name} was changed by another program or window.`,
        detail: dirty ? 'Reloading shows what the file holds now; your unsaved changes are lost. Without it, saving asks again.'
          : 'Reloading shows what the file holds now. Without it, saving asks again.',
        buttons: ['Reload', 'Keep What Is Open'], defaultId: dirty ? 1 : 0, cancelId: 1,
      })
      return answer === 0
    },
  }
}
