import { basename } from 'node:path'
import { isPerfData, perfDataMagicBytes } from '../engine/formats/perf-data/detect'
import { isMachineFile, largestMachineFile, mayBeMachineFile } from '../engine/machine/machine-file'
import { PlainErrorException } from '../engine/plain-error'
import { isRulesFile } from '../engine/profile/classify/rules-file'
import { FileFault, readBeginning, readWholeFile, writeFileAtomically } from '../engine/session/files'
import { kindOfFile } from '../engine/session/kind'
import { maxFileBytes, type PickedFile } from '../engine/window-api'

/** The readers and the writer of engine/session/files.ts, whose faults are told as an open window should tell them. */
export function readBytes(path: string, limit = maxFileBytes): Promise<Uint8Array> {
  return told(path, () => readWholeFile(path, limit))
}

/** What becomes of a file that is a profile: what the window may carry of its path, and perf's text of a perf.data. */
export interface Profiles {
  seal(path: string): string
  /** Null: the user did not want it. */
  perfText(path: string): Promise<string | null>
}

/**
 * What a file is. Of a profile only the first bytes are read here: the engine reads it, from the path as sealed. Null: the
 * user did not want it after all.
 */
export async function pickFile(path: string, { seal, perfText }: Profiles): Promise<PickedFile | null> {
  const fileName = basename(path)
  const { head, size } = await told(path, () => readBeginning(path, mayBeMachineFile(fileName) ? largestMachineFile : perfDataMagicBytes))
  if (kindOfFile(fileName, head) === 'session') return { fileName, kind: 'session', bytes: await readBytes(path) }
  if (size === head.length && isMachineFile(fileName, head)) return { fileName, kind: 'machine', bytes: head }
  if (size === head.length && isRulesFile(fileName, head)) return { fileName, kind: 'rules', bytes: head }
  const read = isPerfData(head) ? await perfText(path) : path
  return read === null ? null : { fileName, kind: 'profile', sealedPath: seal(read) }
}

async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof FileFault)) throw thrown
    throw new PlainErrorException({
      todo: 'Check the name and that it may be read.', ...thrown.plain,
      what: `${basename(path)} could not be opened: ${thrown.reason}.`, kept: 'What was open is unchanged.',
    })
  }
}

export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomically(path, bytes)
  } catch (thrown) {
    if (!(thrown instanceof FileFault)) throw thrown
    throw new PlainErrorException({
      ...thrown.plain,
      what: `${basename(path)} could not be saved: ${thrown.reason}.`,
      kept: 'The session is still open with everything in it, and the file on the disk is as it was before.',
    })
  }
}
