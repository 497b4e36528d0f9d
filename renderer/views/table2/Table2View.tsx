import { useMemo } from 'react'
import type { SimulatedRun } from '../../../engine/session/document'
import { selectRun } from '../../state/actions-runs'
import { selectedRun } from '../../state/derived'
import { whole } from '../../state/numbers'
import { whyNoTable } from '../../state/row-words'
import { inRange, shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { rowsOfTable } from '../../state/table-rows'
import { simulatedColumnIds } from '../../state/table-columns'
import { shownColumns } from '../../state/table-state'
import { tableText } from '../../state/table-text'
import { RunPicker } from '../../widgets/RunPicker'
import { ColumnChoice } from './ColumnChoice'
import { CopyButtons } from './CopyButtons'
import { EmptyTable } from './EmptyTable'
import { ScopeRows } from './ScopeRows'
import { TableHead } from './TableHead'
import { ImportedTable } from './ImportedTable'
import './table2.css'

export function Table2View() {
  const run = useWorkbench(selectedRun)
  if (!run) return <EmptyTable />
  return run.kind === 'imported' ? <ImportedTable run={run} /> : <Table2 run={run} />
}

function Table2({ run }: { run: SimulatedRun }) {
  const runs = useWorkbench((state) => state.document.runs)
  const shown = useWorkbench((state) => shownRun(state, run)) as SimulatedRun
  const range = useWorkbench((state) => inRange(state, run) !== null)
  const chosen = useWorkbench((state) => state.document.view.tableColumns)
  const columns = shownColumns(chosen)
  const { report } = shown
  const why = whyNoTable(report)
  const rows = useMemo(() => rowsOfTable(shown, run), [shown, run])
  return (
    <section className="table2-view" aria-label={`Table 2 of ${run.name}`}>
      <header className="view-header">
        <RunPicker runs={runs} value={run.id} onChange={selectRun} testId="table2-run" />
        <span className="quiet">{whole(report.samples)} samples{range ? ' in the range' : ''}, 95 % intervals</span>
        <ColumnChoice shown={columns} of={simulatedColumnIds} />
        <CopyButtons name={`Table 2 of ${run.name}`} text={(separator) => tableText(report, separator, rows.map(({ readings }) => readings))} />
      </header>
      <div className="table2-scroll" tabIndex={0} role="region" aria-label="Rows of Table 2">
        {why && <p className="table2-note" data-testid="table2-why"><strong>{why}</strong></p>}
        <table className="table2" data-testid="table2">
          <caption className="visually-hidden">
            Where the time of {run.name} goes, beside the figures of the paper&apos;s Table 2
          </caption>
          <TableHead columns={columns} range={range} />
          {(['total', 'vmm'] as const).map((scope) => (
            <ScopeRows key={scope} run={run} report={report} scope={scope} columns={columns}
              rows={rows.filter(({ row }) => row.scope === scope)} />
          ))}
        </table>
        <p className="quiet table2-note">
          † derived: click it for the rule with this run&apos;s numbers. The rows do not add up to 100: the paper lists the
          largest. {report.table.some((row) => row.paper) ? 'Paper figures are in italics.'
            : 'The paper gives figures for the optimized VM/PC-733 at 4 KB only, so there are none here.'}
          {range && columns.includes('direct') && ' Direct measurements are kept for the whole run only: their column is not the range’s.'}
        </p>
      </div>
    </section>
  )
}
