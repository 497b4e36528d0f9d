import { Gunzip, gzipSync } from 'fflate/browser'
import { PlainErrorException } from '../plain-error'
import { Crc32 } from './crc32'

/** Unpacked, a profile may be this large; a file that grows further is refused before the memory is gone. */
export const largestUnpacked = 1 << 30

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** The same bytes for the same content on any day: no time and no name in the header. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { mtime: 0, level: 6 })
}

/** Unpacks as a whole, with a bound; throws a PlainErrorException for damaged, cut-off and too large files. */
export function gunzip(fileName: string, bytes: Uint8Array, limit = largestUnpacked): Uint8Array {
  return joined(Array.from(unpacked(fileName, bytes, limit), (chunk) => chunk.bytes))
}

/** A part of a file's content, and how many of the file's own bytes have been used up to its end. */
export interface Chunk {
  bytes: Uint8Array
  done: number
}

/** A few milliseconds of reading: whoever waits can be told, and can cancel, between two chunks. */
const plainChunk = 1 << 18
const packedChunk = 1 << 16

/**
 * The content of a file piece by piece, unpacked if it is gzip: neither it nor a copy is ever in memory as a whole. Throws
 * PlainErrorExceptions for damaged, cut-off and too large files, for the first of them only after what could be unpacked.
 */
export function chunksOf(fileName: string, bytes: Uint8Array, limit = largestUnpacked): Generator<Chunk, void, void> {
  return isGzip(bytes) ? unpacked(fileName, bytes, limit) : plain(bytes)
}

function* plain(bytes: Uint8Array): Generator<Chunk, void, void> {
  for (let at = 0; at < bytes.length; at += plainChunk) {
    const end = Math.min(bytes.length, at + plainChunk)
    yield { bytes: bytes.subarray(at, end), done: end }
  }
}

function* unpacked(fileName: string, bytes: Uint8Array, limit: number): Generator<Chunk, void, void> {
  const out: Uint8Array[] = []
  const crc = new Crc32()
  let length = 0
  let members = 1
  const stream = new Gunzip((chunk) => {
    if (chunk.length > 0) out.push(chunk)
  })
  stream.onmember = () => members++
  for (let at = 0; at < bytes.length; at += packedChunk) {
    const end = Math.min(bytes.length, at + packedChunk)
    try {
      stream.push(bytes.subarray(at, end), end === bytes.length)
    } catch {
      throw damaged(fileName)
    }
    for (const chunk of out.splice(0)) {
      length += chunk.length
      if (length > limit) throw tooLarge(fileName, limit)
      crc.add(chunk)
      yield { bytes: chunk, done: end }
    }
  }
  if (members === 1 && !trailerFits(bytes, length, crc.value)) throw damaged(fileName)
}

/** A gzip member ends with CRC-32 and length of its content (RFC 1952); the library does not look at them. */
function trailerFits(bytes: Uint8Array, length: number, crc: number): boolean {
  if (bytes.length < 18) return false
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8)
  return trailer.getUint32(4, true) === length >>> 0 && trailer.getUint32(0, true) === crc
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

function damaged(fileName: string): PlainErrorException {
  return new PlainErrorException({
    what: 'The file is gzip, but damaged or cut off.', where: fileName, todo: 'Copy it again from where it came.',
  })
}

function tooLarge(fileName: string, limit: number): PlainErrorException {
  return new PlainErrorException({
    what: `The file unpacks to more than ${Math.floor(limit / 1e6)} MB, which is more than Worldswitch reads.`,
    where: fileName, todo: 'Unpack it and cut it down.',
  })
}
