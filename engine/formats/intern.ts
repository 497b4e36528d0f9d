import { GrowingInts } from '../growing'

const decoder = new TextDecoder()

/**
 * Small numbers for byte strings: the same symbol appears in a text thousands of times, so it becomes a JavaScript
 * string once. Open addressing over a hash of four bytes at a time; the bytes of all texts lie one behind the other.
 */
export class ByteInterner {
  readonly text: string[] = []
  private bytes = new Uint8Array(1 << 14)
  private view = viewOf(this.bytes)
  /** Where each begins in `bytes`, and behind the last one where the next will. */
  private readonly starts = new GrowingInts()
  private readonly hashes = new GrowingInts()
  private slots = new Int32Array(4096).fill(-1)
  private source: Uint8Array = this.bytes
  private sourceView = this.view

  constructor() {
    this.starts.push(0)
  }

  id(bytes: Uint8Array, start: number, end: number): number {
    return this.idOfParts(bytes, start, end, end, end)
  }

  /** Of bytes[start..middle) and bytes[rest..end) put together. */
  idOfParts(bytes: Uint8Array, start: number, middle: number, rest: number, end: number): number {
    if (bytes !== this.source) {
      this.source = bytes
      this.sourceView = viewOf(bytes)
    }
    const view = this.sourceView
    let hash = hashOfBytes(view, start, middle, middle - start + end - rest)
    if (rest < end) hash = hashOfBytes(view, rest, end, hash)
    hash ^= hash >>> 15
    const { slots } = this
    const mask = slots.length - 1
    let slot = hash & mask
    for (let id = slots[slot]!; id >= 0; id = slots[slot]!) {
      if (this.hashes.at(id) === hash && this.equals(id, view, start, middle, rest, end)) return id
      slot = (slot + 1) & mask
    }
    return this.add(bytes, start, middle, rest, end, hash, slot)
  }

  private equals(id: number, view: DataView, start: number, middle: number, rest: number, end: number): boolean {
    const at = this.starts.at(id)
    if (this.starts.at(id + 1) - at !== middle - start + end - rest) return false
    return equalBytes(this.view, at, view, start, middle) && (rest >= end || equalBytes(this.view, at + middle - start, view, rest, end))
  }

  private add(bytes: Uint8Array, start: number, middle: number, rest: number, end: number, hash: number, slot: number): number {
    const id = this.text.length
    const from = this.starts.at(id)
    const to = from + middle - start + end - rest
    if (to > this.bytes.length) {
      const larger = new Uint8Array(Math.max(to, this.bytes.length * 2))
      larger.set(this.bytes)
      this.bytes = larger
      this.view = viewOf(larger)
    }
    this.bytes.set(bytes.subarray(start, middle), from)
    this.bytes.set(bytes.subarray(rest, end), from + middle - start)
    this.text.push(decoder.decode(this.bytes.subarray(from, to)))
    this.starts.push(to)
    this.hashes.push(hash)
    this.slots[slot] = id
    if (this.text.length * 2 > this.slots.length) this.rehash()
    return id
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1)
    const mask = this.slots.length - 1
    for (let id = 0; id < this.text.length; id++) {
      let slot = this.hashes.at(id) & mask
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask
      this.slots[slot] = id
    }
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Multiplied and rotated word by word; the last word may overlap the one before. */
export function hashOfBytes(view: DataView, start: number, end: number, seed: number): number {
  let hash = seed
  const last = end - 4
  for (let at = start; at < last; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1)
    hash = (hash << 13) | (hash >>> 19)
  }
  if (last >= start) return Math.imul(hash ^ view.getInt32(last, true), 0x9e3779b1)
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193)
  return hash
}

export function equalBytes(a: DataView, from: number, b: DataView, start: number, end: number): boolean {
  const last = end - 4
  const shift = from - start
  for (let at = start; at < last; at += 4) if (a.getInt32(at + shift, true) !== b.getInt32(at, true)) return false
  if (last >= start) return a.getInt32(last + shift, true) === b.getInt32(last, true)
  for (let at = start; at < end; at++) if (a.getUint8(at + shift) !== b.getUint8(at)) return false
  return true
}
