import { SampleResponse, type SampleObserver } from '../machine/observer'
import { Random } from '../machine/random'
import type { SamplerOptions } from '../machine/scenario'

const samplerStream = 5

export interface SamplerTiming {
  /** Samples a second that are asked for, of a CPU of `mhz`. */
  hz: number
  mhz: number
  seed: number
  /** The host timer's grid, cycles: what a locked sampler keeps step with. */
  tick: { first: number; period: number }
}

/** Samples `first` to `end`, not included, in time order. */
export interface Samples {
  first: number
  end: number
}

/**
 * Time-based sampling on the simulated machine. Each sample keeps its instant and the stack that it is charged to.
 * A maskable sampler waits out code that runs with interrupts off (monitor code, interrupt handlers, world
 * switches); one that costs raises real interrupts. What each kind cannot see is in `biases`.
 */
export class Sampler implements SampleObserver {
  count = 0
  /** Samples that were due while another still waited to be taken, and were lost. */
  lost = 0
  /** Samples taken later than they were due. */
  deferred = 0
  private stacks = new Int32Array(4096)
  private instants = new Float64Array(4096)
  private readonly period: number
  private readonly phase: number
  private index = 0
  private waiting = false
  private dueStack = 0
  private dueAt = 0
  private readonly random: Random

  constructor(private readonly options: SamplerOptions, timing: SamplerTiming) {
    this.period = (timing.mhz * 1e6) / timing.hz
    this.random = new Random(timing.seed, samplerStream)
    if (options.clock === 'locked') this.phase = timing.tick.first
    else this.phase = options.clock === 'free-running' ? this.random.between(0, Math.max(0, Math.floor(this.period) - 1)) : 0
  }

  nextSample(now: number): number {
    const low = Math.floor(this.phase + this.index * this.period)
    const high = Math.max(low, Math.floor(this.phase + ++this.index * this.period) - 1)
    return Math.max(now, this.options.clock === 'dithered' ? this.random.between(low, high) : low)
  }

  due(now: number, stack: number, interruptible: boolean): SampleResponse {
    const { timer, cost } = this.options
    if (timer === 'nmi') {
      this.record(now, stack)
      if (cost === 'free') return SampleResponse.None
      return interruptible ? SampleResponse.Raise : SampleResponse.ChargeHere
    }
    if (interruptible && cost === 'free') {
      this.record(now, stack)
      return SampleResponse.None
    }
    if (this.waiting) {
      this.lost++ // the interrupt line is up already
      return SampleResponse.None
    }
    this.waiting = true
    this.dueStack = stack
    this.dueAt = now
    if (!interruptible) this.deferred++
    return cost === 'free' ? SampleResponse.Hold : SampleResponse.Raise
  }

  taken(now: number, stack: number): void {
    if (!this.waiting) return // an NMI has recorded its sample already
    this.waiting = false
    if (this.options.attribution === 'due') this.record(this.dueAt, this.dueStack)
    else this.record(now, stack)
  }

  /** Samples of each stack; a sampler that sees only the host has every stack of `blind` as that one stack. */
  histogram(stackCount: number, blind: (stack: number) => number, which: Samples = this.all()): Float64Array {
    const hits = new Float64Array(stackCount)
    for (let i = which.first; i < which.end; i++) hits[this.stackOf(i, blind)]!++
    return hits
  }

  /** Stack of each sample, in time order. */
  sequence(blind: (stack: number) => number, { first, end }: Samples = this.all()): Int32Array {
    return Int32Array.from({ length: end - first }, (_, i) => this.stackOf(first + i, blind))
  }

  /** Cycle of each sample, in time order. */
  times({ first, end }: Samples = this.all()): Float64Array {
    return this.instants.slice(first, end)
  }

  /** Which of the first `count` samples are at cycles [from, to). */
  between(from: number, to: number, count: number): Samples {
    const before = (cycle: number) => {
      let low = 0
      for (let high = count; low < high;) {
        const middle = (low + high) >>> 1
        if (this.instants[middle]! < cycle) low = middle + 1
        else high = middle
      }
      return low
    }
    return { first: before(from), end: before(to) }
  }

  private all(): Samples {
    return { first: 0, end: this.count }
  }

  private stackOf(i: number, blind: (stack: number) => number): number {
    const stack = this.stacks[i]!
    return this.options.sees === 'guest' ? stack : blind(stack)
  }

  private record(at: number, stack: number): void {
    if (this.count === this.stacks.length) this.grow()
    this.instants[this.count] = at
    this.stacks[this.count++] = stack
  }

  private grow(): void {
    const stacks = new Int32Array(this.count * 2)
    stacks.set(this.stacks)
    this.stacks = stacks
    const instants = new Float64Array(this.count * 2)
    instants.set(this.instants)
    this.instants = instants
  }
}

/** What such a sampler cannot see or disturbs, in plain words; empty for one without a known bias. */
export function biases(options: SamplerOptions): string[] {
  const found: string[] = []
  if (options.timer === 'maskable') {
    found.push('The sampling interrupt can be masked: samples that fall due in code with interrupts off (monitor, handlers, world switches) are deferred, and two that fall due together become one.')
    if (options.attribution === 'taken') {
      found.push('Samples are charged to what runs when they are taken: code with interrupts off shows no time at all, host interrupt handling among it, and the intervals do not know of that.')
    }
  }
  if (options.sees === 'host') found.push('Samples in the VMM\'s world say only that the VMM ran: none of its rows can be told apart.')
  if (options.clock === 'locked') found.push('Samples keep step with the host\'s timer tick: what the tick itself sets off is always or never seen.')
  if (options.clock === 'free-running') found.push('Samples come at exact periods: they may fall into step with periodic work.')
  if (options.cost === 'interrupt') found.push('Each sample is a real interrupt: it takes host time and world switches, and interrupts a halted guest, so the run is not the one without a profiler.')
  return found
}
