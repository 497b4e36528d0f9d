import { Buffer } from 'node:buffer'

/** Mulberry32: small, and the same everywhere. */
export class Random {
  constructor(seed) {
    this.state = seed | 0
  }

  /** 0 to 1, without 1. */
  unit() {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  below(n) {
    return Math.floor(this.unit() * n)
  }
}

/** Gathers a few megabytes at a time for `write`. */
export class Writer {
  total = 0
  #buffer = Buffer.alloc(1 << 22)
  #length = 0
  #write

  constructor(write) {
    this.#write = write
  }

  text(text) {
    this.bytes(Buffer.from(text))
  }

  bytes(bytes) {
    if (this.#length + bytes.length > this.#buffer.length) this.flush()
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.length
    this.total += bytes.length
  }

  flush() {
    this.#write(this.#buffer.subarray(0, this.#length))
    this.#length = 0
  }
}

/** Adds a protobuf varint to the bytes, which it returns; numbers up to 2^53. */
export function numberOf(value, bytes) {
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  bytes.push(rest)
  return bytes
}

/** A protobuf field with bytes as its content. */
export function fieldOf(field, content) {
  return [field * 8 + 2, ...numberOf(content.length, []), ...content]
}
