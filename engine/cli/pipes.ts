import { basename } from 'node:path'
import { joined } from '../formats/gzip'
import { PlainErrorException } from '../plain-error'
import { largestFile, readWholeFile, writeFileAtomically } from '../session/files'

/** Stands for standard input and output in place of a file's name. */
export const pipe = '-'

export interface Input {
  /** What messages and the profile call it. */
  name: string
  bytes: Uint8Array
}

/** The whole of a file, or of standard input. Throws a PlainErrorException. */
export async function readInput(path: string): Promise<Input> {
  if (path !== pipe) return { name: basename(path), bytes: await readWholeFile(path) }
  const name = 'standard input'
  if (process.stdin.isTTY) throw new PlainErrorException({ what: 'Nothing is piped in.', where: name, todo: 'Name a file, or pipe a profile in.' })
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > largestFile) {
      throw new PlainErrorException({ what: `More than ${Math.round(largestFile / 2 ** 20)} MB came, and that is the most that can be read for now.`, where: name })
    }
    chunks.push(chunk)
  }
  return { name, bytes: joined(chunks) }
}

/** The file as a whole, or everything to standard output. */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  if (path !== pipe) return writeFileAtomically(path, bytes)
  // an error is that of the stream, which main.ts listens to
  await new Promise<void>((done) => { process.stdout.write(bytes, () => done()) })
}
