import { useCallback, useMemo, useState, type KeyboardEvent } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import type { SessionRun } from '../../../engine/session/document'
import { FlameCanvas } from '../../charts/FlameCanvas'
import type { FlameScene } from '../../charts/scene'
import { select, setFirstRow, setZoom } from '../../state/actions-view'
import { flameOf, hasVmmTime, matchOf, selectedRun, weightIndex, wholeName } from '../../state/derived'
import { nodeOf, pathOf } from '../../state/frame-path'
import { useWorkbench } from '../../state/store'
import { EmptyFlame } from './EmptyFlame'
import { FlameHeader } from './FlameHeader'
import { Breadcrumbs } from './Breadcrumbs'
import { FunctionTableView } from './FunctionTableView'
import { HoverCard, type Hover } from './HoverCard'
import { coveringNode, keyMove, wheelZoom, zoomToNode } from './navigation'
import { WorldLegend } from './WorldLegend'
import './flame.css'

export function FlameView() {
  const run = useWorkbench(selectedRun)
  return run ? <FlameOfRun key={run.id} run={run} /> : <EmptyFlame />
}

function FlameOfRun({ run }: { run: SessionRun }) {
  const { view } = useWorkbench((state) => state.document)
  const { search, thread } = useWorkbench((state) => state.flame)
  const scope = hasVmmTime(run.profile) ? view.scope : 'total'
  const weight = weightIndex(run.profile, view.weight)
  const flame = flameOf(run.profile, weight, scope, thread)
  const match = useMemo(() => matchOf(flame.tree, search), [flame, search])
  const name = wholeName(scope, thread === null ? null : run.profile.threads[thread] ?? null)
  return (
    <section className="flame" aria-label={`Flame of ${run.name}`}>
      <FlameHeader run={run} scope={scope} weight={weight} whole={flame.tree.total[0]!} matchTotal={match?.total ?? null} />
      <Group orientation="vertical" id="flame-panels" className="flame-panels">
        <Panel id="flame-chart" minSize={130} defaultSize="58">
          <FlameArea run={run} flame={flame} weight={weight} wholeLabel={name} matched={match?.matched ?? null} />
        </Panel>
        <Separator className="splitter horizontal" />
        <Panel id="flame-table" minSize={84} defaultSize="42">
          <FunctionTableView run={run} flame={flame} weight={weight} wholeLabel={name} search={search} />
        </Panel>
      </Group>
    </section>
  )
}

interface FlameAreaProps {
  run: SessionRun
  flame: ReturnType<typeof flameOf>
  weight: number
  wholeLabel: string
  matched: Uint8Array | null
}

function FlameArea({ run, flame, weight, wholeLabel, matched }: FlameAreaProps) {
  const { zoom, firstRow } = useWorkbench((state) => state.flame)
  const selection = useWorkbench((state) => state.selection)
  const dark = useWorkbench((state) => state.dark)
  const [hover, setHover] = useState<Hover | null>(null)
  const [rows, setRows] = useState(1)
  const { tree, layout } = flame
  const selected = selection.kind === 'frame' && selection.run === run.id ? nodeOf(tree, selection.path) : -1
  const hovered = hover?.node ?? -1
  const scene = useMemo<FlameScene>(() => ({
    tree, layout, rootLabel: wholeLabel, whole: 100, unit: '%', range: { from: zoom.from * 100, to: zoom.to * 100 },
    axis: true, firstRow, dark, mono: run.kind === 'imported', matched, selected, hovered,
  }), [tree, layout, wholeLabel, zoom, firstRow, dark, run.kind, matched, selected, hovered])
  const choose = useCallback((node: number) => {
    select(node > 0 ? { kind: 'frame', run: run.id, path: pathOf(tree, node) } : { kind: 'run', run: run.id })
  }, [run.id, tree])
  const depth = layout.rowStart.length - 1
  const lastRow = Math.max(0, depth - rows)
  const onKeyDown = (event: KeyboardEvent) => {
    const move = keyMove(event, { layout, tree, zoom, selected, firstRow, rows })
    if (!move) return
    event.preventDefault()
    event.stopPropagation()
    if (move.select !== undefined) choose(move.select)
    if (move.zoom) setZoom(move.zoom)
    if (move.firstRow !== undefined) setFirstRow(Math.min(lastRow, move.firstRow))
  }
  return (
    <div className="flame-area">
      <div className="flame-place">
        <Breadcrumbs tree={tree} rootLabel={wholeLabel} node={coveringNode(layout, zoom)}
          onGo={(node) => setZoom(zoomToNode(layout, node))} />
        {lastRow > 0 && (
          <span className="quiet flame-rows" title="Shift and wheel, or PageUp and PageDown">
            rows {firstRow + 1} to {Math.min(firstRow + rows, depth)} of {depth}
          </span>
        )}
      </div>
      <div className="flame-plot">
        <FlameCanvas scene={scene} testId="flame-canvas" rows={setRows} onKeyDown={onKeyDown}
          label={`Flame graph of ${run.name}, ${wholeLabel}. Arrow keys move, Enter zooms, Escape zooms out; the table below has the same figures.`}
          hover={(node, x, y) => setHover(node < 0 ? null : { node, x, y })}
          click={(node) => {
            if (node < 0) return
            choose(node)
            setZoom(zoomToNode(layout, node))
          }}
          doubleClick={() => undefined}
          wheel={(at, move) => {
            if (move.rows !== 0) setFirstRow(Math.min(lastRow, firstRow + move.rows))
            else setZoom(wheelZoom(zoom, at, move))
          }} />
        {hover && <HoverCard hover={hover} tree={tree} run={run} weight={weight} rootLabel={wholeLabel} />}
      </div>
      <WorldLegend profile={run.profile} />
    </div>
  )
}
