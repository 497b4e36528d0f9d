import { equalBytes, hashOfBytes, viewOf } from '../intern'

/** Places for stacks of equal low bits of their hash: one line of a processor's cache. */
const ways = 4
const entryInts = 4
const setInts = ways * entryInts
const sets = 1 << 16
/** More than the different stacks of nearly every recording take. */
const mostBytes = 1 << 24

export const notRecent = -2

/**
 * Stacks by the bytes that stood for them: recordings have the same few stacks again and again, and to compare the bytes is
 * several times faster than going down the tree. What is forgotten, when it is full, is looked up there.
 */
export class RecentStacks {
  /** Of each: the hash, where its bytes begin (-1: free), how many they are, the stack. */
  private table = new Int32Array(0)
  private bytes = new Uint8Array(1 << 16)
  private view = viewOf(this.bytes)
  private used = 0
  private source: Uint8Array = this.bytes
  private sourceView = this.view
  /** Of the last question: its hash, and where its answer would be. */
  private hash = 0
  private entry = 0

  /** The stack that bytes[start..end) stood for, or `notRecent`. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.source) {
      this.source = bytes
      this.sourceView = viewOf(bytes)
    }
    if (this.table.length === 0) this.table = new Int32Array(sets * setInts).fill(-1)
    const { table } = this
    const hash = hashOfBytes(this.sourceView, start, end, end - start)
    this.hash = hash
    const first = setInts * ((hash ^ (hash >>> 16)) & (sets - 1))
    // where all are taken, whichever the hash says makes room
    this.entry = first + entryInts * (hash >>> 30)
    for (let entry = first; entry < first + setInts; entry += entryInts) {
      const at = table[entry + 1]!
      if (at < 0) {
        this.entry = entry
        break
      }
      if (table[entry] === hash && table[entry + 2] === end - start && equalBytes(this.view, at, this.sourceView, start, end)) return table[entry + 3]!
    }
    return notRecent
  }

  /** What was asked for last and not found. */
  keep(bytes: Uint8Array, start: number, end: number, stack: number): void {
    const length = end - start
    if (length > mostBytes >> 4) return
    if (this.used + length > mostBytes) {
      this.table.fill(-1)
      this.used = 0
    }
    if (this.used + length > this.bytes.length) {
      const larger = new Uint8Array(2 * Math.max(length, this.bytes.length))
      larger.set(this.bytes)
      this.bytes = larger
      this.view = viewOf(larger)
    }
    const { table, entry, used } = this
    this.bytes.set(bytes.subarray(start, end), used)
    table[entry] = this.hash
    table[entry + 1] = used
    table[entry + 2] = length
    table[entry + 3] = stack
    this.used = used + length
  }
}
