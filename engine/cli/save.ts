import { access, constants, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { PlainErrorException } from '../plain-error'
import { encodeSession } from '../session/archive'
import { emptyView } from '../session/document'
import type { SimulatedRun } from '../session/document'
import { readWholeFile, writeFileAtomically } from '../session/files'
import { sessionExtension } from '../session/kind'
import { checkBinaryOutput, pipe, writeOutput } from './streams'
import type { Terminal } from './terminal'

/** Refuses before a long run what could not be saved after it. */
export async function checkSavePath(path: string, terminal: Terminal): Promise<void> {
  if (path === pipe) return checkBinaryOutput(path, terminal)
  const refuse = (what: string) => new PlainErrorException({ what, where: path })
  if (!basename(path).endsWith(sessionExtension)) throw refuse('A session is saved under a name that ends in .wsprof.')
  if (await isFolder(path)) throw refuse('This is a folder.')
  const folder = dirname(resolve(path))
  if (!await isFolder(folder)) throw refuse(`There is no folder ${folder}.`)
  await access(folder, constants.W_OK).catch(() => {
    throw refuse(`Nothing can be written to the folder ${folder}.`)
  })
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false)
}

export async function saveRuns(path: string, runs: readonly SimulatedRun[], terminal: Terminal): Promise<void> {
  await writeOutput(path, encoded(runs), terminal)
}

/**
 * Saves under `path` or, where another session lies there already (notes may have been added to it), under the first
 * free name like it. Answers the name. Equal runs give equal bytes, so that the same session is saved once.
 */
export async function saveBeside(path: string, runs: readonly SimulatedRun[]): Promise<string> {
  const bytes = encoded(runs)
  const stem = path.slice(0, -sessionExtension.length)
  for (let n = 1; ; n++) {
    const name = n === 1 ? path : `${stem}-${n}${sessionExtension}`
    const there = await stat(name).catch(() => null)
    if (there && !(there.isFile() && there.size === bytes.length && sameBytes(await readWholeFile(name), bytes))) continue
    if (!there) await writeFileAtomically(name, bytes)
    return name
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function encoded(runs: readonly SimulatedRun[]): Uint8Array {
  const [a, b] = runs
  return encodeSession({
    notes: '', runs: [...runs],
    view: {
      ...emptyView, tab: b ? 'compare' : 'table', selectedRun: a?.id ?? null,
      compare: a && b ? { a: a.id, b: b.id } : null,
    },
  })
}
