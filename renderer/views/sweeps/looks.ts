import type { ConfigurationId } from '../../../engine/experiments/sweep-types'
import { inksOf } from '../../theme/inks'
import type { LineSeries } from '../../charts/line-plot'

type Look = Pick<LineSeries, 'colour' | 'symbol' | 'dashed'>

/** Configurations are no worlds, so they have no world's colour: inks, marks and dashes tell them apart. */
export function lookOf(id: ConfigurationId, dark: boolean): Look {
  const { text, quiet, accent } = inksOf(dark)
  const looks: Record<ConfigurationId, Look> = {
    'native': { colour: text, symbol: 'emptyCircle' },
    '2.0': { colour: quiet, symbol: 'rect' },
    'io-in-vmm': { colour: quiet, symbol: 'triangle', dashed: true },
    'send-combining': { colour: quiet, symbol: 'diamond', dashed: true },
    'irq-notification': { colour: quiet, symbol: 'emptyRect', dashed: true },
    'optimized': { colour: accent, symbol: 'circle' },
  }
  return looks[id] ?? { colour: quiet, symbol: 'emptyDiamond', dashed: true }
}
