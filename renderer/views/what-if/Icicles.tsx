import { useMemo, useState, type KeyboardEvent } from 'react'
import type { SimulatedRun } from '../../../engine/session/document'
import { FlameCanvas } from '../../charts/FlameCanvas'
import { fullRange, type FlameScene, type Range } from '../../charts/scene'
import { rangesOf, sideOf, type Side } from '../../state/compare'
import { nameOfStep, nodeOf, pathOf, type FramePath } from '../../state/frame-path'
import { fixed } from '../../state/numbers'
import { setWhatIfView } from '../../state/actions-what-if'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'

/** The baseline above, what the sliders say below, on one scale. */
export function Icicles({ run, baseline }: { run: SimulatedRun; baseline: SimulatedRun | null }) {
  const { mode, weight } = useWorkbench((state) => state.whatIf)
  const [path, setPath] = useState<FramePath>([])
  const column = weight === 'true' ? 1 : 0
  const now = useMemo(() => sideOf(run, 'total', column, mode), [run, column, mode])
  const before = useMemo(() => baseline && sideOf(baseline, 'total', column, mode), [baseline, column, mode])
  const [above, below] = before ? rangesOf([before, now], []) : [null, fullRange(now.whole)]
  const unit = mode === 'packet' ? 'µs' : '%'
  return (
    <div className="what-if-icicles">
      <div className="what-if-choices">
        <Segmented label="Unit" value={mode} testId="what-if-mode" onChange={(value) => setWhatIfView('mode', value)} options={[
          { value: 'share', label: '% of total' }, { value: 'packet', label: 'µs a packet' },
        ]} />
        <Segmented label="Kind of figure" value={weight} testId="what-if-weight" onChange={(value) => setWhatIfView('weight', value)} options={[
          { value: 'true', label: 'true' }, { value: 'sampled', label: 'sampled' },
        ]} />
        <p className="what-if-box quiet">{boxWords(path, now, before, unit)}</p>
      </div>
      {before && above && <Icicle name="baseline" side={before} range={above} unit={unit} path={path} onPath={setPath} axis={false} />}
      {below && <Icicle name="now" side={now} range={below} unit={unit} path={path} onPath={setPath} axis />}
    </div>
  )
}

interface IcicleProps {
  name: 'baseline' | 'now'
  side: Side
  range: Range
  unit: string
  path: FramePath
  onPath: (path: FramePath) => void
  axis: boolean
}

function Icicle({ name, side, range, unit, path, onPath, axis }: IcicleProps) {
  const dark = useWorkbench((state) => state.dark)
  // the first row is the whole, which the words above name: where there is little room, it goes first
  const [firstRow, setFirstRow] = useState(1)
  const { tree, layout } = side.flame
  const selected = path.length > 0 ? nodeOf(tree, path) : -1
  const { from, to } = range
  const scene = useMemo<FlameScene>(() => ({
    tree, layout, rootLabel: 'total time', whole: side.whole, unit, range: { from, to }, axis, firstRow, dark, mono: false,
    matched: null, selected, hovered: -1,
  }), [tree, layout, side.whole, unit, from, to, axis, firstRow, dark, selected])
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Math.max(0, selected)
    const steps: Record<string, number> = {
      ArrowUp: Math.max(0, tree.parent[at]!), ArrowDown: tree.firstChild[at]!, ArrowRight: tree.nextSibling[at]!, Escape: 0,
    }
    const next = event.key === 'ArrowLeft' ? siblingBefore(side, at) : steps[event.key]
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    if (next >= 0) onPath(pathOf(tree, next))
  }
  return (
    <div className={`what-if-icicle${axis ? ' with-axis' : ''}`}>
      <FlameCanvas scene={scene} testId={`what-if-icicle-${name}`} onKeyDown={onKeyDown}
        label={`Icicle of ${name === 'now' ? 'what the sliders say' : 'the baseline'}, ${unit} of total time. Arrow keys move; the functions below have the same figures.`}
        hover={() => undefined} doubleClick={() => undefined} click={(node) => { if (node >= 0) onPath(pathOf(tree, node)) }}
        wheel={(_, move) => {
          if (move.rows !== 0) setFirstRow(Math.max(0, Math.min(layout.rowStart.length - 2, firstRow + move.rows)))
        }} />
      <span className="what-if-icicle-name">{name}</span>
    </div>
  )
}

function siblingBefore({ flame: { tree } }: Side, node: number): number {
  const parent = tree.parent[node]!
  let at = parent < 0 ? -1 : tree.firstChild[parent]!
  while (at >= 0 && tree.nextSibling[at] !== node) at = tree.nextSibling[at]!
  return at
}

function boxWords(path: FramePath, now: Side, before: Side | null, unit: string): string {
  if (path.length === 0) return 'click a box'
  const of = (side: Side) => {
    const { tree } = side.flame
    const node = nodeOf(tree, path)
    return node < 0 ? 'none' : `${fixed((side.whole * tree.total[node]!) / (tree.total[0]! || 1), 2)} ${unit}`
  }
  return `${nameOfStep(path[path.length - 1]!)}: ${of(now)}${before ? `, baseline ${of(before)}` : ''}`
}
