import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { isSampledCount } from '../../../engine/profile/compare'
import type { CallTree } from '../../../engine/profile/tree'
import { worldNames } from '../../../engine/worlds'
import type { ShownFlame } from '../../state/flame-shown'
import { nothingWords, type WidthUnit } from '../../state/flame-units'
import { whole } from '../../state/numbers'
import { Swatch } from '../../widgets/world'
import { openedAtFirst, treeKey, visibleRows, withAncestors } from './open-rows'
import { ShareCells } from './ShareCells'

interface CallTreeProps {
  flame: ShownFlame
  tree: CallTree
  unit: WidthUnit
  /** What the rows are: "Calls", "Callers of each function", ... */
  title: string
  /** Leaves first: what has no further caller is no self time. */
  inverted: boolean
  selected: number
  onSelect: (node: number) => void
  onZoom: (node: number) => void
}

const rowHeight = 24
const mostIndent = 24

/** The boxes as rows of a tree that opens and closes: the same figures, in the same order. */
export function CallTreeTable({ flame, tree, unit, title, inverted, selected, onSelect, onZoom }: CallTreeProps) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(() => openedAtFirst(tree))
  // what is selected elsewhere is shown here, but for a row that was closed by hand over it
  const [shut, setShut] = useState(-1)
  const open = useMemo(() => (selected > 0 && shut !== selected ? withAncestors(tree, opened, selected) : opened), [tree, opened, selected, shut])
  const rows = useMemo(() => visibleRows(tree, open), [tree, open])
  const at = rows.indexOf(selected)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12,
    scrollPaddingStart: rowHeight,
  })
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
  const toggle = (node: number) => {
    const next = new Set(open)
    if (!next.delete(node)) next.add(node)
    setOpened(next)
    setShut(selected)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && selected > 0) onZoom(selected)
    else {
      const move = treeKey(event.key, tree, rows, open, selected)
      if (!move) return
      if (move.toggle !== undefined) toggle(move.toggle)
      if (move.select !== undefined) onSelect(move.select)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  const type = flame.run.profile.weightTypes[flame.weight]
  const counted = isSampledCount(type)
  const share = unit.id === 'percent' ? '%' : unit.unit
  const weightUnit = type?.unit === 'count' ? type.name : type?.unit ?? ''
  return (
    <div className="function-table call-tree" ref={scroller}>
      <table role="treegrid" aria-label={title} aria-rowcount={rows.length + 1} tabIndex={0} onKeyDown={onKeyDown}
        aria-activedescendant={at >= 0 ? `call-${selected}` : undefined}>
        <thead>
          <tr>
            <th scope="col">{title} <span className="quiet">({unit.id === 'percent' ? `% ${unit.words}` : unit.words})</span></th>
            <th scope="col" className="num">{inverted ? 'Self of the innermost' : 'Total'}, {share}</th>
            {counted && <th scope="col" className="num">95 %</th>}
            {!inverted && <th scope="col" className="num">Self, {share}</th>}
            {!inverted && counted && <th scope="col" className="num">95 %</th>}
            <th scope="col" className="num">{inverted ? 'Self' : 'Total'}, {weightUnit}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }}><td colSpan={6} /></tr>}
          {items.map((item) => {
            const node = rows[item.index]!
            const leaf = tree.firstChild[node]! < 0
            const depth = tree.depth[node]!
            const name = tree.frames.name[tree.frame[node]!]
            return (
              <tr key={node} id={`call-${node}`} aria-rowindex={item.index + 2} aria-level={depth} aria-selected={node === selected}
                {...(leaf ? {} : { 'aria-expanded': open.has(node) })} className={node === selected ? 'selected' : undefined}
                onClick={() => onSelect(node)} onDoubleClick={() => onZoom(node)}>
                <td className={`call-name${flame.run.kind === 'imported' ? ' mono' : ''}`} title={name}>
                  <span className="call-indent" style={{ width: 12 * Math.min(mostIndent, depth - 1) }} />
                  <span className="call-toggle" aria-hidden="true" onClick={(event) => {
                    if (leaf) return
                    event.stopPropagation()
                    toggle(node)
                  }}>{leaf ? '' : open.has(node) ? '▾' : '▸'}</span>
                  <Swatch world={tree.world[node]!} /><span className="visually-hidden">{worldNames[tree.world[node]!]}: </span>
                  {depth - 1 > mostIndent && <span className="quiet">{depth} </span>}{name}
                </td>
                <ShareCells part={tree.total[node]!} all={flame.whole} type={type} unit={unit} />
                {!inverted && <ShareCells part={tree.self[node]!} all={flame.whole} type={type} unit={unit} />}
                <td className="num">{whole(tree.total[node]!)}</td>
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }}><td colSpan={6} /></tr>}
        </tbody>
      </table>
      {rows.length === 0 && <p className="quiet function-none">{nothingWords(flame)}</p>}
    </div>
  )
}
