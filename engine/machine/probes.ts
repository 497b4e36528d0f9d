import type { Clock } from './clock'
import { Fn } from './functions'
import { type Probe, type ProbeListener, probeCount } from './observer'

const deepest = 64

/**
 * Direct measurement: the time stamp counter read at the entry and return of a call. Calls nest strictly, so the
 * readings in progress are a stack. Inclusive readings hold whatever came between; exclusive ones leave out
 * interrupts. A pair of reads costs `pairCycles` (0: the simulation looks for free): half before the first reading
 * is taken, half before the second, so a reading is too long by the second half and can be corrected by it.
 */
export class Probes {
  readonly count = new Float64Array(probeCount)
  /** Sums of readings, as the counter gave them. */
  readonly inclusive = new Float64Array(probeCount)
  readonly exclusive = new Float64Array(probeCount)
  /** Sums of readings less all counter reads that are in them: this probe's own second one, and those of calls inside. */
  readonly corrected = new Float64Array(probeCount)
  /** Pairs begun whose second read is still to come. */
  open = 0
  /** Paths marked whose second read is still to come. */
  marked = 0
  private reads = 0
  private readonly startedAt = new Float64Array(deepest)
  private readonly interruptsBefore = new Float64Array(deepest)
  private readonly readsBefore = new Float64Array(deepest)
  private readonly firstHalf: number
  readonly secondHalf: number
  private listener: ProbeListener | null = null

  constructor(private readonly clock: Clock, readonly pairCycles: number) {
    this.firstHalf = Math.floor(pairCycles / 2)
    this.secondHalf = pairCycles - this.firstHalf
  }

  listen(listener: ProbeListener): void {
    this.listener = listener
  }

  begin(): void {
    if (this.firstHalf > 0) this.read(this.firstHalf)
    this.startedAt[this.open] = this.clock.now
    this.readsBefore[this.open] = this.reads
    this.interruptsBefore[this.open++] = this.clock.interruptCycles
  }

  /** Returns the exclusive reading of the call that began last. */
  end(probe: Probe): number {
    if (this.secondHalf > 0) this.read(this.secondHalf)
    const at = --this.open
    const inclusive = this.clock.now - this.startedAt[at]!
    const exclusive = inclusive - (this.clock.interruptCycles - this.interruptsBefore[at]!)
    this.count[probe]!++
    this.inclusive[probe]! += inclusive
    this.exclusive[probe]! += exclusive
    this.corrected[probe]! += inclusive - (this.reads - this.readsBefore[at]!)
    if (this.listener) this.listener(probe, inclusive)
    return exclusive
  }

  /** The first read of a path that is no call, such as a packet's: returns the counter. */
  mark(): number {
    if (this.firstHalf > 0) this.read(this.firstHalf)
    this.marked++
    return this.clock.now
  }

  /** The second read of such a path. What interrupts did on the way is part of it, so exclusive is inclusive. */
  record(probe: Probe, markedAt: number): void {
    if (this.secondHalf > 0) this.read(this.secondHalf)
    this.marked--
    const cycles = this.clock.now - markedAt
    this.count[probe]!++
    this.inclusive[probe]! += cycles
    this.exclusive[probe]! += cycles
    this.corrected[probe]! += cycles - this.secondHalf
    if (this.listener) this.listener(probe, cycles)
  }

  /** Cycle at which the call began that is the innermost of those in progress. */
  get innermostSince(): number {
    return this.startedAt[this.open - 1]!
  }

  /** Mean inclusive reading, cycles; 0 when the call was never made. */
  mean(probe: Probe): number {
    return this.count[probe] === 0 ? 0 : this.inclusive[probe]! / this.count[probe]!
  }

  /** Cycles that the reads themselves have taken so far. */
  get overheadCycles(): number {
    return this.reads
  }

  private read(cycles: number): void {
    this.reads += cycles
    this.clock.run(Fn.ProbeRead, cycles)
  }
}
