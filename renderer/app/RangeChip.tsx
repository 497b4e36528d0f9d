import { clearRange } from '../state/actions-view'
import { runOf } from '../state/derived'
import { rangeText } from '../state/range-words'
import { useWorkbench } from '../state/store'

/** The chosen range in words above every view, as every view shows nothing else while it stands. */
export function RangeChip() {
  const range = useWorkbench((state) => state.range)
  const run = useWorkbench((state) => runOf(state, state.range?.run ?? null))
  if (!range || !run) return null
  return (
    <div className="range-chip" role="status" data-testid="range-chip">
      <span>{range.part ? 'Only' : 'Working out'} {rangeText(range, run)}</span>
      <button type="button" className="button bare" onClick={clearRange}>Show the whole run</button>
    </div>
  )
}
