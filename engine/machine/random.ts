/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey's Small Fast Counting generator), integer arithmetic
 * only, so that the same seed gives the same run on every machine and JavaScript engine.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, stream: number) {
    this.a = seed | 0
    this.b = Math.imul(stream, 0x9e3779b9) | 0
    this.c = 0x20010625
    // Twelve rounds mix the seed through the state (the generator's author's advice).
    for (let i = 0; i < 12; i++) this.next()
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum | 0
    return sum >>> 0
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor((this.next() / 4294967296) * (high - low + 1))
  }
}
