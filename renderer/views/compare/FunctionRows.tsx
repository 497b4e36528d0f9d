import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { select } from '../../state/actions-view'
import { setFunctions, sortFunctions } from '../../state/actions-compare'
import { pairChoice } from '../../state/compare-boxes'
import { functionsArgs, orderedFunctions, type ComparedFunctions } from '../../state/compare-functions'
import type { FunctionColumn } from '../../state/compare-state'
import { functionsText } from '../../state/compare-text'
import { digitsOfCounted, intervalOf, verdictShort, verdictWords } from '../../state/difference-words'
import { heaviestBox } from '../../state/flame-selection'
import { frameOfStep, pathOf } from '../../state/frame-path'
import { digitsForDifference, fixed, intervalText, signed, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { useTrees } from '../../state/trees'
import { Segmented } from '../../widgets/controls'
import { Dash } from '../../widgets/Dash'
import { LayingOut } from '../../widgets/LayingOut'
import { TextButtons } from './TextButtons'
import { verdictClass } from './Icicles'
import type { Compared } from './use-boxes'

const rowHeight = 24

/** Functions of both sides with their difference: the table twin of the three icicles. */
export function FunctionRows({ compared }: { compared: Compared }) {
  const { pair, whole: runs, scope, boxes } = compared
  const { search, of, sort, down } = useWorkbench((state) => state.compare.functions)
  const args = useMemo(
    () => functionsArgs(pair, runs, pairChoice(scope, boxes.weight, boxes.measure), of), [pair, runs, scope, boxes, of],
  )
  const profiles = useMemo(() => [pair.a.profile, pair.b.profile], [pair])
  const { answer: functions, failure } = useTrees('functions', profiles, args)
  const order = useMemo(() => (functions ? orderedFunctions(functions, { search, sort, down }) : []), [functions, search, sort, down])
  if (!functions) return <LayingOut words="The functions of both are being compared." failure={failure} testId="functions-laying-out" />
  const digits = digitsOfCounted(Math.max(boxes.measure.wholeA, boxes.measure.wholeB))
  return (
    <div className="compare-part">
      <div className="compare-tools">
        <Segmented label="Weight of functions" value={of} onChange={(value) => setFunctions({ of: value })} options={[
          { value: 'self', label: 'self' }, { value: 'total', label: 'with callees' },
        ]} />
        <input className="input" type="search" placeholder="search functions" aria-label="Search functions and modules"
          value={search} onChange={(event) => setFunctions({ search: event.target.value })} />
        <span className="quiet" role="status">{whole(order.length)} of {whole(functions.rows.length)}</span>
        <TextButtons cut name={`Functions of ${pair.a.name} and ${pair.b.name}`}
          text={() => functionsText(functions, order, of, boxes, digits)} />
      </div>
      <FunctionTable compared={compared} functions={functions} order={order} digits={digits} />
    </div>
  )
}

interface FunctionTableProps {
  compared: Compared
  functions: ComparedFunctions
  order: readonly number[]
  digits: number
}

function FunctionTable({ compared, functions, order, digits }: FunctionTableProps) {
  const { measure } = compared.boxes
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: order.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  return (
    <div className="compare-scroll" ref={scroller} tabIndex={0} role="region" aria-label="Functions compared">
      <table className="compare-table functions" aria-rowcount={order.length + 1}>
        <caption className="visually-hidden">Functions of A and B in {measure.unit}; differences are B minus A</caption>
        <thead>
          <tr>
            <SortHead column="name">Function <span className="quiet">({measure.unit})</span></SortHead>
            <SortHead column="module">Module</SortHead>
            <SortHead column="a" num>A</SortHead>
            <SortHead column="b" num>B</SortHead>
            <SortHead column="difference" num>B − A</SortHead>
            <th scope="col" className="num">95 %</th>
            <SortHead column="verdict">verdict</SortHead>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }}><td colSpan={7} /></tr>}
          {items.map((item) => (
            <FunctionRow key={order[item.index]} compared={compared} functions={functions} row={order[item.index]!}
              index={item.index} digits={digits} />
          ))}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }}><td colSpan={7} /></tr>}
        </tbody>
      </table>
      {order.length === 0 && <p className="quiet compare-none">No function or module has this in its name.</p>}
    </div>
  )
}

function SortHead({ column, num, children }: { column: FunctionColumn; num?: boolean; children: React.ReactNode }) {
  const { sort, down } = useWorkbench((state) => state.compare.functions)
  const on = sort === column
  return (
    <th scope="col" className={num ? 'num' : undefined} aria-sort={on ? (down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="link" onClick={() => sortFunctions(column)}>
        {children}{on ? <span aria-hidden="true"> {down ? '↓' : '↑'}</span> : null}
      </button>
    </th>
  )
}

interface FunctionRowProps extends Omit<FunctionTableProps, 'order'> {
  row: number
  index: number
}

function FunctionRow({ compared, functions, row, index, digits }: FunctionRowProps) {
  const { boxes: { measure, weight }, pair } = compared
  const { differences } = functions
  const { name, module, total } = functions.rows[row]!
  const interval = intervalOf(differences, row)
  const places = interval ? digitsForDifference(interval) : digits
  const side = (there: number, value: number) => (there > 0 ? fixed(value, places) : <Dash reason="Not in this profile." />)
  const said = { unit: measure.unitOfDifference, parts: 'functions', evidence: weight.evidence, digits: places }
  return (
    <tr aria-rowindex={index + 2} data-testid="compare-function">
      <th scope="row">
        <button type="button" tabIndex={-1} className={`link${pair.b.kind === 'imported' ? ' mono' : ''}`}
          title={`${name}: select its largest box`} onClick={() => selectLargest(compared, name, module)}>{name}</button>
      </th>
      <td className="quiet function-module" title={module}>{module.slice(module.lastIndexOf('/') + 1)}</td>
      <td className="num strong">{side(total.a, differences.a[row]!)}</td>
      <td className="num strong">{side(total.b, differences.b[row]!)}</td>
      <td className="num">{signed(differences.difference[row]!, places)}</td>
      <td className="num quiet">{interval ? intervalText(interval, places) : <Dash reason={weight.evidence === 'counted' ? 'Counted: no sampling error.' : 'No counts of samples on both sides.'} />}</td>
      <td className={`verdict ${verdictClass(differences.verdict[row]!)}${functions.idle[row] ? ' idle' : ''}`}
        title={verdictWords(differences, row, said)}>{verdictShort(differences, row, weight.evidence)}</td>
    </tr>
  )
}

/** Marks the widest box of a function on all three icicles. */
function selectLargest({ pair, boxes: { union, mean } }: Compared, name: string, module: string): void {
  const largest = heaviestBox(mean.tree, frameOfStep(union.frames, `${module}\n${name}`))
  if (largest < 0) return
  const run = union.nodeB[largest]! >= 0 ? pair.b : pair.a
  select({ kind: 'frame', run: run.id, path: pathOf(mean.tree, largest) })
}
