import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { isSampledCount } from '../../../engine/profile/compare'
import { sortFunctions } from '../../state/actions-flame'
import { searchOf } from '../../state/flame-search'
import type { ShownFlame } from '../../state/flame-shown'
import type { FunctionColumn } from '../../state/flame-state'
import { nothingWords, type WidthUnit } from '../../state/flame-units'
import { whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { shortModule } from '../../state/transform-words'
import { sortedFunctions } from './function-order'
import { ShareCells } from './ShareCells'

interface FunctionTableProps {
  flame: ShownFlame
  unit: WidthUnit
  rootLabel: string
  /** The selected function as a frame, or -1. */
  selected: number
  onSelect: (frame: number) => void
}

const rowHeight = 24

/** The flame's table twin: the same figures by function, to sort by any column; arrow keys choose a row. */
export function FunctionTable({ flame, unit, rootLabel, selected, onSelect }: FunctionTableProps) {
  const search = useWorkbench((state) => state.flame.search)
  const sort = useWorkbench((state) => state.flame.sort)
  const { functions, tree } = flame.down
  const type = flame.run.profile.weightTypes[flame.weight]
  const counted = isSampledCount(type)
  const rows = useMemo(() => {
    const found = searchOf(search)
    return sortedFunctions(flame, sort).filter((row) => !found || found.test(tree.frames.name[functions.frame[row]!]!))
  }, [flame, tree, functions, search, sort])
  const at = rows.findIndex((row) => functions.frame[row] === selected)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const to = {
      ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), PageDown: at + page, PageUp: at - page, Home: 0, End: rows.length - 1,
    }[event.key]
    // a header's own keys sort
    if (to === undefined || event.target !== event.currentTarget || rows.length === 0) return
    event.preventDefault()
    onSelect(functions.frame[rows[Math.min(rows.length - 1, Math.max(0, to))]!]!)
  }
  const share = unit.id === 'percent' ? '%' : unit.unit
  const weightUnit = type?.unit === 'count' ? type.name : type?.unit ?? ''
  const header = { sort }
  return (
    <div className="function-table" ref={scroller} tabIndex={0} role="region" aria-label="Functions of this profile"
      onKeyDown={onKeyDown}>
      <table aria-rowcount={rows.length + 1}>
        <caption className="visually-hidden">Functions with self and total, {unit.id === 'percent' ? `in percent of ${rootLabel}` : `in ${unit.words}`}; arrow keys select one</caption>
        <thead>
          <tr>
            <Header {...header} by="name">Function</Header>
            <Header {...header} by="module">Module</Header>
            <Header {...header} by="self" num>Self, {share}</Header>
            {counted && <Header {...header} by="self-interval" num>95 %</Header>}
            <Header {...header} by="total" num>Total, {share}</Header>
            {counted && <Header {...header} by="total-interval" num>95 %</Header>}
            <Header {...header} by="weight" num>Self, {weightUnit}</Header>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }}><td colSpan={7} /></tr>}
          {items.map((item) => {
            const row = rows[item.index]!
            const frame = functions.frame[row]!
            const module = tree.frames.module[frame]!
            return (
              <tr key={frame} aria-rowindex={item.index + 2} aria-selected={frame === selected} className={frame === selected ? 'selected' : undefined}
                onClick={() => onSelect(frame)}>
                <th scope="row" className={flame.run.kind === 'imported' ? 'mono' : undefined} title={tree.frames.name[frame]}>{tree.frames.name[frame]}</th>
                <td className="quiet function-module" title={module}>{shortModule(module)}</td>
                <ShareCells part={functions.self[row]!} all={flame.whole} type={type} unit={unit} />
                <ShareCells part={functions.total[row]!} all={flame.whole} type={type} unit={unit} />
                <td className="num">{whole(functions.self[row]!)}</td>
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }}><td colSpan={7} /></tr>}
        </tbody>
      </table>
      {rows.length === 0 && (
        <p className="quiet function-none">{search === '' ? nothingWords(flame) : `No function has "${search}" in its name.`}</p>
      )}
    </div>
  )
}

interface HeaderProps {
  by: FunctionColumn
  sort: { by: FunctionColumn; descending: boolean }
  num?: boolean
  children: React.ReactNode
}

function Header({ by, sort, num = false, children }: HeaderProps) {
  const sorted = sort.by === by
  return (
    <th scope="col" className={num ? 'num' : undefined} aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="sort" title={by.endsWith('interval') ? 'Sort by the lower end of the interval' : 'Sort'} onClick={() => sortFunctions(by)}>
        {children}<span className="sort-mark" aria-hidden="true">{sorted ? (sort.descending ? '▾' : '▴') : ''}</span>
      </button>
    </th>
  )
}
