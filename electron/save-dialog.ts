import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { BrowserWindow, MessageBoxOptions } from 'electron'
import { dialog } from 'electron'
import { visibleText } from '../engine/visible-name'

export async function ask(window: BrowserWindow, options: MessageBoxOptions): Promise<number> {
  const { message, detail = '' } = options
  const { response } = await dialog.showMessageBox(window, { noLink: true, ...options, message: visibleText(message), detail: visibleText(detail) })
  return response
}

/** What is saved: the dialog's title, how people call the kind, and the extension with its dot. */
export interface SavedKind {
  title: string
  kindName: string
  extension: string
}

/** Asks where to save; `suggestion` is a path, or a name in `folder`. Null: the user changed their mind. */
export async function choosePath(
  window: BrowserWindow, { title, kindName, extension }: SavedKind, folder: string, suggestion: string,
): Promise<string | null> {
  const defaultPath = isAbsolute(suggestion) ? suggestion : join(folder, suggestion)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title, defaultPath, filters: [{ name: kindName, extensions: [extension.slice(1)] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  if (canceled || !filePath) return null
  // A dot is no extension here: people call things "VM 2.0".
  if (filePath.toLowerCase().endsWith(extension)) return filePath
  // GTK's dialog adds no extension, and it asked about overwriting another name than the one that is written.
  const path = `${filePath}${extension}`
  if (!existsSync(path)) return path
  const replace = await ask(window, {
    type: 'question', message: `${basename(path)} already exists. Replace it?`, detail: `In ${dirname(path)}.`,
    buttons: ['Replace', 'Cancel'], defaultId: 1, cancelId: 1,
  })
  return replace === 0 ? path : null
}
