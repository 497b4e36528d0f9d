import { basename } from 'node:path'
import { PlainErrorException } from '../engine/plain-error'
import { FileFault, readWholeFile, writeFileAtomically } from '../engine/session/files'
import { maxFileBytes } from '../engine/window-api'

/** The reader and the writer of engine/session/files.ts, whose faults are told as an open window should tell them. */
export async function readBytes(path: string, limit = maxFileBytes): Promise<Uint8Array> {
  try {
    return await readWholeFile(path, limit)
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
