import { access, constants, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { PlainErrorException } from '../plain-error'
import { encodeSession } from '../session/archive'
import { emptyView } from '../session/document'
import type { SimulatedRun } from '../session/document'
import { writeFileAtomically } from '../session/files'

/** Refuses before a long run what could not be saved after it. */
export async function checkSavePath(path: string): Promise<void> {
  const refuse = (what: string) => new PlainErrorException({ what, where: path })
  if (!basename(path).endsWith('.wsprof')) throw refuse('A session is saved under a name that ends in .wsprof.')
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

export async function saveRuns(path: string, runs: readonly SimulatedRun[]): Promise<void> {
  const [a, b] = runs
  const bytes = encodeSession({
    notes: '', runs: [...runs],
    view: {
      ...emptyView, tab: b ? 'compare' : 'table', selectedRun: a?.id ?? null,
      compare: a && b ? { a: a.id, b: b.id } : null,
    },
  })
  await writeFileAtomically(path, bytes)
}
