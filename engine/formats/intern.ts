const decoder = new TextDecoder()

/**
 * Small numbers for byte strings: the same symbol appears in a text thousands of times, so it becomes a JavaScript
 * string once. Open addressing over FNV-1a hashes (Fowler, Noll, Vo).
 */
export class ByteInterner {
  readonly text: string[] = []
  private bytes: Uint8Array[] = []
  private hashes: number[] = []
  private slots = new Int32Array(4096).fill(-1)

  id(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    let slot = hash & (this.slots.length - 1)
    for (let id = this.slots[slot]!; id >= 0; id = this.slots[slot]!) {
      if (this.hashes[id] === hash && equal(this.bytes[id]!, bytes, start, end)) return id
      slot = (slot + 1) & (this.slots.length - 1)
    }
    return this.add(bytes.slice(start, end), hash, slot)
  }

  private add(bytes: Uint8Array, hash: number, slot: number): number {
    const id = this.text.length
    this.text.push(decoder.decode(bytes))
    this.bytes.push(bytes)
    this.hashes.push(hash)
    this.slots[slot] = id
    if (this.text.length * 2 > this.slots.length) this.rehash()
    return id
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1)
    for (let id = 0; id < this.hashes.length; id++) {
      let slot = this.hashes[id]! & (this.slots.length - 1)
      while (this.slots[slot]! >= 0) slot = (slot + 1) & (this.slots.length - 1)
      this.slots[slot] = id
    }
  }
}

function equal(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false
  return true
}
