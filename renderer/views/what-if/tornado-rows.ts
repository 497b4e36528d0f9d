import type { FigureId } from '../../../engine/experiments/run-figures'
import type { TornadoBar, TornadoEnd } from '../../../engine/experiments/tornado-types'
import type { MeanOfRuns } from '../../../engine/statistics/mean-of-runs'

/** One end of a bar for one figure. */
export interface End {
  value: number
  effect: MeanOfRuns
  /** The interval of the effect leaves zero out. */
  evidence: boolean
}

export interface TornadoRow {
  bar: TornadoBar
  low: End | null
  high: End | null
  /** From the lowest to the highest that the figure gets: what the rows are sorted by. */
  swing: number
}

/** The bars by one figure, the widest swing first. */
export function tornadoRows(bars: readonly TornadoBar[], figure: FigureId): TornadoRow[] {
  return bars.map((bar) => {
    const [low, high] = [endOf(bar.low, figure), endOf(bar.high, figure)]
    const effects = [0, low?.effect.mean ?? 0, high?.effect.mean ?? 0]
    return { bar, low, high, swing: Math.max(...effects) - Math.min(...effects) }
  }).sort((a, b) => b.swing - a.swing || (a.bar.knob < b.bar.knob ? -1 : 1))
}

function endOf(end: TornadoEnd | null, figure: FigureId): End | null {
  const effect = end?.effects[figure]
  if (!end || !effect) return null
  // seeds that all gave the very same difference show no spread: what they agree on is no accident of one of them
  const evidence = effect.ci95 ? effect.ci95[0] > 0 || effect.ci95[1] < 0 : effect.n > 1 && effect.mean !== 0
  return { value: end.value, effect, evidence }
}
