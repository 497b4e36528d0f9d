import { useState } from 'react'
import type { RunReport } from '../../../engine/run-report'
import { selectedRun } from '../../state/derived'
import { tableText } from '../../state/table-text'
import { useWorkbench } from '../../state/store'
import { copyText } from '../../widgets/copy'
import { EmptyTable } from './EmptyTable'
import { ScopeRows } from './ScopeRows'
import './table2.css'

export function Table2View() {
  const run = useWorkbench(selectedRun)
  if (!run || run.kind === 'imported') return <EmptyTable run={run} />
  return <Table2 key={run.id} runId={run.id} name={run.name} report={run.report} />
}

function Table2({ runId, name, report }: { runId: string; name: string; report: RunReport }) {
  return (
    <section className="table2-view" aria-label={`Table 2 of ${name}`}>
      <header className="view-header">
        <strong className="table2-name">{name}</strong>
        <span className="quiet">{report.samples} samples, 95 % intervals</span>
        <CopyButtons report={report} />
      </header>
      <div className="table2-scroll" tabIndex={0} role="region" aria-label="Rows of Table 2">
        <table className="table2" data-testid="table2">
          <caption className="visually-hidden">
            Where the time of {name} goes, beside the figures of the paper&apos;s Table 2
          </caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col" className="num">%</th>
              <th scope="col" className="col-interval">95 % interval</th>
              <th scope="col" className="num" title="Directly measured, start to end of the call, nested interrupts included">avg µs</th>
              <th scope="col">how</th>
              <th scope="col" className="num" title="From the simulation's own books">truth</th>
              <th scope="col" className="num" title="Sugerman et al., USENIX ATC 2001, Table 2"><em>paper</em></th>
              <th scope="col" className="num" title="This run minus the paper, in points">diff.</th>
              <th scope="col">status</th>
            </tr>
          </thead>
          <ScopeRows runId={runId} report={report} scope="total" />
          <ScopeRows runId={runId} report={report} scope="vmm" />
        </table>
        <p className="quiet table2-note">
          † derived: click it for the rule with this run&apos;s numbers. The rows do not add up to 100: the paper lists the
          largest. {report.table.some((row) => row.paper) ? 'Paper figures are in italics.'
            : 'The paper gives figures for the optimized VM/PC-733 at 4 KB only, so there are none here.'}
        </p>
      </div>
    </section>
  )
}

function CopyButtons({ report }: { report: RunReport }) {
  const [copied, setCopied] = useState<string | null>(null)
  const copy = (name: string, separator: '\t' | ',') => {
    setCopied(copyText(tableText(report, separator)) ? `${name} copied` : 'not copied')
  }
  return (
    <span className="table2-copy">
      <span role="status" className="quiet">{copied}</span>
      <button type="button" className="button" onClick={() => copy('TSV', '\t')}>Copy as TSV</button>
      <button type="button" className="button" onClick={() => copy('CSV', ',')}>Copy as CSV</button>
    </span>
  )
}
