import { Fn } from '../../machine/functions'
import type { Machine } from '../../machine/machine'
import { Probe, type Recorder } from '../../machine/observer'
import type { Measured } from '../measured'
import type { Progress, Recording } from './recording'

/** What books, probes and counts of a machine said at a cycle. Two of them give what happened in between. */
export interface Reading {
  at: number
  /** Cycles of each stack. */
  cycles: Float64Array
  /** Calls that had returned by then: a call counts where it returns. Idle time counts where it passes. */
  count: Float64Array
  inclusive: Float64Array
  exclusive: Float64Array
  packetsSent: number
  packetsReceived: number
}

function read({ books, probes, counts }: Machine, at: number): Reading {
  return {
    at, cycles: books.cycles.slice(0, books.count),
    count: probes.count.slice(), inclusive: probes.inclusive.slice(), exclusive: probes.exclusive.slice(),
    packetsSent: counts.packetsSent, packetsReceived: counts.packetsReceived,
  }
}

/** Takes the reading at exactly `at`, which may be in the middle of anything. */
class ReadingRecorder implements Recorder {
  reading: Reading | null = null

  constructor(private readonly machine: Machine, private readonly at: number) {}

  spent(stack: number, start: number, end: number): void {
    if (this.reading || end <= this.at) return
    const { books, probes } = this.machine
    const reading = read(this.machine, this.at)
    reading.cycles[stack]! += this.at - start
    // a halt that is not over yet: the rest of it belongs to what follows
    if (books.functionOf[stack] === Fn.Halted && probes.open > 0) {
      reading.inclusive[Probe.GuestIdle]! += this.at - probes.innermostSince
      reading.exclusive[Probe.GuestIdle]! += this.at - probes.innermostSince
    }
    this.reading = reading
  }

  happened(): void {}
}

/** The reading at a cycle of a run, 0 and the last included. */
export function* readingAt(recording: Recording, at: number): Generator<Progress, Reading, void> {
  const to = Math.min(at + 1, recording.runCycles)
  const { reading } = yield* recording.replay(at, to, (machine) => new ReadingRecorder(machine, at))
  return reading ?? read(recording.machine, at)
}

/** What happened between two readings of a recording. */
export function between({ machine }: Recording, first: Reading, last: Reading): Measured & { packets: number } {
  const less = (key: 'cycles' | 'count' | 'inclusive' | 'exclusive') => last[key].map((value, i) => value - first[key][i]!)
  const { books, config, scenario } = machine
  return {
    config, scenario, cycles: last.at - first.at,
    books: { count: books.count, parentOf: books.parentOf, functionOf: books.functionOf, cycles: less('cycles') },
    probes: { count: less('count'), inclusive: less('inclusive'), exclusive: less('exclusive') },
    packets: scenario.direction === 'send'
      ? last.packetsSent - first.packetsSent : last.packetsReceived - first.packetsReceived,
  }
}
