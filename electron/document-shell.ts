import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { BrowserWindow, MessageBoxOptions } from 'electron'
import { app, dialog } from 'electron'
import type { PlainError } from '../engine/plain-error'
import { kindOfFile, sessionExtension } from '../engine/session/kind'
import type { WindowEvent } from '../engine/window-api'
import type { DocumentShell } from './documents'
import { readBytes, writeBytes } from './files'
import type { RecentFiles } from './recent'

const sessions = { name: 'Worldswitch session', extensions: [sessionExtension.slice(1)] }
const everything = { name: 'Sessions and profiles', extensions: ['*'] }

async function ask(window: BrowserWindow, options: MessageBoxOptions): Promise<number> {
  const { response } = await dialog.showMessageBox(window, { noLink: true, ...options })
  return response
}

async function chooseFileToSave(window: BrowserWindow, folder: string, suggestion: string): Promise<string | null> {
  const defaultPath = isAbsolute(suggestion) ? suggestion : join(folder, suggestion)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save session', defaultPath, filters: [sessions], properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  if (canceled || !filePath) return null
  // A dot is no extension here: people call things "VM 2.0".
  if (filePath.toLowerCase().endsWith(sessionExtension)) return filePath
  // GTK's dialog adds no extension, and it asked about overwriting another name than the one that is written.
  const path = `${filePath}${sessionExtension}`
  if (!existsSync(path)) return path
  const replace = await ask(window, {
    type: 'question', message: `${basename(path)} already exists. Replace it?`, detail: `In ${dirname(path)}.`,
    buttons: ['Replace', 'Cancel'], defaultId: 1, cancelId: 1,
  })
  return replace === 0 ? path : null
}

/** Dialogs and disk for the flow in documents.ts. Folders: the last one used, at first the user's documents. */
export function documentShell(
  window: BrowserWindow, send: (event: WindowEvent) => void, recent: RecentFiles,
): DocumentShell {
  const folder = () => {
    const last = recent.list()[0]
    return last === undefined ? app.getPath('documents') : dirname(last)
  }
  return {
    send,
    async askAboutChanges(name) {
      const answer = await ask(window, {
        type: 'warning', message: `Save the changes to ${name}?`, detail: 'They are lost if you do not save them.',
        buttons: ['Save', "Don't Save", 'Cancel'], defaultId: 0, cancelId: 2,
      })
      return answer === 0 ? 'save' : answer === 1 ? 'discard' : 'cancel'
    },
    async chooseFilesToOpen() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a session or a profile', defaultPath: folder(), filters: [everything, sessions],
        properties: ['openFile', 'multiSelections'],
      })
      return canceled ? [] : filePaths
    },
    chooseFileToSave: (suggestion) => chooseFileToSave(window, folder(), suggestion),
    async offerSaveElsewhere(error: PlainError) {
      const answer = await ask(window, {
        type: 'error', message: error.what, detail: [error.kept, error.todo].filter(Boolean).join('\n'),
        buttons: ['Save As…', 'Cancel'], defaultId: 0, cancelId: 1,
      })
      return answer === 0
    },
    read: (path) => readBytes(path),
    write: writeBytes,
    kindOf: kindOfFile,
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
