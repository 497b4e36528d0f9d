import { notYet, type FileSource } from '../formats/file-source'
import { largestContent } from '../formats/limits'
import { PlainErrorException } from '../plain-error'

/** What comes in by a pipe, piece by piece: the next is taken only when the one before has been read. */
export class PipeSource implements FileSource {
  /** Bytes that have come so far: nobody knows how many there will be. */
  size = 0
  private readonly pieces: Uint8Array[] = []
  private ended = false

  constructor(private readonly input: AsyncIterator<Uint8Array>, private readonly where: string) {}

  next(): Uint8Array | typeof notYet | null {
    return this.pieces.shift() ?? (this.ended ? null : notYet)
  }

  waiting(): boolean {
    return this.pieces.length === 0 && !this.ended
  }

  /** Waits for the next piece, or for the end. Throws a PlainErrorException. */
  async more(): Promise<void> {
    let step: IteratorResult<Uint8Array, unknown>
    try {
      step = await this.input.next()
    } catch (thrown) {
      throw this.unread(thrown instanceof Error ? thrown.message : String(thrown))
    }
    if (step.done) {
      this.ended = true
      return
    }
    this.size += step.value.length
    if (this.size > largestContent) throw this.unread(`it has more than ${largestContent / 1e6} MB, which is the limit`)
    this.pieces.push(step.value)
  }

  /** The first bytes, at most `length`; they stay to be read. */
  async beginning(length: number): Promise<Uint8Array> {
    while (this.size < length && !this.ended) await this.more()
    const head = new Uint8Array(Math.min(length, this.size))
    let at = 0
    for (const piece of this.pieces) {
      const part = piece.subarray(0, head.length - at)
      head.set(part, at)
      at += part.length
    }
    return head
  }

  /** Whoever writes into it is told that nobody reads it any more. */
  close(): void {
    if (!this.ended) void this.input.return?.()
    this.ended = true
  }

  private unread(why: string): PlainErrorException {
    return new PlainErrorException({ what: `The input cannot be read: ${why}.`, where: this.where })
  }
}
