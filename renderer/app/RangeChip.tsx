import { clearRange } from '../state/actions-view'
import { runOf } from '../state/derived'
import { rangeText } from '../state/range-words'
import { showsRange } from '../state/shown'
import { useWorkbench } from '../state/store'

/** The chosen range in words above every view, and whether that view shows nothing else while it stands. */
export function RangeChip() {
  const range = useWorkbench((state) => state.range)
  const run = useWorkbench((state) => runOf(state, state.range?.run ?? null))
  const only = useWorkbench(showsRange)
  const marked = useWorkbench((state) => state.document.view.tab === 'timeline')
  if (!range || !run) return null
  const elsewhere = marked ? ' elsewhere: here it is marked' : ' elsewhere: this view does not follow it'
  return (
    <div className="range-chip" role="status" data-testid="range-chip">
      <span>{range.part ? 'Only' : 'Working out'} {rangeText(range, run)}{only ? '' : elsewhere}</span>
      <button type="button" className="button bare" onClick={clearRange}>Show the whole run</button>
    </div>
  )
}
