import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import { root } from '../../../build/setup/files.mjs'

const made: string[] = []

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
})

export const temporaryFolder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'worldswitch-build-'))
  made.push(path)
  return path
}

export const put = (folder: string, name: string, text: string, mode = 0o644): string => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode })
  return path
}

/** The scripts find their project by where they lie: a copy of them makes any folder a project of its own. */
export const temporaryProject = (): string => {
  const folder = temporaryFolder()
  cpSync(join(root, 'build'), join(folder, 'build'), { recursive: true })
  put(folder, 'package.json', JSON.stringify({ name: 'p', version: '1.0.0', type: 'module' }))
  put(folder, 'docs/electron-runtime.md', 'provenance')
  return folder
}

export const until = async (what: () => boolean, milliseconds = 20_000): Promise<void> => {
  const end = Date.now() + milliseconds
  while (!what()) {
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
