/** No piece is there yet: whoever has it sends it later. */
export const notYet = Symbol('not yet')

/** A file in pieces, from its beginning to its end: on the disk, in memory, or sent by the window. */
export interface FileSource {
  /** Bytes that it is expected to have. */
  readonly size: number
  /** The next piece, valid until the next call; null at the end. Throws a PlainErrorException when it cannot be read. */
  next(): Uint8Array | typeof notYet | null
  /** True: `next` has nothing before something comes from outside. */
  waiting?(): boolean
  /** After the end: what has happened to the file while it was read, for the load report. */
  remarks?(): string[]
  close?(): void
}

/** A few milliseconds of reading: whoever waits can be told, and can cancel, between two pieces. */
export const pieceBytes = 1 << 18

export function sourceOfBytes(bytes: Uint8Array): FileSource {
  let at = 0
  return {
    size: bytes.length,
    next() {
      if (at >= bytes.length) return null
      return bytes.subarray(at, at = Math.min(bytes.length, at + pieceBytes))
    },
  }
}

/** Pieces that come from elsewhere as they are asked for by `want`, and are put in by `put`. */
export class SentPieces implements FileSource {
  private piece: Uint8Array | null = null
  private asked = false
  private done = 0

  constructor(readonly size: number, private readonly want: () => void) {}

  /** Not asked for, or more than was announced: ignored. */
  put(bytes: Uint8Array): void {
    if (!this.asked || this.piece) return
    this.piece = bytes.subarray(0, this.size - this.done)
  }

  next(): Uint8Array | typeof notYet | null {
    if (this.done >= this.size) return null
    const { piece } = this
    if (piece) {
      this.piece = null
      this.asked = false
      this.done += piece.length
      // an empty one before the end: there is no more of it than this
      if (piece.length === 0) this.done = this.size
      return piece
    }
    if (!this.asked) {
      this.asked = true
      this.want()
    }
    return notYet
  }

  waiting(): boolean {
    return this.asked && this.piece === null
  }
}
