import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readJson, writeAtomically } from './setup/files.mjs'

const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()

/** Content, not times: a checkout or a copy changes times without changing anything. */
export const contentHash = (project, sources) => {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(project, source)
    if (!existsSync(path)) continue
    const files = /\.[a-z]+$/.test(source) ? [path] : filesUnder(path)
    for (const file of files) hash.update(file.slice(project.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

const stampFile = (project, name) => join(project, 'out', '.stamps', `${name}.json`)

export const isFresh = (project, target) =>
  target.outputs.every((output) => existsSync(join(project, output))) &&
  readJson(stampFile(project, target.name))?.content === contentHash(project, target.sources)

/** The mark goes before the build starts and comes back after it ended: a killed build leaves none. */
export const clearStamp = (project, target) => rmSync(stampFile(project, target.name), { force: true })

export const writeStamp = (project, target, content) =>
  writeAtomically(stampFile(project, target.name), `${JSON.stringify({ content })}\n`)
