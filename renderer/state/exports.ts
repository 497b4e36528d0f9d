import { plainErrorOf } from '../../engine/plain-error'
import { maxFileBytes, type ExportKind } from '../../engine/window-api'
import { notify } from './notices'

/**
 * Saves what the window made as a file of its own: the user is asked where, `name` is suggested (without extension, any
 * text). Answers the name of the saved file; null when the user changed their mind, or when it failed and has been told.
 */
export async function saveExport(name: string, kind: ExportKind, content: Uint8Array | string): Promise<string | null> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  if (bytes.byteLength > maxFileBytes) {
    notify({
      what: `${name} would have ${Math.ceil(bytes.byteLength / 1048576)} MB; the limit is ${maxFileBytes / 1048576} MB.`,
      kept: 'Nothing was written.', todo: 'Export a part of it.',
    })
    return null
  }
  try {
    const result = await window.worldswitch.saveExport(name, kind, bytes)
    if (result.saved) return result.fileName
    if (result.error) notify(result.error)
  } catch (thrown) {
    notify(plainErrorOf(thrown))
  }
  return null
}
