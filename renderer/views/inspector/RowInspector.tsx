import { tableRows } from '../../../engine/paper/rows'
import type { TableRow } from '../../../engine/run-report'
import type { SimulatedRun } from '../../../engine/session/document'
import { digitsFor, fixed, intervalText, signed, significant } from '../../state/numbers'
import { methodWords, statusWords, whyNoFigure } from '../../state/row-words'
import { inRange, shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { Facts, type Fact } from './Facts'
import { RowInstruments } from './RowInstruments'
import { RowStacks } from './RowStacks'

export function RowInspector({ run: whole, rowId }: { run: SimulatedRun; rowId: string }) {
  const run = useWorkbench((state) => shownRun(state, whole)) as SimulatedRun
  const range = useWorkbench((state) => inRange(state, whole) !== null)
  const row = run.report.table.find((one) => one.id === rowId)
  const about = tableRows.find((one) => one.id === rowId)
  if (!row) return <p className="quiet">{run.name} has no such row.</p>
  return (
    <>
      <p className="quiet inspector-of">{run.name}</p>
      <h2 className="inspector-title">{row.label}</h2>
      <Headline row={row} run={run} />
      {range && <p className="quiet">Of the chosen range.</p>}
      <Facts facts={factsOf(row)} />
      <RowStacks run={run} row={row} />
      <h3>How</h3>
      <p>{methodWords[row.method]}</p>
      {row.evidence && !row.derivation && <p className="quiet">{row.evidence}</p>}
      {row.plan && !row.derivation && <p className="quiet">{row.plan}</p>}
      {row.derivation && <ol className="derivation">{row.derivation.map((step) => <li key={step}>{step}</li>)}</ol>}
      <RowInstruments run={whole} rowId={row.id} range={range} />
      <h3>Why</h3>
      {about && <p>{about.meaning}</p>}
      <p>{statusWords[row.status]}</p>
      {about && <p className="quiet">{about.source}</p>}
    </>
  )
}

function Headline({ row, run }: { row: TableRow; run: SimulatedRun }) {
  if (row.percent === null) return <p className="inspector-figure">– <span className="quiet">{whyNoFigure(row, run.report)}</span></p>
  const digits = digitsFor(row.ci95)
  return (
    <p className="inspector-figure">
      <strong>{fixed(row.percent, digits)} %</strong> {row.scope === 'vmm' ? 'of VMM time' : 'of total time'}{' '}
      {row.ci95 && <span className="quiet">{intervalText(row.ci95, digits)}</span>}
    </p>
  )
}

function factsOf(row: TableRow): Fact[] {
  const facts: Fact[] = []
  if (row.truthPercent !== null) facts.push(['truth, by the books', `${fixed(row.truthPercent, 2)} %`])
  if (row.averageMicroseconds !== null) facts.push(['average', `${significant(row.averageMicroseconds)} µs`])
  if (row.paper) {
    facts.push(['the paper', <em>{fixed(row.paper.percent, 1)} %</em>])
    if (row.paper.averageMicroseconds !== null) facts.push(['the paper, average', <em>{significant(row.paper.averageMicroseconds)} µs</em>])
    if (row.percent !== null) facts.push(['difference', `${signed(row.percent - row.paper.percent, 1)} points`])
  }
  return facts
}
