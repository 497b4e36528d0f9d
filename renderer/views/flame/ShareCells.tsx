import type { WeightType } from '../../../engine/profile/columns'
import { isSampledCount } from '../../../engine/profile/compare'
import { shareOf } from '../../state/derived'
import type { WidthUnit } from '../../state/flame-units'
import { digitsFor, fixed, intervalText, type Interval } from '../../state/numbers'

interface ShareCellsProps {
  part: number
  all: number
  type: WeightType | undefined
  unit: WidthUnit
}

/** A share and its interval in the unit of the width; no cell for an interval where samples are not counted one by one. */
export function ShareCells({ part, all, type, unit }: ShareCellsProps) {
  const { value, ci95, digits } = shareInUnit(part, all, type, unit)
  return (
    <>
      <td className="num">{fixed(value, digits)}</td>
      {isSampledCount(type) && <td className="num quiet">{ci95 ? intervalText(ci95, digits) : '–'}</td>}
    </>
  )
}

export function shareInUnit(part: number, all: number, type: WeightType | undefined, unit: WidthUnit) {
  const share = shareOf(part, all, type)
  const scale = unit.whole / 100
  const ci95: Interval | null = share.ci95 && [share.ci95[0] * scale, share.ci95[1] * scale]
  return { value: share.percent * scale, ci95, digits: digitsFor(ci95) }
}
