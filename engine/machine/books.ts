import { functionCount } from './functions'

/**
 * The true books: every cycle is charged to one stack, an interned path of simulated functions.
 * Stacks are small integers; `cycles[stack]` is what was spent with exactly that path on top (the leaf book).
 * Inclusive times of calls are kept apart, by the probes: a nested interrupt is inside a call's inclusive
 * time but under its own leaf here. That difference is the paper's 22.7 us paradox (section 3.5).
 */
export class Books {
  /** Stack 0 is the root of all; its function is -1. */
  count = 1
  cycles = new Float64Array(512)
  parentOf = new Int32Array(512)
  functionOf = new Int32Array(512)
  private child = new Int32Array(512 * functionCount)

  constructor() {
    this.parentOf[0] = -1
    this.functionOf[0] = -1
  }

  /** The stack of function `fn` called from `stack`. */
  call(stack: number, fn: number): number {
    const known = this.child[stack * functionCount + fn]!
    return known !== 0 ? known : this.intern(stack, fn)
  }

  total(): number {
    let sum = 0
    for (let i = 0; i < this.count; i++) sum += this.cycles[i]!
    return sum
  }

  private intern(stack: number, fn: number): number {
    if (this.count === this.cycles.length) this.grow()
    const id = this.count++
    this.parentOf[id] = stack
    this.functionOf[id] = fn
    this.child[stack * functionCount + fn] = id
    return id
  }

  private grow(): void {
    const size = this.cycles.length * 2
    const copy = <T extends Float64Array | Int32Array>(from: T, to: T): T => { to.set(from as never); return to }
    this.cycles = copy(this.cycles, new Float64Array(size))
    this.parentOf = copy(this.parentOf, new Int32Array(size))
    this.functionOf = copy(this.functionOf, new Int32Array(size))
    this.child = copy(this.child, new Int32Array(size * functionCount))
  }
}
