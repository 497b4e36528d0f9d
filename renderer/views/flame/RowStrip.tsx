import { select, setTab } from '../../state/actions-view'
import { shareOf, wholeName } from '../../state/derived'
import { inRow, rowLabel, rowOfSelection } from '../../state/flame-rows'
import type { ShownFlame } from '../../state/flame-shown'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { useWorkbench } from '../../state/store'

/** The way between boxes and rows of Table 2: a selected row's boxes stand out, and a selected box names its row. */
export function RowStrip({ flame }: { flame: ShownFlame }) {
  const row = useWorkbench(rowOfSelection)
  const selection = useWorkbench((state) => state.selection)
  const label = row === null ? null : rowLabel(flame.run, row)
  if (label === null || row === null || selection.kind === 'none' || selection.run !== flame.run.id) return null
  const open = (
    <button type="button" className="button bare" onClick={() => {
      select({ kind: 'row', run: flame.run.id, row })
      setTab('table')
    }}>Show it in Table 2</button>
  )
  if (selection.kind === 'frame') {
    return (
      <p className="flame-row" data-testid="flame-row">
        <span>Row of Table 2: <button type="button" className="button bare" title="Light up all boxes of this row"
          onClick={() => select({ kind: 'row', run: flame.run.id, row })}>{label}</button></span>
        {open}
      </p>
    )
  }
  return (
    <p className="flame-row" data-testid="flame-row" role="status">
      <RowFigure flame={flame} row={row} label={label} />
      {open}
      <button type="button" className="button bare" onClick={() => select({ kind: 'run', run: flame.run.id })}>Show all boxes alike</button>
    </p>
  )
}

/** What the boxes hold, which for a row that is derived from two instruments is not the row's figure. */
function RowFigure({ flame, row, label }: { flame: ShownFlame; row: string; label: string }) {
  const { tree } = flame.down
  const type = flame.run.profile.weightTypes[flame.weight]
  const test = inRow(flame.run, tree, row)
  let [self, boxes] = [0, 0]
  for (let node = 1; node < tree.parent.length; node++) {
    if (!test(node)) continue
    self += tree.self[node]!
    boxes++
  }
  // "of VMM time" VMM time itself is the whole, and has no box
  if (row === 'vmm' && flame.scope === 'vmm') self += tree.self[0]!
  const share = shareOf(self, flame.whole, type)
  const digits = digitsFor(share.ci95)
  return (
    <span>
      Row <strong>{label}</strong>: {boxes === 0 ? 'no box here belongs to it' : `${boxes} ${boxes === 1 ? 'box' : 'boxes'}`}
      {boxes > 0 && (
        <span className="num">, {type?.kind === 'true' ? 'true' : 'sampled'} {fixed(share.percent, digits)} %{share.ci95 && <span className="quiet"> {intervalText(share.ci95, digits)}</span>} of {wholeName(flame.scope, null)}</span>
      )}
    </span>
  )
}
