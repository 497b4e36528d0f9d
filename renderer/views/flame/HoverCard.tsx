import type { CallTree } from '../../../engine/profile/tree'
import { worldNames } from '../../../engine/worlds'
import { labelOf } from '../../charts/scene'
import { shareOf } from '../../state/derived'
import type { ShownFlame } from '../../state/flame-shown'
import { inUnit, type WidthUnit } from '../../state/flame-units'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'
import { Swatch } from '../../widgets/world'

export interface Hover {
  node: number
  x: number
  y: number
}

interface HoverCardProps {
  hover: Hover
  tree: CallTree
  flame: ShownFlame
  unit: WidthUnit
  rootLabel: string
  /** Name of the denominator. */
  of: string
  inverted: boolean
}

const width = 280

/** Detail of the box under the pointer; the inspector says the same of a selected one. */
export function HoverCard({ hover, tree, flame, unit, rootLabel, of, inverted }: HoverCardProps) {
  const { node } = hover
  const { run, weight, whole: all } = flame
  const type = run.profile.weightTypes[weight]
  const share = shareOf(tree.total[node]!, all, type)
  const self = shareOf(tree.self[node]!, all, type)
  const digits = digitsFor(share.ci95)
  const frame = tree.frame[node]!
  const left = Math.max(4, Math.min(hover.x + 14, window.innerWidth))
  const figure = inUnit(tree.total[node]!, flame, unit)
  return (
    <div className="hover-card" role="presentation"
      style={{ left: `min(${left}px, calc(100% - ${width + 8}px))`, top: hover.y + 16, width }}>
      <strong className={run.kind === 'imported' ? 'mono' : undefined}>{labelOf({ tree, rootLabel }, node)}</strong>
      {frame >= 0 && tree.frames.module[frame] !== '' && <span className="quiet">{tree.frames.module[frame]}</span>}
      {frame >= 0 && <span className="hover-world"><Swatch world={tree.world[node]!} />{worldNames[tree.world[node]!]}</span>}
      {figure !== '' && <span className="num">{figure}</span>}
      <span className="num">
        {fixed(share.percent, digits)} % {share.ci95 && <span className="quiet">{intervalText(share.ci95, digits)}</span>} of {of}
      </span>
      <span className="num">
        {inverted ? 'self time of the innermost frame, ' : `self ${fixed(self.percent, digitsFor(self.ci95))} %, `}
        {whole(tree.total[node]!)} {type?.unit === 'count' ? type.name : type?.unit}
      </span>
    </div>
  )
}
