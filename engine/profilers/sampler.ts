import type { SampleObserver } from '../machine/observer'
import { Random } from '../machine/random'

const samplerStream = 5

/**
 * Time-based sampling, first form: a sampling interrupt that cannot be masked, sees the guest's state, and costs
 * nothing. One sample falls at a random place in each period (dithered by the seed), so that it cannot lock on to
 * the host's tick as the paper's sampler did.
 */
export class Sampler implements SampleObserver {
  count = 0
  private stacks = new Int32Array(4096)
  private period: number
  private index = 0
  private readonly random: Random

  constructor(hz: number, mhz: number, seed: number) {
    this.period = (mhz * 1e6) / hz
    this.random = new Random(seed, samplerStream)
  }

  nextSample(now: number): number {
    const low = Math.floor(this.index * this.period)
    const high = Math.floor(++this.index * this.period) - 1
    return Math.max(now, this.random.between(low, Math.max(low, high)))
  }

  sample(_now: number, stack: number): void {
    if (this.count === this.stacks.length) {
      const grown = new Int32Array(this.stacks.length * 2)
      grown.set(this.stacks)
      this.stacks = grown
    }
    this.stacks[this.count++] = stack
  }

  /** Samples of each stack. */
  histogram(stackCount: number): Float64Array {
    const hits = new Float64Array(stackCount)
    for (let i = 0; i < this.count; i++) hits[this.stacks[i]!]!++
    return hits
  }
}
