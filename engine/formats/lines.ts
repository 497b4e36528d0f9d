/** Longer lines are cut: no symbol or head line comes near, and a file without line ends must not be held in memory. */
const longestLine = 65_536

/**
 * Called with bytes[start..end) of one line, without its line end. The bytes are valid during the call only. `isCut`: the
 * line goes on, and its end is not in them.
 */
export type LineSink = (bytes: Uint8Array, start: number, end: number, isCut: boolean) => void

/**
 * Cuts chunks of bytes into lines ended by LF or CRLF, without ever making one string of them: the largest string of
 * the JavaScript engine would be the largest file.
 */
export class LineCutter {
  lines = 0
  cut = 0
  private rest = new Uint8Array(longestLine)
  private restLength = 0
  private restCut = false

  /** `longest`: bytes of a line that are kept. */
  constructor(private readonly sink: LineSink, private readonly longest = longestLine) {}

  /** What has to be said of lines that were cut; none where none was. */
  get remarks(): string[] {
    return this.cut > 0 ? [`${this.cut} ${this.cut === 1 ? 'line was' : 'lines were'} longer than ${this.longest} bytes: the rest of each was left out`] : []
  }

  push(chunk: Uint8Array): void {
    let start = 0
    for (let end = chunk.indexOf(10, start); end >= 0; end = chunk.indexOf(10, start)) {
      if (this.restLength > 0 || this.restCut) {
        this.keep(chunk, start, end)
        this.flush()
      } else {
        this.emit(chunk, start, end)
      }
      start = end + 1
    }
    if (start < chunk.length) this.keep(chunk, start, chunk.length)
  }

  /** After the last chunk: the last line may have no line end. */
  end(): void {
    if (this.restLength > 0 || this.restCut) this.flush()
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const room = this.longest - this.restLength
    const kept = Math.min(room, end - start)
    if (kept < end - start) this.restCut = true
    if (this.restLength + kept > this.rest.length) this.makeRoom(this.restLength + kept)
    this.rest.set(chunk.subarray(start, start + kept), this.restLength)
    this.restLength += kept
  }

  private makeRoom(needed: number): void {
    const larger = new Uint8Array(Math.min(this.longest, Math.max(needed, this.rest.length * 2)))
    larger.set(this.rest.subarray(0, this.restLength))
    this.rest = larger
  }

  private flush(): void {
    const isCut = this.restCut
    if (isCut) this.cut++
    const length = this.restLength
    this.restLength = 0
    this.restCut = false
    this.lines++
    this.sink(this.rest, 0, length > 0 && this.rest[length - 1] === 13 && !isCut ? length - 1 : length, isCut)
  }

  private emit(chunk: Uint8Array, start: number, end: number): void {
    this.lines++
    let to = end > start && chunk[end - 1] === 13 ? end - 1 : end
    const isCut = to - start > this.longest
    if (isCut) {
      this.cut++
      to = start + this.longest
    }
    this.sink(chunk, start, to, isCut)
  }
}
