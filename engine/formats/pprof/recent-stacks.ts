import { equalBytes, hashOfBytes, viewOf } from '../intern'

const slots = 1 << 17
/** More than the different stacks of nearly every recording take. */
const mostBytes = 1 << 24

export const notRecent = -2

/**
 * Stacks by the bytes that stood for them: recordings have the same few stacks again and again, and to compare the bytes is
 * several times faster than going down the tree. What is forgotten, when it is full, is looked up there.
 */
export class RecentStacks {
  private readonly stack = new Int32Array(slots)
  private readonly start = new Int32Array(slots).fill(-1)
  private readonly length = new Int32Array(slots)
  private bytes = new Uint8Array(1 << 16)
  private view = viewOf(this.bytes)
  private used = 0
  private source: Uint8Array = this.bytes
  private sourceView = this.view
  /** Of the last question. */
  private slot = 0

  /** The stack that bytes[start..end) stood for, or `notRecent`. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.source) {
      this.source = bytes
      this.sourceView = viewOf(bytes)
    }
    const hash = hashOfBytes(this.sourceView, start, end, end - start)
    const slot = (hash ^ (hash >>> 15)) & (slots - 1)
    this.slot = slot
    const at = this.start[slot]!
    const same = at >= 0 && this.length[slot] === end - start && equalBytes(this.view, at, this.sourceView, start, end)
    return same ? this.stack[slot]! : notRecent
  }

  /** What was asked for and not found. */
  keep(bytes: Uint8Array, start: number, end: number, stack: number): void {
    const length = end - start
    if (length > mostBytes >> 4) return
    if (this.used + length > mostBytes) {
      this.start.fill(-1)
      this.used = 0
    }
    if (this.used + length > this.bytes.length) {
      const larger = new Uint8Array(2 * Math.max(length, this.bytes.length))
      larger.set(this.bytes)
      this.bytes = larger
      this.view = viewOf(larger)
    }
    this.bytes.set(bytes.subarray(start, end), this.used)
    this.start[this.slot] = this.used
    this.length[this.slot] = length
    this.stack[this.slot] = stack
    this.used += length
  }
}
