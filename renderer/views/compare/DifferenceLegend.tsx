import { countedThreshold } from '../../../engine/profile/difference'
import { diffLooks, lookOf, strengthSteps, type DiffBox } from '../../charts/diff-looks'
import type { CompareBoxes } from '../../state/compare-boxes'
import { fixed, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'

const strongest = strengthSteps[strengthSteps.length - 1]!

/** What the colours of the difference say, in words, and by which rule a box has one. */
export function DifferenceLegend({ boxes, unlike }: { boxes: CompareBoxes; unlike: string | null }) {
  const dark = useWorkbench((state) => state.dark)
  const swatch = (box: DiffBox) => {
    const { fill, pattern } = diffLooks[dark ? 'dark' : 'light'][lookOf(box)]!
    return <span className={`swatch ${pattern}`} aria-hidden="true" style={{ backgroundColor: fill }} />
  }
  const box = (kind: DiffBox['kind'], presence: DiffBox['presence'] = 'both') => swatch({ kind, presence, size: strongest })
  return (
    <div className="difference-legend" data-testid="difference-legend">
      <ul className="legend" aria-label="Colours and patterns of the difference">
        <li>{box('less')}less in B</li>
        <li>{box('more')}more in B</li>
        <li>{box('no-evidence')}no evidence</li>
        <li>{box('neither')}guest idle changed</li>
        <li>{box('no-evidence', 'vanished')}gone in B</li>
        <li>{box('no-evidence', 'new')}new in B</li>
      </ul>
      <span className="quiet">
        Δ: width is the mean of both; stronger from {strengthSteps.map((step) => fixed(100 * step, 0)).join(', ')} % of the
        larger whole. {rule(boxes)}
        {unlike && <> <strong>{unlike}</strong></>}
      </span>
    </div>
  )
}

function rule({ weight, differences }: CompareBoxes): string {
  if (weight.evidence === 'counted') {
    return `Counted, no interval: coloured from ${fixed(100 * countedThreshold, 1)} % of the larger whole on.`
  }
  if (weight.evidence === 'none') return 'These weights are no counts of samples: no interval, so no colour.'
  return `Coloured where 95 % intervals and all ${whole(differences.tested)} boxes together (Benjamini-Hochberg, 5 %) show a difference.`
}
