import { basename, dirname } from 'node:path'
import { exportedKinds, exportIds, type ExportId } from '../engine/exports/kinds'
import { plainErrorOf } from '../engine/plain-error'
import type { ExportKind, ExportResult } from '../engine/window-api'
import type { SavedKind } from './save-dialog'

const kinds: Readonly<Record<ExportKind, SavedKind>> = {
  png: { title: 'Export picture', kindName: 'PNG picture', extension: '.png' },
  svg: { title: 'Export picture', kindName: 'SVG picture', extension: '.svg' },
  html: { title: 'Export report', kindName: 'Report (HTML)', extension: '.html' },
  markdown: { title: 'Export report', kindName: 'Report (Markdown)', extension: '.md' },
  rules: { title: 'Export rules', kindName: 'Rules (JSON)', extension: '.rules.json' },
  ...profileKinds(),
  csv: { title: 'Export table', kindName: 'Table (CSV)', extension: '.csv' },
}

/** Formats of profiles: the ending is the first of each. */
function profileKinds(): Record<ExportId, SavedKind> {
  const entries = exportIds.map((id): [ExportId, SavedKind] => {
    const { title, endings } = exportedKinds[id]
    return [id, { title: 'Export profile', kindName: title, extension: endings[0] }]
  })
  return Object.fromEntries(entries) as Record<ExportId, SavedKind>
}

/** What exporting needs of the desktop. */
export interface ExportShell {
  /** Null: the user changed their mind. `folder`: where the last export went, null for the first. */
  choosePath(kind: SavedKind, folder: string | null, suggestion: string): Promise<string | null>
  write(path: string, bytes: Uint8Array): Promise<void>
}

/** Files that the window makes of what it shows. It suggests a name; the path is the user's, and stays here. */
export class Exports {
  private folder: string | null = null

  constructor(private readonly shell: ExportShell) {}

  async save(name: string, kind: ExportKind, bytes: Uint8Array): Promise<ExportResult> {
    try {
      const saved = kinds[kind]
      const path = await this.shell.choosePath(saved, this.folder, suggestedName(name, saved.extension))
      if (path === null) return { saved: false, error: null }
      await this.shell.write(path, bytes)
      this.folder = dirname(path)
      return { saved: true, fileName: basename(path) }
    } catch (thrown) {
      return { saved: false, error: plainErrorOf(thrown) }
    }
  }
}

/** Bytes, of which file systems allow 255; an umlaut is two of them, and the extension and a temporary name need some. */
const longestName = 120

/** A file name of what people call things: nothing of it may lead into another folder or be refused by Windows. */
export function suggestedName(name: string, extension: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, '-').replace(/^[\s.-]+|[\s.-]+$/g, '').slice(0, longestName)
  const stem = plain.toLowerCase().endsWith(extension) ? plain.slice(0, -extension.length) : plain
  return `${stem === '' ? 'worldswitch' : stem}${extension}`
}
