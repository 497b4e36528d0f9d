import { notYet } from '../formats/file-source'
import { joined } from '../formats/gzip'
import { PlainErrorException } from '../plain-error'
import { largestFile, readWholeFile, writeFileAtomically } from '../session/files'
import { PipeSource } from './pipe-source'
import type { Terminal } from './terminal'

/** In place of a file's name: what comes in by a pipe, or goes out by one. */
export const pipe = '-'

/** How a file that was asked for is called in messages and results. */
export function nameOf(path: string): string {
  return path === pipe ? 'standard input' : path
}

/** A whole file, or everything that comes in by the pipe. Throws a PlainErrorException. */
export async function readInput(path: string, limit = largestFile): Promise<Uint8Array> {
  return path === pipe ? await wholePipe(openPipe(), limit) : await readWholeFile(path, limit)
}

/** Standard input, nothing of it read. Throws a PlainErrorException where a person would have to type it. */
export function openPipe(): PipeSource {
  if (process.stdin.isTTY) throw new PlainErrorException({ what: 'Nothing is piped in.', where: nameOf(pipe), todo: 'Name a file, or pipe one in.' })
  return new PipeSource((process.stdin as AsyncIterable<Uint8Array>)[Symbol.asyncIterator](), nameOf(pipe))
}

/** For what has to be there as a whole. */
export async function wholePipe(source: PipeSource, limit = largestFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for (let piece = source.next(); piece !== null; piece = source.next()) {
    if (piece === notYet) await source.more()
    else chunks.push(piece)
    if (source.size <= limit) continue
    throw new PlainErrorException({ what: `The input cannot be read: it has more than ${Math.round(limit / 2 ** 20)} MB, the most that can be read for now.`, where: nameOf(pipe) })
  }
  // one chunk alone may lie in a buffer that others use
  return chunks.length === 1 ? new Uint8Array(chunks[0]!) : joined(chunks)
}

/** The pipe comes in once and goes out once: who asks for it twice is told before anything is read. */
export function onePipe(way: 'input' | 'output', ...paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === pipe).length < 2) return
  throw new PlainErrorException({ what: `Standard ${way} can be asked for once only, and "-" is there twice.` })
}

/** Bytes that no person can read do not go to a terminal. Asked before the work is done. */
export function checkBinaryOutput(path: string | undefined, terminal: Terminal): void {
  if (path !== pipe || !terminal.isRead) return
  throw new PlainErrorException({ what: 'What is written is not text, and standard output is a terminal.', todo: 'Send it into a file or a pipe.' })
}

export async function writeOutput(path: string, content: string | Uint8Array, terminal: Terminal): Promise<void> {
  if (path === pipe) terminal.write(content)
  else await writeFileAtomically(path, typeof content === 'string' ? new TextEncoder().encode(content) : content)
}
