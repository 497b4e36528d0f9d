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

/**
 * Distribution of the readings of each probe. Most accesses cost the same each time, so equal readings in a row are
 * counted first and recorded together.
 */
export class ProbeHistograms {
  private readonly histograms: (Histogram | null)[] = new Array<Histogram | null>(probeCount).fill(null)
  private readonly last = new Float64Array(probeCount)
  private readonly repeats = new Float64Array(probeCount)
  private readonly largest = new Float64Array(probeCount)

  readonly record: ProbeListener = (probe, cycles) => {
    if (cycles === this.last[probe]) {
      this.repeats[probe]!++
      return
    }
    this.flush(probe)
    this.last[probe] = cycles
    this.repeats[probe] = 1
  }

  /** Null for a probe without readings. */
  percentiles(probe: Probe): Percentiles | null {
    this.flush(probe)
    const histogram = this.histograms[probe]
    if (!histogram) return null
    const at = (percentile: number) => Math.min(this.largest[probe]!, histogram.getValueAtPercentile(percentile))
    return { p5: at(5), p50: at(50), p95: at(95), p99: at(99), max: this.largest[probe]! }
  }

  private flush(probe: Probe): void {
    const count = this.repeats[probe]!
    if (count === 0) return
    const value = this.last[probe]!
    const histogram = this.histograms[probe] ??= emptyHistogram()
    histogram.recordValueWithCount(Math.round(value), count)
    this.largest[probe] = Math.max(this.largest[probe]!, value)
    this.repeats[probe] = 0
  }
}

const Histogram32 = constructorFromBucketSize(32)

/** From 1 cycle to 2^20, and further when that comes, to three significant digits. */
function emptyHistogram(): Histogram {
  const histogram = new Histogram32(1, 2 ** 20, 3)
  histogram.autoResize = true
  return histogram
}
