import { useMemo, useState } from 'react'
import { FlameCanvas } from '../../charts/FlameCanvas'
import type { FlameScene, Range } from '../../charts/scene'
import { select, setCompareHover, setCompareMode, setCompareZoom, setScope, setWeight } from '../../state/actions-view'
import { commonScope, compareFrame, noPackets, rangesOf, sideOf, type Pair, type Side } from '../../state/compare'
import { hasVmmTime, wholeName } from '../../state/derived'
import { nameOfStep, nodeOf, pathOf, type FramePath } from '../../state/frame-path'
import { digitsFor, fixed, significant } from '../../state/numbers'
import { useWorkbench, type CompareMode } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import { icicleKey } from './icicle-keys'

/** A above B on one scale; what is under the pointer is marked on both. */
export function Icicles({ pair }: { pair: Pair }) {
  const view = useWorkbench((state) => state.document.view)
  const wantedMode = useWorkbench((state) => state.compare.mode)
  const scope = commonScope(pair, view.scope)
  const mode = noPackets(pair) ? 'share' : wantedMode
  const wanted = view.weight
  const { zoom, hover } = useWorkbench((state) => state.compare)
  const selection = useWorkbench((state) => state.selection)
  const sides = useMemo<[Side, Side]>(() => [
    sideOf(pair.a, scope, wanted, mode), sideOf(pair.b, scope, wanted, mode),
  ], [pair.a, pair.b, scope, wanted, mode])
  const ranges = useMemo(() => rangesOf(sides, zoom), [sides, zoom])
  const chosen = selection.kind === 'frame' ? selection.path : null
  return (
    <div className="icicles">
      <IcicleHeader pair={pair} scope={scope} mode={mode} weight={wanted} zoom={zoom} />
      <p className="icicle-detail"><FrameDetail sides={sides} mode={mode} path={hover ?? chosen} /></p>
      {sides.map((side, index) => (
        <Icicle key={index === 0 ? 'A' : 'B'} name={index === 0 ? 'A' : 'B'} side={side} range={ranges[index] ?? null}
          unit={mode === 'packet' ? 'µs' : '%'} rootLabel={wholeName(scope, null)} hover={hover} chosen={chosen} zoom={zoom} />
      ))}
    </div>
  )
}

interface IcicleHeaderProps {
  pair: Pair
  scope: 'total' | 'vmm'
  mode: CompareMode
  weight: number
  zoom: FramePath
}

/** What a width means, said and changeable; both icicles keep one scale. */
function IcicleHeader({ pair, scope, mode, weight, zoom }: IcicleHeaderProps) {
  const packetProblem = noPackets(pair)
  const noVmm = [pair.a, pair.b].every((run) => hasVmmTime(run.profile)) ? null : 'Not both runs have VMM time.'
  return (
    <div className="icicle-header">
      <Segmented label="Scale of the icicles" value={mode} onChange={setCompareMode} testId="compare-mode" options={[
        { value: 'share', label: 'percent' },
        { value: 'packet', label: 'µs a packet', ...(packetProblem ? { disabled: packetProblem } : {}) },
      ]} />
      <Segmented label="Denominator of the icicles" value={scope} onChange={setScope} options={[
        { value: 'total', label: 'of total time' },
        { value: 'vmm', label: 'of VMM time', ...(noVmm ? { disabled: noVmm } : {}) },
      ]} />
      {pair.a.kind === 'simulated' && pair.b.kind === 'simulated' && (
        <Segmented label="Weight of the icicles" value={weight === 0 ? 'sampled' : 'true'}
          onChange={(value) => setWeight(value === 'true' ? 1 : 0)}
          options={[{ value: 'sampled', label: 'sampled' }, { value: 'true', label: 'true' }]} />
      )}
      {zoom.length > 0 ? (
        <button type="button" className="button bare" onClick={() => setCompareZoom(zoom.slice(0, -1))}>
          zoomed to {nameOfStep(zoom[zoom.length - 1]!)}: zoom out
        </button>
      ) : <span className="quiet">one scale</span>}
    </div>
  )
}

function FrameDetail({ sides, mode, path }: { sides: readonly [Side, Side]; mode: CompareMode; path: FramePath | null }) {
  if (!path || path.length === 0) return <span className="quiet">Point at a box to see it on both sides.</span>
  const { a, b, difference } = compareFrame(sides, path)
  const digits = digitsFor(difference.ci95)
  const text = (value: number | null, side: Side) => {
    if (value === null) return 'none'
    const percent = `${fixed(value, digits)} %`
    return mode === 'packet' ? `${significant((value / 100) * side.whole)} µs a packet (${percent})` : percent
  }
  return (
    <span className="num frame-detail">
      <strong>{nameOfStep(path[path.length - 1]!)}</strong> A {text(a, sides[0])}, B {text(b, sides[1])}:{' '}
      <span className={`verdict ${difference.verdict}`}>{difference.words}</span>
    </span>
  )
}

interface IcicleProps {
  name: 'A' | 'B'
  side: Side
  range: Range | null
  unit: string
  rootLabel: string
  hover: FramePath | null
  chosen: FramePath | null
  zoom: FramePath
}

function Icicle({ name, side, range, unit, rootLabel, hover, chosen, zoom }: IcicleProps) {
  const dark = useWorkbench((state) => state.dark)
  const [firstRow, setFirstRow] = useState(0)
  const { tree, layout } = side.flame
  const selected = chosen ? nodeOf(tree, chosen) : -1
  const hovered = hover ? nodeOf(tree, hover) : -1
  const scene = useMemo<FlameScene | null>(() => range && ({
    tree, layout, rootLabel, whole: side.whole, unit, range, axis: name === 'B', firstRow, dark,
    mono: side.run.kind === 'imported', matched: null, selected, hovered,
  }), [tree, layout, rootLabel, side, unit, range, name, firstRow, dark, selected, hovered])
  const choose = (node: number) => select(node > 0
    ? { kind: 'frame', run: side.run.id, path: pathOf(tree, node) } : { kind: 'run', run: side.run.id })
  return (
    <div className={`icicle${name === 'B' ? ' with-axis' : ''}`}>
      <span className="icicle-name" title={side.run.name}>{name}</span>
      {scene ? (
        <FlameCanvas scene={scene} testId={`compare-flame-${name.toLowerCase()}`}
          label={`Icicle of ${name}, ${side.run.name}. Arrow keys move, Enter zooms, Escape zooms out; the rows above have the figures.`}
          hover={(node) => setCompareHover(node > 0 ? pathOf(tree, node) : null)}
          click={(node) => {
            if (node < 0) return
            choose(node)
            setCompareZoom(pathOf(tree, node))
          }}
          doubleClick={() => undefined}
          wheel={(_, move) => {
            if (move.rows !== 0) setFirstRow(Math.max(0, Math.min(layout.rowStart.length - 2, firstRow + move.rows)))
          }}
          onKeyDown={(event) => {
            const move = icicleKey(event, tree, selected, zoom)
            if (!move) return
            event.preventDefault()
            event.stopPropagation()
            if (move.select !== undefined) choose(move.select)
            if (move.zoom) setCompareZoom(move.zoom)
          }} />
      ) : <p className="quiet icicle-missing">{side.run.name} has no such box. Zoom out to see it.</p>}
    </div>
  )
}
