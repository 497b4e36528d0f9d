import type { Histogram } from 'hdr-histogram-js'
// not its front door, behind which are a WebAssembly version and a decompressor that nothing here needs
import { constructorFromBucketSize } from 'hdr-histogram-js/dist/JsHistogramFactory.js'
import { type Probe, type ProbeListener, probeCount } from '../machine/observer'

/** Percentiles of a probe's readings, in cycles, to three significant digits (HdrHistogram). */
export interface Percentiles {
  p5: number
  p50: number
  p95: number
  p99: number
  max: number
}

/** Readings below this are first counted cycle by cycle: nearly all are, and counting is a tenth of the work. */
const small = 2 ** 15
/** What one of 32 bits holds, with room. */
const mostPending = 2 ** 31

/** Distribution of the readings of each probe, to the whole cycle. */
export class ProbeHistograms {
  private readonly histograms: (Histogram | null)[] = new Array<Histogram | null>(probeCount).fill(null)
  /** By probe and cycles: not yet in its histogram. */
  private readonly pending: (Uint32Array | null)[] = new Array<Uint32Array | null>(probeCount).fill(null)
  private readonly pendingReadings = new Float64Array(probeCount)
  private readonly largest = new Float64Array(probeCount)

  readonly record: ProbeListener = (probe, cycles) => {
    if (cycles > this.largest[probe]!) this.largest[probe] = cycles
    const whole = Math.round(cycles)
    if (whole >= small) {
      this.histogram(probe).recordValue(whole)
      return
    }
    const counts = this.pending[probe] ??= new Uint32Array(small)
    counts[whole]!++
    if (++this.pendingReadings[probe]! === mostPending) this.flush(probe)
  }

  /** Null for a probe without readings. */
  percentiles(probe: Probe): Percentiles | null {
    this.flush(probe)
    const histogram = this.histograms[probe]
    if (!histogram) return null
    const at = (percentile: number) => Math.min(this.largest[probe]!, histogram.getValueAtPercentile(percentile))
    return { p5: at(5), p50: at(50), p95: at(95), p99: at(99), max: this.largest[probe]! }
  }

  private histogram(probe: Probe): Histogram {
    return this.histograms[probe] ??= emptyHistogram()
  }

  private flush(probe: Probe): void {
    const counts = this.pending[probe]
    if (!counts || this.pendingReadings[probe] === 0) return
    const histogram = this.histogram(probe)
    for (let cycles = 0; cycles < small; cycles++) if (counts[cycles]! > 0) histogram.recordValueWithCount(cycles, counts[cycles]!)
    counts.fill(0)
    this.pendingReadings[probe] = 0
  }
}

const Histogram32 = constructorFromBucketSize(32)

/** From 1 cycle to 2^20, and further when that comes, to three significant digits. */
function emptyHistogram(): Histogram {
  const histogram = new Histogram32(1, 2 ** 20, 3)
  histogram.autoResize = true
  return histogram
}
