import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { FlameCanvas } from '../../charts/FlameCanvas'
import { labelOf, type FlameScene } from '../../charts/scene'
import { setAround, setUpward } from '../../state/actions-flame'
import { select } from '../../state/actions-view'
import { partLooks } from '../../charts/part-looks'
import { partColoursOf } from '../../state/part-colours'
import { frameOfSelected, selectedNode, selectionOfNode } from '../../state/flame-selection'
import type { Drawing, ShownFlame } from '../../state/flame-shown'
import type { FlamePlace } from '../../state/flame-state'
import { rootLabel as nameOfWhole, wholeOf, type WidthUnit } from '../../state/flame-units'
import { now, useWorkbench, type FrameAs, type Workbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import { Menu } from '../../widgets/Menu'
import { boxKey, boxMenu } from './box-actions'
import { Breadcrumbs } from './Breadcrumbs'
import { HoverCard, type Hover } from './HoverCard'
import { coveringNode, intoSight, keyMove, wheelZoom, zoomToNode } from './navigation'

interface FlameDrawingProps {
  flame: ShownFlame
  drawing: Drawing
  order: FrameAs['order']
  unit: WidthUnit
  /** Where the picture stands, in the store: nothing but the picture is made anew when it moves. The same function always. */
  placeOf: (state: Workbench) => FlamePlace
  onPlace: (change: Partial<FlamePlace>) => void
  upward: boolean
  axis: boolean
  matched: Uint8Array | null
  onStep: (step: 1 | -1) => void
  /** What the picture is of, for those who cannot see it. */
  what: string
  testId: string
}

/** One picture of boxes with its way back out, its pointer and its keys. */
export function FlameDrawing(props: FlameDrawingProps) {
  const { flame, drawing, order, unit, placeOf, onPlace, upward, axis, matched, what, testId } = props
  const zoom = useWorkbench((state) => placeOf(state).zoom)
  const firstRow = useWorkbench((state) => placeOf(state).firstRow)
  const selection = useWorkbench((state) => state.selection)
  const dark = useWorkbench((state) => state.dark)
  const [hover, setHover] = useState<Hover | null>(null)
  // 0: not measured yet
  const [fitting, setRows] = useState(0)
  const rows = Math.max(1, fitting)
  const [menu, setMenu] = useState<{ node: number; x: number; y: number } | null>(null)
  const plot = useRef<HTMLDivElement>(null)
  const { tree, layout } = drawing
  const { run } = flame
  const label = nameOfWhole(flame)
  const selected = useMemo(() => selectedNode(flame, order, tree, selection), [flame, order, tree, selection])
  const related = useMemo(() => frameOfSelected(flame, tree, selection), [flame, tree, selection])
  const whole = flame.whole > 0 ? (unit.whole * tree.total[0]!) / flame.whole : 0
  // what lies under the pointer belongs to the picture that was there: it may have fewer boxes now
  const hovered = hover && hover.node < tree.parent.length ? hover : null
  const parts = partColoursOf(flame.down.tree)
  const painted = useMemo(() => (parts ? { of: parts.of(tree), looks: partLooks[dark ? 'dark' : 'light'] } : null), [parts, tree, dark])
  const scene = useMemo<FlameScene>(() => ({
    tree, layout, rootLabel: label, whole, unit: unit.unit, range: { from: zoom.from * whole, to: zoom.to * whole },
    axis, firstRow, dark, mono: run.kind === 'imported', matched, selected, hovered: hovered?.node ?? -1, upward, related,
    ...(painted ? { painted } : {}),
  }), [tree, layout, label, whole, unit, zoom, axis, firstRow, dark, run.kind, matched, selected, hovered, upward, related, painted])
  const depth = layout.rowStart.length - 1
  const lastRow = Math.max(0, depth - rows)
  const choose = (node: number) => select(selectionOfNode(flame, order, tree, node) ?? { kind: 'run', run: run.id })
  const closeMenu = useCallback(() => {
    setMenu(null)
    plot.current?.querySelector<HTMLElement>('.flame-canvas')?.focus()
  }, [])

  const measured = fitting > 0
  const latest = useRef({ rows, upward })
  useEffect(() => { latest.current = { rows, upward } })
  useEffect(() => {
    // what was selected elsewhere comes into sight; later moves of the hand stay
    if (selected <= 0 || !measured) return
    const move = intoSight({ layout, tree, ...placeOf(now()), ...latest.current }, selected)
    if (move.zoom || move.firstRow !== undefined) onPlace(move)
  }, [selected, measured, layout, tree, placeOf, onPlace])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!onOwnKey(event)) {
      const move = keyMove(event, { layout, tree, zoom, selected, firstRow, rows, upward })
      if (!move) return
      if (move.select !== undefined) choose(move.select)
      if (move.zoom || move.firstRow !== undefined) {
        onPlace({
          ...(move.zoom ? { zoom: move.zoom } : {}),
          ...(move.firstRow !== undefined ? { firstRow: Math.max(0, Math.min(lastRow, move.firstRow)) } : {}),
        })
      }
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const onOwnKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = event.currentTarget.getBoundingClientRect()
      setMenu({ node: selected, x: box.left + 40, y: box.top + 24 })
      return true
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const key = event.key.toLowerCase()
    if (key === 'n') props.onStep(event.shiftKey ? -1 : 1)
    else if (key === 'i' && order !== 'callers' && order !== 'callees') setUpward(!upward)
    else return event.key.length === 1 && selected >= 0 && boxKey(key, { order, tree, node: selected })
    return true
  }
  const inverted = order === 'up' || order === 'callers'
  const sections = menu ? boxMenu({ order, tree, node: menu.node }) : []
  return (
    <div className="flame-area">
      <div className="flame-place">
        <Breadcrumbs tree={tree} rootLabel={label} node={coveringNode(layout, zoom)} onGo={(node) => onPlace({ zoom: zoomToNode(layout, node) })} />
        <DrawingTools rows={lastRow > 0 ? `rows ${firstRow + 1} to ${Math.min(firstRow + rows, depth)} of ${depth}` : null}
          upward={order === 'callers' || order === 'callees' ? null : upward} testId={`${testId}-menu`}
          disabled={selected < 0 || (tree.frame[selected] ?? -1) < 0} onMenu={(x, y) => setMenu({ node: selected, x, y })} />
      </div>
      <div className="flame-plot" ref={plot}>
        <FlameCanvas scene={scene} testId={testId} rows={setRows} onKeyDown={onKeyDown}
          label={`${what}. Arrow keys move, Enter zooms, Escape zooms out, Shift+F10 lists what can be done with a box; the table below has the same figures.`}
          hover={(node, x, y) => setHover(node < 0 ? null : { node, x, y })}
          click={(node) => {
            if (node < 0) return
            choose(node)
            onPlace({ zoom: zoomToNode(layout, node) })
          }}
          doubleClick={(node) => {
            const frame = tree.frame[node] ?? -1
            if ((order === 'callers' || order === 'callees') && frame >= 0) setAround(`${tree.frames.module[frame]!}\n${labelOf({ tree, rootLabel: '' }, node)}`)
          }}
          menu={(node, x, y) => {
            if (node < 0 || (tree.frame[node] ?? -1) < 0) return
            choose(node)
            setHover(null)
            setMenu({ node, x, y })
          }}
          wheel={(at, move) => {
            // read now: a drag moves it more often than the picture is drawn
            const place = placeOf(now())
            if (move.rows !== 0) onPlace({ firstRow: Math.max(0, Math.min(lastRow, place.firstRow + move.rows)) })
            else onPlace({ zoom: wheelZoom(place.zoom, at, move) })
          }} />
        {hovered && !menu && (
          <HoverCard hover={hovered} tree={tree} flame={flame} unit={unit} rootLabel={label} inverted={inverted}
            of={wholeOf(flame)} />
        )}
      </div>
      {menu && sections.length > 0 && (
        <Menu label="What can be done with the box" sections={sections} at={menu} onClose={closeMenu} />
      )}
    </div>
  )
}

interface DrawingToolsProps {
  rows: string | null
  /** Null where it cannot be turned round. */
  upward: boolean | null
  testId: string
  disabled: boolean
  onMenu: (x: number, y: number) => void
}

function DrawingTools({ rows, upward, testId, disabled, onMenu }: DrawingToolsProps) {
  return (
    <span className="flame-place-end">
      {rows && <span className="quiet flame-rows" title="Shift and wheel, drag, or PageUp and PageDown">{rows}</span>}
      {upward !== null && (
        <Segmented label="Drawing" value={upward ? 'flame' : 'icicle'} onChange={(value) => setUpward(value === 'flame')} testId="flame-style"
          options={[{ value: 'icicle', label: 'icicle' }, { value: 'flame', label: 'flame' }]} />
      )}
      <button type="button" className="button bare" aria-haspopup="menu" data-testid={testId} disabled={disabled}
        title="What can be done with the selected box (Shift+F10)" onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          onMenu(box.left, box.bottom)
        }}>Change the profile ▾</button>
    </span>
  )
}
