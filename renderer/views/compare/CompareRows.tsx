import { useMemo, type ReactNode } from 'react'
import { unlikeSamples } from '../../../engine/profile/compare'
import type { TableRow } from '../../../engine/run-report'
import type { SessionRun } from '../../../engine/session/document'
import { World, worldIds, worldNames } from '../../../engine/worlds'
import { setComparePaper } from '../../state/actions-compare'
import { select } from '../../state/actions-view'
import { microsecondsAPacket, worldsOfPair, type Pair } from '../../state/compare'
import { rowsText } from '../../state/compare-text'
import { evidenceWords } from '../../state/difference-words'
import { digitsFor, digitsForDifference, fixed, intervalText, signed, significant } from '../../state/numbers'
import { usePairedTables, type PairedTables } from '../../state/paired-tables'
import type { Difference } from '../../state/row-difference'
import { whyNoFigure } from '../../state/row-words'
import { inRange } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { Switch } from '../../widgets/controls'
import { Dash } from '../../widgets/Dash'
import { Swatch } from '../../widgets/world'
import { TextButtons } from './TextButtons'

/** Columns with the paper's figures beside them, or without. */
const columnsOf = (paper: boolean) => (paper ? 8 : 6)

/** The two runs side by side: headline, rows of Table 2, and the worlds. */
export function CompareRows({ pair, whole }: { pair: Pair; whole: Pair }) {
  const paper = useWorkbench((state) => state.compare.paper)
  const ranged = useWorkbench((state) => inRange(state, pair.a) !== null || inRange(state, pair.b) !== null)
  const tables = usePairedTables(pair)
  return (
    <div className="compare-part">
      <div className="compare-tools">
        <span className="quiet">95 % intervals; verdicts allow for all rows</span>
        <Switch label="the paper's figures" checked={paper} onChange={setComparePaper} testId="compare-paper"
          title="Sugerman et al., USENIX ATC 2001, Table 2" />
        <TextButtons name={`Rows of ${pair.a.name} and ${pair.b.name}`} text={() => rowsText(pair, whole, tables)} />
      </div>
      <div className="compare-scroll" tabIndex={0} role="region" aria-label="Rows compared">
        <table className="compare-table">
          <caption className="visually-hidden">{pair.a.name} (A) beside {pair.b.name} (B); differences are B minus A</caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col" className="num">A</th>
              <th scope="col" className="num">B</th>
              <th scope="col" className="num">B − A</th>
              <th scope="col" className="num">95 %</th>
              <th scope="col">verdict</th>
              {paper && <th scope="col" className="num"><em>paper %</em></th>}
              {paper && <th scope="col" className="num"><em>avg µs</em></th>}
            </tr>
          </thead>
          <Headline pair={pair} ranged={ranged} />
          <TableRows pair={pair} tables={tables} scope="total" />
          <TableRows pair={pair} tables={tables} scope="vmm" />
          <WorldRows pair={pair} whole={whole} />
        </table>
      </div>
    </div>
  )
}

function ScopeHead({ children }: { children: ReactNode }) {
  const paper = useWorkbench((state) => state.compare.paper)
  return <tr className="compare-scope"><th scope="rowgroup" colSpan={columnsOf(paper)}>{children}</th></tr>
}

/** What the paper printed for the row, of whichever run is the one that it measured. */
function PaperCells({ figure }: { figure: TableRow['paper'] }) {
  const paper = useWorkbench((state) => state.compare.paper)
  if (!paper) return null
  const none = <Dash reason="The paper has no figure for this row of these two scenarios." />
  return (
    <>
      <td className="num" data-column="paper"><em>{figure ? fixed(figure.percent, 1) : none}</em></td>
      <td className="num"><em>{figure && figure.averageMicroseconds !== null ? significant(figure.averageMicroseconds) : none}</em></td>
    </>
  )
}

interface HeadlineFigure {
  id: string
  label: string
  unit: string
  /** Which way is faster, where one is. */
  faster?: 'more' | 'less'
  of: (run: SessionRun) => number | null
}

const headlines: HeadlineFigure[] = [
  {
    id: 'throughput', label: 'Throughput', unit: 'Mb/s', faster: 'more',
    of: (run) => (run.kind === 'simulated' ? run.report.throughputMbps : null),
  },
  {
    id: 'idle', label: 'Guest idle, direct', unit: '% of total time',
    of: (run) => (run.kind === 'simulated' ? run.report.idlePercent.direct : null),
  },
  { id: 'packet-time', label: 'Time a packet', unit: 'µs', faster: 'less', of: microsecondsAPacket },
]

/** Figures that one side has are shown beside a dash; of two recordings there is none. */
function Headline({ pair, ranged }: { pair: Pair; ranged: boolean }) {
  const shown = headlines.filter(({ of }) => of(pair.a) !== null || of(pair.b) !== null)
  if (shown.length === 0) return null
  return (
    <tbody>
      <ScopeHead>{ranged ? 'Headline, of the whole runs' : 'Headline'}</ScopeHead>
      {shown.map(({ id, label, unit, faster, of }) => {
        const [a, b] = [of(pair.a), of(pair.b)]
        const reason = pair.a.kind === 'imported' || pair.b.kind === 'imported'
          ? 'A recorded profile does not say.' : 'It does not apply to this run.'
        const figure = (value: number | null) => (value === null ? <Dash reason={reason} /> : fixed(value, 1))
        return (
          <tr key={id} data-testid={`compare-row-${id}`}>
            <th scope="row">{label} <span className="quiet">{unit}</span></th>
            <td className="num strong">{figure(a)}</td>
            <td className="num strong">{figure(b)}</td>
            <td className="num">{a === null || b === null ? <Dash reason={reason} /> : signed(b - a, 1)}</td>
            <td className="num"><Dash reason="One run with one seed: exact for it, no interval." /></td>
            <Ratio a={a} b={b} faster={faster} />
            <PaperCells figure={null} />
          </tr>
        )
      })}
    </tbody>
  )
}

function Ratio({ a, b, faster }: { a: number | null; b: number | null; faster: HeadlineFigure['faster'] }) {
  if (!a || !b || !faster) return <td />
  const ratio = faster === 'more' ? b / a : a / b
  // a tie at the two digits shown is no verdict
  if (ratio.toFixed(2) === '1.00') return <td className="verdict no-evidence">the same</td>
  return <td className={`verdict ${ratio > 1 ? 'lower' : 'higher'}`}>B is {ratio > 1 ? 'faster' : 'slower'}: {fixed(ratio, 2)} times A</td>
}

function TableRows({ pair: { a, b }, tables, scope }: { pair: Pair; tables: PairedTables | null; scope: 'total' | 'vmm' }) {
  const selection = useWorkbench((state) => state.selection)
  const paper = useWorkbench((state) => state.compare.paper)
  const recorded = a.kind === 'imported' || b.kind === 'imported'
  const rows = tables?.rows.filter((row) => row.scope === scope) ?? []
  // of a plain host there is no VMM time to be compared
  if (rows.length === 0 && (tables || scope === 'vmm')) return null
  const unlike = scope === 'total' ? unlikeSamples(a.profile, b.profile) : null
  return (
    <tbody>
      <ScopeHead>{scope === 'vmm' ? '% of VMM time' : '% of total time'}{recorded ? ', sampled, rows by rules where recorded' : ''}</ScopeHead>
      {unlike && <tr><td colSpan={columnsOf(paper)} className="quiet compare-words" data-testid="unlike-samples">{unlike}</td></tr>}
      {!tables && <tr><td colSpan={columnsOf(paper)} className="quiet compare-words">Working out Table 2 of the recorded profile …</td></tr>}
      {rows.map((row) => {
        const { id } = row
        const figure = (side: 'a' | 'b') => {
          const [own, run] = side === 'a' ? [row.a, a] : [row.b, b]
          if (own && own.percent !== null) return fixed(own.percent, digitsFor(own.ci95))
          return <Dash reason={own && 'method' in own && run.kind === 'simulated' ? whyNoFigure(own as TableRow, run.report) : row.why(side)} />
        }
        return (
          <tr key={id} data-testid={`compare-row-${id}`}
            className={selection.kind === 'row' && selection.row === id ? 'selected' : undefined}>
            <th scope="row">
              <button type="button" className="link" onClick={() => select({ kind: 'row', run: row.b ? b.id : a.id, row: id })}>{row.label}</button>
            </th>
            <td className="num strong">{figure('a')}</td>
            <td className="num strong">{figure('b')}</td>
            <DifferenceCells difference={row.difference} idle={id === 'guest-idle' || id === 'host-idle'} />
            <PaperCells figure={row.paper} />
          </tr>
        )
      })}
    </tbody>
  )
}

function WorldRows({ pair: { a, b }, whole }: { pair: Pair; whole: Pair }) {
  const { rows, evidence } = useMemo(() => worldsOfPair({ a, b }, whole), [a, b, whole])
  return (
    <tbody>
      <ScopeHead>Worlds, % of total time, {evidenceWords[evidence]}</ScopeHead>
      {rows.map((row) => (
        <tr key={row.world} data-testid={`compare-row-world-${worldIds[row.world]}`}>
          <th scope="row"><span className="world-name"><Swatch world={row.world} />{worldNames[row.world]}</span></th>
          <td className="num strong">{fixed(row.a, digitsFor(row.difference.ci95))}</td>
          <td className="num strong">{fixed(row.b, digitsFor(row.difference.ci95))}</td>
          <DifferenceCells difference={row.difference} idle={row.world === World.GuestIdle} />
          <PaperCells figure={null} />
        </tr>
      ))}
    </tbody>
  )
}

/** Difference, interval and verdict; blue is less time, red is more, grey is no evidence. More idle time is neither. */
function DifferenceCells({ difference, idle }: { difference: Difference; idle: boolean }) {
  const { points, ci95, verdict, words } = difference
  const digits = digitsForDifference(ci95)
  return (
    <>
      <td className="num">{points === null ? <Dash reason={words} /> : signed(points, digits)}</td>
      <td className="num quiet">{ci95 ? intervalText(ci95, digits) : <Dash reason={words} />}</td>
      <td className={`verdict ${idle && points !== null && ci95 ? `${verdict} idle` : verdict}`}>{words}</td>
    </>
  )
}
