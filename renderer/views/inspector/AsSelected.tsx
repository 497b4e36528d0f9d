import type { SessionRun } from '../../../engine/session/document'
import { shareOf } from '../../state/derived'
import { frameFigures } from '../../state/flame-selection'
import { wholeOf } from '../../state/flame-units'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'

/**
 * What was selected in the flame, where that is no box of the plain tree: a function whatever its callers, a box from
 * the leaves, of a sandwich, or with steps taken. The rest of the inspector is about the heaviest of its plain boxes.
 */
export function AsSelected({ run }: { run: SessionRun }) {
  const state = useWorkbench()
  const { selection } = state
  if (selection.kind !== 'frame' || !selection.as || selection.run !== run.id) return null
  const figures = frameFigures(state, run, selection)
  if (!figures) return null
  const { flame, total, type, way } = figures
  const share = shareOf(total, figures.whole, type)
  const digits = digitsFor(share.ci95)
  return (
    <p className="inspector-figure" data-testid="as-selected">
      Selected: <strong>{fixed(share.percent, digits)} %</strong> of {wholeOf(flame)}{' '}
      {share.ci95 && <span className="quiet">{intervalText(share.ci95, digits)}</span>}, {whole(total)}{' '}
      {type?.unit === 'count' ? type.name : type?.unit}: {way}. <span className="quiet">Below: its heaviest box.</span>
    </p>
  )
}
