import { Gunzip, gzipSync } from 'fflate/browser'
import { PlainErrorException } from '../plain-error'
import { crc32 } from './crc32'

/** Unpacked, a profile may be this large; a file that grows further is refused before the memory is gone. */
export const largestUnpacked = 1 << 30
const pushedAtOnce = 1 << 16

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** The same bytes for the same content on any day: no time and no name in the header. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { mtime: 0, level: 6 })
}

/** Unpacks with a bound; throws a PlainErrorException for damaged, cut-off and too large files. */
export function gunzip(fileName: string, bytes: Uint8Array, limit = largestUnpacked): Uint8Array {
  const chunks: Uint8Array[] = []
  let length = 0
  let members = 1
  const stream = new Gunzip((chunk) => {
    length += chunk.length
    if (length > limit) throw new TooLarge()
    chunks.push(chunk)
  })
  stream.onmember = () => members++
  try {
    for (let at = 0; at < bytes.length; at += pushedAtOnce) {
      stream.push(bytes.subarray(at, at + pushedAtOnce), at + pushedAtOnce >= bytes.length)
    }
  } catch (thrown) {
    if (!(thrown instanceof TooLarge)) throw damaged(fileName)
    throw new PlainErrorException({
      what: `The file unpacks to more than ${Math.floor(limit / 1e6)} MB, which is more than Worldswitch reads.`,
      where: fileName, todo: 'Unpack it and cut it down.',
    })
  }
  const unpacked = joined(chunks, length)
  if (members === 1 && !matchesTrailer(bytes, unpacked)) throw damaged(fileName)
  return unpacked
}

class TooLarge extends Error {}

function damaged(fileName: string): PlainErrorException {
  return new PlainErrorException({
    what: 'The file is gzip, but damaged or cut off.', where: fileName, todo: 'Copy it again from where it came.',
  })
}

function joined(chunks: Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** A gzip member ends with CRC-32 and length of its content (RFC 1952); the library does not look at them. */
function matchesTrailer(bytes: Uint8Array, unpacked: Uint8Array): boolean {
  if (bytes.length < 18) return false
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8)
  return trailer.getUint32(4, true) === unpacked.length >>> 0 && trailer.getUint32(0, true) === crc32(unpacked)
}
