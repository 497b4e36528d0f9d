import { Gunzip, gzipSync } from 'fflate/browser'
import { PlainErrorException } from '../plain-error'
import { Crc32 } from './crc32'
import { notYet, sourceOfBytes, type FileSource } from './file-source'
import { largestContent } from './limits'

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/** The same bytes for the same content on any day: no time and no name in the header. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { mtime: 0, level: 6 })
}

/** Unpacks as a whole, with a bound; throws a PlainErrorException for damaged, cut-off and too large files. */
export function gunzip(fileName: string, bytes: Uint8Array, limit = largestContent): Uint8Array {
  return joined(Array.from(unpacked(fileName, sourceOfBytes(bytes), limit), (chunk) => chunk.bytes))
}

/** A part of a file's content, valid until the next, and how many of the file's own bytes have been used up to its end. */
export interface Chunk {
  bytes: Uint8Array
  done: number
  packed: boolean
}

/** So little that what comes out of it takes milliseconds even where it is packed a thousandfold. */
const packedPiece = 1 << 14
const nothing = new Uint8Array(0)

/**
 * The content of a file piece by piece, unpacked if it is gzip: neither it nor a copy is ever in memory as a whole. Throws
 * PlainErrorExceptions for damaged, cut-off and too large files, for the first of them only after what could be unpacked.
 * An empty chunk: more of the file has to come first.
 */
export function* chunksOf(fileName: string, source: FileSource, limit = largestContent): Generator<Chunk, void, void> {
  let done = 0
  let first: Uint8Array | null = new Uint8Array(0)
  for (let piece = source.next(); piece !== null; piece = source.next()) {
    if (piece === notYet) {
      yield { bytes: nothing, done, packed: false }
      continue
    }
    if (first) {
      // so short a first piece does not show what it is the beginning of
      piece = first.length === 0 ? piece : joined([first, piece])
      first = piece.length < 3 ? piece.slice() : null
      if (first) continue
      if (isGzip(piece)) return yield* unpacked(fileName, source, limit, piece)
    }
    done += piece.length
    yield { bytes: piece, done, packed: false }
  }
  if (first && first.length > 0) yield { bytes: first, done: first.length, packed: false }
}

/** `piece`: has been taken from the source already. */
function* unpacked(
  fileName: string, source: FileSource, limit: number, piece: Uint8Array | typeof notYet | null = source.next(),
): Generator<Chunk, void, void> {
  const gunzipper = new Gunzipper(fileName, limit)
  let done = 0
  for (; piece !== null; piece = source.next()) {
    if (piece === notYet) {
      yield { bytes: nothing, done, packed: true }
      continue
    }
    for (let at = 0; at < piece.length; at += packedPiece) {
      const packed = piece.subarray(at, at + packedPiece)
      done += packed.length
      for (const bytes of gunzipper.push(packed, false)) yield { bytes, done, packed: true }
    }
  }
  for (const bytes of gunzipper.push(nothing, true)) yield { bytes, done, packed: true }
  gunzipper.check()
}

/** The library's, with what it leaves to others: bounds, the checksum, and plain words. */
class Gunzipper {
  private out: Uint8Array[] = []
  private readonly crc = new Crc32()
  private readonly tail = new Uint8Array(8)
  private packed = 0
  private length = 0
  private members = 1
  private readonly stream = new Gunzip((chunk) => {
    if (chunk.length > 0) this.out.push(chunk)
  })

  constructor(private readonly fileName: string, private readonly limit: number) {
    this.stream.onmember = () => this.members++
  }

  push(bytes: Uint8Array, last: boolean): Uint8Array[] {
    this.keepTail(bytes)
    try {
      // a copy: what it has not used yet the library keeps, and the source writes its next piece over it
      this.stream.push(bytes.slice(), last)
    } catch {
      throw damaged(this.fileName)
    }
    const { out } = this
    this.out = []
    for (const chunk of out) {
      this.length += chunk.length
      if (this.length > this.limit) throw tooLarge(this.fileName, this.limit)
      this.crc.add(chunk)
    }
    return out
  }

  private keepTail(bytes: Uint8Array): void {
    this.packed += bytes.length
    if (bytes.length < 8) this.tail.copyWithin(0, bytes.length)
    this.tail.set(bytes.subarray(-8), Math.max(0, 8 - bytes.length))
  }

  /** A gzip member ends with CRC-32 and length of its content (RFC 1952); the library does not look at them. */
  check(): void {
    // of several members only the last one's trailer is known
    if (this.members > 1) return
    const trailer = new DataView(this.tail.buffer)
    const fits = this.packed >= 18 && trailer.getUint32(4, true) === this.length >>> 0 && trailer.getUint32(0, true) === this.crc.value
    if (!fits) throw damaged(this.fileName)
  }
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
    what: `The file unpacks to more than ${Math.floor(limit / 1e6)} MB, which is the most that Worldswitch reads.`,
    where: fileName, todo: 'Unpack it and cut it down.',
  })
}
